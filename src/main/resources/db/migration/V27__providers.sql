-- Where the people of a workspace sign in besides: an OpenID provider. secret: sealed by the vault; null: the provider asks
-- for none. scopes: by spaces. fallback: the role of whoever is in no group that has one; null: they are refused.
-- second_factor: when the provider's counts as ours: never, claimed, always. linking: whether people may link the account
-- that they are signed in to. passwords: whether those who are no owners may sign in by password. roles: JSON, by group.
CREATE TABLE provider (
  id            ${id},
  workspace_id  BIGINT NOT NULL UNIQUE REFERENCES workspace (id),
  name          TEXT NOT NULL,
  issuer        TEXT NOT NULL,
  client_id     TEXT NOT NULL,
  secret        TEXT,
  scopes        TEXT NOT NULL,
  name_claim    TEXT NOT NULL,
  groups_claim  TEXT NOT NULL,
  roles         TEXT NOT NULL,
  fallback      TEXT,
  second_factor TEXT NOT NULL,
  linking       BOOLEAN NOT NULL,
  passwords     BOOLEAN NOT NULL,
  updated       BIGINT NOT NULL
);

-- Whose account is whose at the provider. shut: it was deactivated because its groups were gone, so that groups let it in
-- again; what a person deactivates stays so.
CREATE TABLE provider_link (
  account_id   BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  issuer       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  shut         BOOLEAN NOT NULL,
  created      BIGINT NOT NULL,
  last_seen    BIGINT,
  UNIQUE (workspace_id, issuer, subject)
);

-- Browsers that are on their way to the provider and back, for ten minutes. state, browser: the SHA-256 of what the address
-- and the browser's cookie hold; nonce and verifier are made of both, and stored nowhere. linking_id: the account to be
-- linked; null: a sign-in. proved_id: who the provider says it is, where a code of their second factor is still missing.
CREATE TABLE provider_visit (
  state       TEXT NOT NULL PRIMARY KEY,
  browser     TEXT NOT NULL,
  provider_id BIGINT NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
  linking_id  BIGINT REFERENCES account (id) ON DELETE CASCADE,
  proved_id   BIGINT REFERENCES account (id) ON DELETE CASCADE,
  target      TEXT NOT NULL,
  network     TEXT NOT NULL,
  answered    BOOLEAN NOT NULL,
  created     BIGINT NOT NULL
);
CREATE INDEX provider_visit_provider ON provider_visit (provider_id);
CREATE INDEX provider_visit_network ON provider_visit (network);
CREATE INDEX provider_visit_created ON provider_visit (created);
CREATE INDEX provider_visit_linking ON provider_visit (linking_id);
CREATE INDEX provider_visit_proved ON provider_visit (proved_id);

-- provider: whether the sign-in came by the provider. factor: whether the provider's second factor counts as ours.
ALTER TABLE session ADD COLUMN provider BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE session ADD COLUMN factor BOOLEAN NOT NULL DEFAULT FALSE;
