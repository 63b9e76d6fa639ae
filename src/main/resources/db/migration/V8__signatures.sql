-- The keys that versions are signed with here. `secret` is sealed, and null once a key has expired.
CREATE TABLE signing_key (
  id         ${id},
  keyid      TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  secret     TEXT,
  created    BIGINT NOT NULL,
  expires    BIGINT
);

-- Which key signed a hosted version. What was published before there were keys is signed later.
ALTER TABLE version ADD COLUMN signed_by TEXT;
CREATE INDEX version_unsigned ON version (package_id) WHERE signed_by IS NULL;

-- Our signature over what came unsigned from a source that has no keys: the first integrity that it
-- gave for a version is signed, no other.
CREATE TABLE receipt (
  source    TEXT NOT NULL,
  name      TEXT NOT NULL,
  version   TEXT NOT NULL,
  integrity TEXT NOT NULL,
  keyid     TEXT NOT NULL,
  signature TEXT NOT NULL,
  signed    BIGINT NOT NULL,
  PRIMARY KEY (source, name, version)
);
