-- What packages that are hosted here are found by, in small letters. Written by whoever searches
-- after `package.revision` has moved on.
CREATE TABLE package_search (
  package_id BIGINT NOT NULL PRIMARY KEY REFERENCES package (id) ON DELETE CASCADE,
  revision   BIGINT NOT NULL,
  text       TEXT NOT NULL
);
