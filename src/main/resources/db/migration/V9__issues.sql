-- What scanner and policies found: one issue for each cause and package of a workspace. `cause` is
-- the advisory, or what a policy objects to.
CREATE TABLE issue (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  number       BIGINT NOT NULL,
  type         TEXT NOT NULL,
  package      TEXT NOT NULL,
  cause        TEXT NOT NULL,
  severity     TEXT NOT NULL,
  title        TEXT NOT NULL,
  url          TEXT,
  open         BOOLEAN NOT NULL,
  assignee     TEXT,
  opened       BIGINT NOT NULL,
  changed      BIGINT NOT NULL,
  UNIQUE (workspace_id, number),
  UNIQUE (package, workspace_id, type, cause)
);

-- Where it is found now. `waived`: somebody made an exception; `accepted`: somebody has closed the
-- issue and knew of it; verdict: what the registry does with the version.
CREATE TABLE issue_occurrence (
  issue_id    BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  version     TEXT NOT NULL,
  waived      BOOLEAN NOT NULL,
  verdict     TEXT NOT NULL,
  accepted    BOOLEAN NOT NULL,
  since       BIGINT NOT NULL,
  PRIMARY KEY (issue_id, registry_id, version)
);

-- Its history, comments among it.
CREATE TABLE issue_event (
  id       ${id},
  issue_id BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  happened BIGINT NOT NULL,
  actor    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  text     TEXT NOT NULL
);
CREATE INDEX issue_event_issue ON issue_event (issue_id, id);

-- Who fetched malware, for good: downloads are forgotten after a while.
CREATE TABLE issue_exposure (
  issue_id    BIGINT NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
  registry_id BIGINT NOT NULL,
  version     TEXT NOT NULL,
  actor       TEXT NOT NULL,
  token       TEXT NOT NULL,
  address     TEXT NOT NULL,
  first_at    BIGINT NOT NULL,
  last_at     BIGINT NOT NULL,
  times       BIGINT NOT NULL,
  PRIMARY KEY (issue_id, registry_id, version, actor, token, address)
);
