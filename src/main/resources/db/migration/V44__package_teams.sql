-- What teams may do with a package of a registry, or with all of a scope: name is `@acme/parts`, or `@acme/*`. permission:
-- read-only or read-write; those who write own it.
CREATE TABLE package_team (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  team_id     BIGINT NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  permission  TEXT NOT NULL,
  PRIMARY KEY (registry_id, name, team_id)
);
CREATE INDEX package_team_team ON package_team (team_id);
