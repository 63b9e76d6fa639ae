-- Roles that owners have made besides the built-in ones. rights: their names, by spaces.
CREATE TABLE custom_role (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  description  TEXT NOT NULL,
  rights       TEXT NOT NULL,
  updated      BIGINT NOT NULL,
  UNIQUE (workspace_id, name)
);

-- Who has one is read-only by the built-in role beside it: what knows no others gives least.
ALTER TABLE account ADD COLUMN custom_role_id BIGINT REFERENCES custom_role (id);
CREATE INDEX account_custom_role ON account (custom_role_id);

-- People who are given rights together.
CREATE TABLE team (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  description  TEXT NOT NULL,
  updated      BIGINT NOT NULL,
  UNIQUE (workspace_id, name)
);
CREATE TABLE team_member (
  team_id    BIGINT NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, account_id)
);
CREATE INDEX team_member_account ON team_member (account_id);

-- What somebody may do in one registry besides what their role allows everywhere: an account, or a team.
CREATE TABLE registry_grant (
  id          ${id},
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  account_id  BIGINT REFERENCES account (id) ON DELETE CASCADE,
  team_id     BIGINT REFERENCES team (id) ON DELETE CASCADE,
  permission  TEXT NOT NULL
);
CREATE INDEX registry_grant_registry ON registry_grant (registry_id);
CREATE INDEX registry_grant_account ON registry_grant (account_id);
CREATE INDEX registry_grant_team ON registry_grant (team_id);

-- Registries where the roles of those who manage no registries count for less. audience: reading, or named.
CREATE TABLE registry_audience (
  registry_id BIGINT NOT NULL PRIMARY KEY REFERENCES registry (id) ON DELETE CASCADE,
  audience    TEXT NOT NULL
);
