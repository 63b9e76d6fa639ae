-- Clients that ask to be logged in by a browser. code, done: the SHA-256 of the secrets in the address that the browser
-- opens and in the one that the client asks. decided without account_id: refused.
CREATE TABLE client_login (
  id         ${id},
  code       TEXT NOT NULL UNIQUE,
  done       TEXT NOT NULL UNIQUE,
  workspace  TEXT NOT NULL,
  registry   TEXT NOT NULL,
  client     TEXT NOT NULL,
  address    TEXT NOT NULL,
  created    BIGINT NOT NULL,
  decided    BIGINT,
  account_id BIGINT REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX client_login_created ON client_login (created);
CREATE INDEX client_login_account ON client_login (account_id);

-- password: the SHA-256 of what a client may be given in place of the account's password while the session lasts.
ALTER TABLE session ADD COLUMN password TEXT;
CREATE UNIQUE INDEX session_password ON session (password);
