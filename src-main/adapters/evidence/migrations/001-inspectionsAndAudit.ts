/**
 * `record` holds the whole inspection as canonical JSON; the other columns are what is filtered and counted, drawn from it.
 * The counters are kept by triggers in the inserting transaction, so they agree with the rows after any crash, and a total costs
 * the same after a million parts as after one.
 */
export const inspectionsAndAudit = `
CREATE TABLE inspections (
  entry INTEGER PRIMARY KEY,
  result_id TEXT NOT NULL UNIQUE,
  part_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  source_key TEXT NOT NULL UNIQUE,
  wall_time TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('pass', 'fail', 'unsure')),
  disposition TEXT NOT NULL CHECK (disposition IN ('accept', 'reject', 'hold')),
  fault_code TEXT,
  is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)),
  recipe TEXT NOT NULL,
  image_sha256 TEXT,
  image_file TEXT,
  image_bytes INTEGER,
  image_missing INTEGER NOT NULL DEFAULT 0 CHECK (image_missing IN (0, 1)),
  record TEXT NOT NULL,
  receipt TEXT
) STRICT;
CREATE INDEX inspections_by_outcome ON inspections (outcome, entry);
CREATE INDEX inspections_by_image ON inspections (image_file, image_missing) WHERE image_file IS NOT NULL;
CREATE INDEX inspections_unclosed ON inspections (entry) WHERE receipt IS NULL;

CREATE TRIGGER inspections_are_never_deleted BEFORE DELETE ON inspections
BEGIN SELECT RAISE(ABORT, 'an inspection is never deleted'); END;
CREATE TRIGGER inspections_are_never_changed BEFORE UPDATE OF entry, result_id, part_id, sequence, source_key, wall_time, outcome,
  disposition, fault_code, is_simulated, recipe, image_sha256, image_file, image_bytes, record ON inspections
BEGIN SELECT RAISE(ABORT, 'an inspection is never changed'); END;
CREATE TRIGGER receipts_are_written_once BEFORE UPDATE OF receipt ON inspections WHEN OLD.receipt IS NOT NULL OR NEW.receipt IS NULL
BEGIN SELECT RAISE(ABORT, 'a receipt is written once'); END;

CREATE TABLE totals (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  inspections INTEGER NOT NULL,
  passes INTEGER NOT NULL,
  fails INTEGER NOT NULL,
  unsure INTEGER NOT NULL,
  faults INTEGER NOT NULL,
  rejects INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO totals VALUES (1, 0, 0, 0, 0, 0, 0, 0);
CREATE TABLE fault_totals (code TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE recent_minutes (minute INTEGER PRIMARY KEY, parts INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;

CREATE TRIGGER inspections_are_counted AFTER INSERT ON inspections
BEGIN
  UPDATE totals SET
    inspections = inspections + 1,
    passes = passes + (NEW.outcome IS 'pass'),
    fails = fails + (NEW.outcome IS 'fail'),
    unsure = unsure + (NEW.outcome IS 'unsure'),
    faults = faults + (NEW.fault_code IS NOT NULL),
    rejects = rejects + (NEW.disposition = 'reject'),
    bytes = bytes + octet_length(NEW.record) + coalesce(NEW.image_bytes, 0);
  INSERT INTO fault_totals SELECT NEW.fault_code, 1 WHERE NEW.fault_code IS NOT NULL
    ON CONFLICT (code) DO UPDATE SET count = count + 1;
  INSERT INTO recent_minutes VALUES (unixepoch(NEW.wall_time) / 60, 1, octet_length(NEW.record) + coalesce(NEW.image_bytes, 0))
    ON CONFLICT (minute) DO UPDATE SET parts = parts + 1, bytes = bytes + excluded.bytes;
  DELETE FROM recent_minutes WHERE minute < unixepoch(NEW.wall_time) / 60 - 60;
END;

CREATE TABLE audit (
  entry INTEGER PRIMARY KEY,
  wall_time TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT,
  before TEXT,
  after TEXT
) STRICT;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`
