/**
 * The chain of a part as columns: trigger number and challenge from its record, acknowledgement and confirmation from its receipt.
 * What was recorded before parts were followed has null, and was no challenge.
 */
export const lineChain = `
ALTER TABLE inspections ADD COLUMN trigger_number INTEGER;
ALTER TABLE inspections ADD COLUMN is_challenge INTEGER NOT NULL DEFAULT 0 CHECK (is_challenge IN (0, 1));
ALTER TABLE inspections ADD COLUMN acknowledged_ms REAL GENERATED ALWAYS AS (receipt ->> '$.acknowledgedMs') VIRTUAL;
ALTER TABLE inspections ADD COLUMN confirmed_ms REAL GENERATED ALWAYS AS (receipt ->> '$.confirmedMs') VIRTUAL;
CREATE INDEX inspections_by_challenge ON inspections (entry) WHERE is_challenge = 1;

DROP TRIGGER inspections_are_never_changed;
CREATE TRIGGER inspections_are_never_changed BEFORE UPDATE OF entry, result_id, part_id, sequence, source_key, wall_time, outcome,
  disposition, fault_code, is_simulated, recipe, image_sha256, image_file, image_bytes, record, trigger_number, is_challenge ON inspections
BEGIN SELECT RAISE(ABORT, 'an inspection is never changed'); END;
`
