-- What registries withhold, and what people decided about it. Settings are JSON objects that hold
-- what differs from the defaults.

-- What registries of a workspace inherit.
CREATE TABLE workspace_policy (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  policy       TEXT NOT NULL,
  mode         TEXT NOT NULL,
  settings     TEXT NOT NULL,
  changed      BIGINT NOT NULL,
  changed_by   TEXT NOT NULL,
  PRIMARY KEY (workspace_id, policy)
);

CREATE TABLE registry_policy (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  policy      TEXT NOT NULL,
  mode        TEXT NOT NULL,
  settings    TEXT NOT NULL,
  changed     BIGINT NOT NULL,
  changed_by  TEXT NOT NULL,
  PRIMARY KEY (registry_id, policy)
);

-- state: asked, approved, refused, revoked
CREATE TABLE waiver (
  id             ${id},
  registry_id    BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  package        TEXT NOT NULL,
  version_range  TEXT NOT NULL,
  policy         TEXT NOT NULL,
  reason         TEXT NOT NULL,
  until          BIGINT NOT NULL,
  state          TEXT NOT NULL,
  asked          BIGINT NOT NULL,
  asked_by       TEXT NOT NULL,
  decided        BIGINT,
  decided_by     TEXT
);

CREATE INDEX waiver_registry ON waiver (registry_id, state);

-- The newest decision about a version. state: quarantined, deleted, released; the causes that a
-- release lifts, one a line.
CREATE TABLE version_decision (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  package     TEXT NOT NULL,
  version     TEXT NOT NULL,
  state       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  causes      TEXT NOT NULL,
  decided     BIGINT NOT NULL,
  decided_by  TEXT NOT NULL,
  PRIMARY KEY (registry_id, package, version)
);
