-- The licence that a kept version claims, by the bytes that it declares. Written by whoever asks what licences there are.
-- licence: empty if it claims none, null if no document lists the version any more.
CREATE TABLE licence_claim (
  name      TEXT NOT NULL,
  version   TEXT NOT NULL,
  integrity TEXT NOT NULL,
  licence   TEXT,
  PRIMARY KEY (name, version, integrity)
);
