-- One text for SQLite and PostgreSQL: ${id} is the dialect's generated primary key. Instants are
-- milliseconds since 1970 (UTC).

CREATE TABLE workspace (
  id      ${id},
  name    TEXT NOT NULL UNIQUE,
  created BIGINT NOT NULL
);

CREATE TABLE registry (
  id              ${id},
  workspace_id    BIGINT NOT NULL REFERENCES workspace (id),
  name            TEXT NOT NULL,
  kind            TEXT NOT NULL,
  anonymous_read  BOOLEAN NOT NULL,
  overwriting     BOOLEAN NOT NULL,
  owners_only     BOOLEAN NOT NULL,
  archived        BOOLEAN NOT NULL,
  scopes          TEXT NOT NULL,
  created         BIGINT NOT NULL,
  UNIQUE (workspace_id, name)
);

-- A renamed registry answers under its old names too.
CREATE TABLE registry_alias (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  registry_id  BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  PRIMARY KEY (workspace_id, name)
);

CREATE TABLE upstream (
  id          ${id},
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  url         TEXT,
  target_id   BIGINT REFERENCES registry (id),
  credential  TEXT,
  internal    BOOLEAN NOT NULL,
  pushes      BOOLEAN NOT NULL,
  forward     TEXT NOT NULL,
  UNIQUE (registry_id, name)
);

CREATE TABLE account (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  password     TEXT,
  role         TEXT NOT NULL,
  email        TEXT NOT NULL,
  profile      TEXT NOT NULL,
  active       BOOLEAN NOT NULL,
  created      BIGINT NOT NULL,
  updated      BIGINT NOT NULL,
  UNIQUE (workspace_id, name)
);

CREATE TABLE token (
  id         ${id},
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  handle     TEXT NOT NULL UNIQUE,
  hash       TEXT NOT NULL UNIQUE,
  shown      TEXT NOT NULL,
  name       TEXT NOT NULL,
  read_only  BOOLEAN NOT NULL,
  registries TEXT NOT NULL,
  cidrs      TEXT NOT NULL,
  created    BIGINT NOT NULL,
  expires    BIGINT,
  last_used  BIGINT
);
CREATE INDEX token_account ON token (account_id);

-- A package that has anything of its own in a registry: versions, tags, owners, access.
CREATE TABLE package (
  id           ${id},
  registry_id  BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name         TEXT NOT NULL,
  revision     BIGINT NOT NULL,
  created      BIGINT NOT NULL,
  modified     BIGINT NOT NULL,
  details      TEXT NOT NULL,
  access       TEXT NOT NULL,
  internal     BOOLEAN NOT NULL,
  UNIQUE (registry_id, name)
);

CREATE TABLE version (
  id           ${id},
  package_id   BIGINT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  version      TEXT NOT NULL,
  manifest     TEXT NOT NULL,
  published    BIGINT NOT NULL,
  publisher    TEXT NOT NULL,
  digest       TEXT NOT NULL,
  size         BIGINT NOT NULL,
  integrity    TEXT NOT NULL,
  shasum       TEXT NOT NULL,
  deprecated   TEXT,
  derived_from TEXT,
  attestations TEXT,
  UNIQUE (package_id, version)
);
CREATE INDEX version_digest ON version (digest);

-- An unpublished version number stays taken, but for the same bytes by the same publisher.
CREATE TABLE burnt_version (
  package_id BIGINT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  version    TEXT NOT NULL,
  digest     TEXT NOT NULL,
  publisher  TEXT NOT NULL,
  burnt      BIGINT NOT NULL,
  PRIMARY KEY (package_id, version)
);

CREATE TABLE dist_tag (
  package_id BIGINT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  tag        TEXT NOT NULL,
  version    TEXT NOT NULL,
  PRIMARY KEY (package_id, tag)
);

CREATE TABLE package_owner (
  package_id BIGINT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  account    TEXT NOT NULL,
  PRIMARY KEY (package_id, account)
);

-- By name: people also star packages that come from upstreams.
CREATE TABLE star (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  account     TEXT NOT NULL,
  PRIMARY KEY (registry_id, name, account)
);
CREATE INDEX star_account ON star (registry_id, account);

-- The newest document that a source gave for a name. `digest` null: the source said "not found".
CREATE TABLE document (
  source        TEXT NOT NULL,
  name          TEXT NOT NULL,
  digest        TEXT,
  etag          TEXT,
  last_modified TEXT,
  fetched       BIGINT NOT NULL,
  PRIMARY KEY (source, name)
);

-- When a version that its source gives no time for was first seen.
CREATE TABLE first_seen (
  source  TEXT NOT NULL,
  name    TEXT NOT NULL,
  version TEXT NOT NULL,
  seen    BIGINT NOT NULL,
  PRIMARY KEY (source, name, version)
);

-- A tarball that came from an upstream and is in the store.
CREATE TABLE cached_tarball (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  version     TEXT NOT NULL,
  digest      TEXT NOT NULL,
  size        BIGINT NOT NULL,
  integrity   TEXT NOT NULL,
  cached      BIGINT NOT NULL,
  PRIMARY KEY (registry_id, name, version)
);
CREATE INDEX cached_tarball_digest ON cached_tarball (digest);

-- Work that outlives a request and a restart.
CREATE TABLE job (
  id       ${id},
  kind     TEXT NOT NULL,
  payload  TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due      BIGINT NOT NULL,
  failure  TEXT
);
CREATE INDEX job_due ON job (due);

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE audit (
  id           ${id},
  happened     BIGINT NOT NULL,
  workspace_id BIGINT,
  actor        TEXT NOT NULL,
  action       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  details      TEXT NOT NULL
);
CREATE INDEX audit_workspace ON audit (workspace_id, id);

-- What other processes have changed: each counts up its own rows, everyone else watches them.
CREATE TABLE revision (
  process TEXT NOT NULL,
  topic   TEXT NOT NULL,
  value   BIGINT NOT NULL,
  PRIMARY KEY (process, topic)
);
