-- What somebody has marked for itself, whatever they have read up to. Gone with what it marks, and when all up to it is
-- marked as read.
CREATE TABLE notification_mark (
  account_id      BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  notification_id BIGINT NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  unread          BOOLEAN NOT NULL,
  PRIMARY KEY (account_id, notification_id)
);
CREATE INDEX notification_mark_notification ON notification_mark (notification_id);
