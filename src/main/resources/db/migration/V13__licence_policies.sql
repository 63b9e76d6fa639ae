-- Sets of licence rules by name, which registries of the workspace refer to. settings: a JSON object
-- with what differs from the defaults.
CREATE TABLE licence_policy (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  settings     TEXT NOT NULL,
  changed      BIGINT NOT NULL,
  changed_by   TEXT NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
