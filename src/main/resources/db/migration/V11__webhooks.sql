-- Who is told what happens in a workspace. `sealed` holds the address and the secret, since some
-- addresses are secrets; `origin` is what may be shown of it. No events, or no registries: all.
CREATE TABLE webhook (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  origin       TEXT NOT NULL,
  sealed       TEXT NOT NULL,
  form         TEXT NOT NULL,
  events       TEXT NOT NULL,
  registries   TEXT NOT NULL,
  active       BOOLEAN NOT NULL,
  created      BIGINT NOT NULL,
  created_by   TEXT NOT NULL,
  UNIQUE (workspace_id, name)
);

-- What was, or is to be, delivered: written with what it tells of, sent by a job. Nothing refers to
-- the webhook, which may be removed while somebody publishes.
CREATE TABLE webhook_delivery (
  id         ${id},
  webhook_id BIGINT NOT NULL,
  message    TEXT NOT NULL,
  event      TEXT NOT NULL,
  body       TEXT NOT NULL,
  state      TEXT NOT NULL,
  attempts   INTEGER NOT NULL,
  status     INTEGER,
  answer     TEXT,
  created    BIGINT NOT NULL,
  changed    BIGINT NOT NULL
);
CREATE INDEX webhook_delivery_state ON webhook_delivery (webhook_id, state, id);
