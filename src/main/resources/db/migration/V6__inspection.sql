-- What was seen in a tarball, by the version that declares it: bytes under another name or number
-- are looked at again, since what they should be is part of what is seen.
CREATE TABLE inspection (
  name      TEXT NOT NULL,
  version   TEXT NOT NULL,
  integrity TEXT NOT NULL,
  seen      TEXT NOT NULL,
  inspected BIGINT NOT NULL,
  PRIMARY KEY (name, version, integrity)
);
