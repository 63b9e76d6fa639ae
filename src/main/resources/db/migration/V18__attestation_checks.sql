-- What came of checking the provenance that an origin hands out for a version. `root` and `document`
-- tell what it was checked by and what was checked: others are looked at again.
CREATE TABLE attestation_check (
  name      TEXT NOT NULL,
  version   TEXT NOT NULL,
  integrity TEXT NOT NULL,
  origin    TEXT NOT NULL,
  root      TEXT NOT NULL,
  document  TEXT NOT NULL,
  found     TEXT NOT NULL,
  checked   BIGINT NOT NULL,
  PRIMARY KEY (name, version, integrity, origin)
);
