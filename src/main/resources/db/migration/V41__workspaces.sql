-- A renamed workspace answers under its old names too.
CREATE TABLE workspace_alias (
  name         TEXT PRIMARY KEY,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id) ON DELETE CASCADE
);
CREATE INDEX workspace_alias_workspace ON workspace_alias (workspace_id);

-- The link that makes the first owner of a workspace; of its secret the hash alone is kept.
CREATE TABLE owner_link (
  workspace_id BIGINT PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
  hash         TEXT NOT NULL UNIQUE,
  expires      BIGINT NOT NULL
);
