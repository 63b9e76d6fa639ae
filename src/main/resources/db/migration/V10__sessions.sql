-- Who is signed in to the web app. hash: the SHA-256 of the secret in the browser's cookie.
CREATE TABLE session (
  id         ${id},
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash       TEXT NOT NULL UNIQUE,
  created    BIGINT NOT NULL,
  last_used  BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id);
