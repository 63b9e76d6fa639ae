-- The licence that a kept version claims, by the bytes that it declares. Written by whoever asks what licences there are.
-- licence: empty if it claims none, null if no document lists the version any more.
CREATE TABLE licence_claim (
  name      TEXT NOT NULL,
  version   TEXT NOT NULL,
  integrity TEXT NOT NULL,
  licence   TEXT,
  PRIMARY KEY (name, version, integrity)
);

-- What happened in a workspace, as people read it; what somebody sees of it is what they want to hear of. actor: who did
-- it, and need not be told.
CREATE TABLE notification (
  id           ${id},
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  event        TEXT NOT NULL,
  title        TEXT NOT NULL,
  facts        TEXT NOT NULL,
  link         TEXT NOT NULL,
  actor        TEXT NOT NULL,
  happened     BIGINT NOT NULL
);
CREATE INDEX notification_workspace ON notification (workspace_id, id);
CREATE INDEX notification_happened ON notification (happened);

-- events: what the account wants to see in the app, null for what is usual. read_up_to: the newest one that it has seen.
CREATE TABLE notification_reader (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  events     TEXT,
  read_up_to BIGINT NOT NULL
);

-- The kinds of events that mails tell of; empty for all.
ALTER TABLE mail_subscription ADD COLUMN events TEXT NOT NULL DEFAULT '';
