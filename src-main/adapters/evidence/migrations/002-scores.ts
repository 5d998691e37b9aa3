const columns = `
  SELECT inspections.entry, score_series.series, reading.value ->> 'score', reading.value ->> 'failAbove', reading.value ->> 'unsureAbove',
    CAST(1000 * unixepoch(inspections.wall_time, 'subsec') AS INTEGER), inspections.outcome, inspections.record ->> '$.truth.isDefective'
  FROM inspections, json_each(inspections.record, '$.readings') AS reading
  JOIN score_series ON region_id = reading.value ->> 'regionId' AND region_name = reading.value ->> 'regionName' AND model = reading.value ->> 'model'
  WHERE inspections.outcome IS NOT NULL`

const series = `
  SELECT DISTINCT reading.value ->> 'regionId', reading.value ->> 'regionName', reading.value ->> 'model'
  FROM inspections, json_each(inspections.record, '$.readings') AS reading
  WHERE inspections.outcome IS NOT NULL`

/**
 * Scores beside the records, a few dozen bytes each instead of a heat map: a new threshold is replayed over a million of them in
 * seconds. Derived from the records alone and written in their transaction. A series is what may be compared: one region, one model.
 */
export const scores = `
CREATE TABLE score_series (
  series INTEGER PRIMARY KEY,
  region_id TEXT NOT NULL,
  region_name TEXT NOT NULL,
  model TEXT NOT NULL,
  UNIQUE (region_id, region_name, model)
) STRICT;
CREATE TABLE scores (
  entry INTEGER NOT NULL,
  series INTEGER NOT NULL,
  score REAL NOT NULL,
  fail_above REAL NOT NULL,
  unsure_above REAL NOT NULL,
  wall_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  is_defective INTEGER,
  PRIMARY KEY (entry, series)
) STRICT, WITHOUT ROWID;
CREATE INDEX scores_by_series ON scores (series, entry);

INSERT INTO score_series (region_id, region_name, model) ${series};
INSERT INTO scores ${columns};

CREATE TRIGGER inspections_are_scored AFTER INSERT ON inspections
BEGIN
  INSERT INTO score_series (region_id, region_name, model) ${series} AND inspections.entry = NEW.entry ON CONFLICT DO NOTHING;
  INSERT INTO scores ${columns} AND inspections.entry = NEW.entry;
END;
`
