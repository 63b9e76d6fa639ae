-- Since when a registry withholds a version, as far as documents were made that left it out; one row a version.
-- ended: when a document was made that has it again.
CREATE TABLE withheld_since (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  version     TEXT NOT NULL,
  verdict     TEXT NOT NULL,
  policy      TEXT NOT NULL,
  sentence    TEXT NOT NULL,
  since       BIGINT NOT NULL,
  ended       BIGINT,
  PRIMARY KEY (registry_id, name, version)
);
CREATE INDEX withheld_since_since ON withheld_since (registry_id, since);
CREATE INDEX withheld_since_ended ON withheld_since (ended);
