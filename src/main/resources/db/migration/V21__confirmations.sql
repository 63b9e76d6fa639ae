-- Whether changes of packages need the second factor of whoever makes them, besides a token.
ALTER TABLE registry ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;

-- Whether the token needs none: for machines.
ALTER TABLE token ADD COLUMN unattended BOOLEAN NOT NULL DEFAULT FALSE;

-- Changes that wait for their person to show the second factor in a browser. code, done: the SHA-256 of the secrets in
-- the address that the browser opens and in the one that the client asks, and then sends. allowed: null until decided.
CREATE TABLE confirmation (
  code        TEXT NOT NULL PRIMARY KEY,
  done        TEXT NOT NULL UNIQUE,
  account_id  BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  action      TEXT NOT NULL,
  subject     TEXT NOT NULL,
  client      TEXT NOT NULL,
  address     TEXT NOT NULL,
  created     BIGINT NOT NULL,
  allowed     BOOLEAN
);
CREATE INDEX confirmation_account ON confirmation (account_id);
CREATE INDEX confirmation_registry ON confirmation (registry_id);
CREATE INDEX confirmation_created ON confirmation (created);
