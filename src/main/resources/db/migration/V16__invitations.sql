-- People who were asked to join a workspace, and have not come yet. hash: the SHA-256 of the secret in their link.
-- email: where the link was sent; empty: it was handed over. account_id: who invited.
CREATE TABLE invitation (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  account_id   BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash         TEXT NOT NULL UNIQUE,
  role         TEXT NOT NULL,
  email        TEXT NOT NULL,
  created      BIGINT NOT NULL,
  expires      BIGINT NOT NULL
);
CREATE INDEX invitation_workspace ON invitation (workspace_id);
CREATE INDEX invitation_account ON invitation (account_id);

-- Strangers who ask to join, where the workspace lets them.
CREATE TABLE join_request (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  email        TEXT NOT NULL,
  message      TEXT NOT NULL,
  address      TEXT NOT NULL,
  created      BIGINT NOT NULL,
  UNIQUE (workspace_id, email)
);

ALTER TABLE workspace ADD COLUMN joining BOOLEAN NOT NULL DEFAULT FALSE;

-- Links by which somebody sets a new password without the old one. hash: the SHA-256 of the secret in it.
CREATE TABLE password_link (
  id         ${id},
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash       TEXT NOT NULL UNIQUE,
  created    BIGINT NOT NULL,
  expires    BIGINT NOT NULL
);
CREATE INDEX password_link_account ON password_link (account_id);
