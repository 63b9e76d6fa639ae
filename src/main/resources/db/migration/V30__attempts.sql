-- Requests that came with an Idempotency-Key, for a day. token_id: 0 for a browser's session. status is null until the
-- request has been carried out; answer, if it held a secret.
CREATE TABLE attempt (
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_id   BIGINT NOT NULL,
  route      TEXT NOT NULL,
  key_hash   TEXT NOT NULL,
  body_hash  TEXT NOT NULL,
  created    BIGINT NOT NULL,
  status     INTEGER,
  answer     TEXT,
  PRIMARY KEY (account_id, token_id, route, key_hash)
);
CREATE INDEX attempt_created ON attempt (created);
