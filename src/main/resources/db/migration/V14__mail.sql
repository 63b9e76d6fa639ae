-- Who wants to be told by mail what happens in their workspace.
CREATE TABLE mail_subscription (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  since      BIGINT NOT NULL
);
