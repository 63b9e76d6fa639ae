-- The second factor of an account: a secret that the vault has sealed. confirmed: null until a first code was right.
-- last_step: the newest time step whose code was accepted; none is accepted twice.
CREATE TABLE second_factor (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  sealed     TEXT NOT NULL,
  created    BIGINT NOT NULL,
  confirmed  BIGINT,
  last_step  BIGINT NOT NULL
);

-- What works in place of a code, once. hash: the SHA-256 of it.
CREATE TABLE recovery_code (
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash       TEXT NOT NULL,
  PRIMARY KEY (account_id, hash)
);

-- Whether everybody in the workspace needs one.
ALTER TABLE workspace ADD COLUMN second_factor BOOLEAN NOT NULL DEFAULT FALSE;
