-- What registries answered: one row an hour (since 1970) and kind of thing, which nodes add to.
-- hits: from memory or the store; misses: an upstream was waited for; not_modified: of both, those whose asker had the
-- bytes; refused: there was none or it may not be had; failed: the fault was an upstream's or ours.
CREATE TABLE traffic (
  registry_id  BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  hour         BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  hits         BIGINT NOT NULL,
  misses       BIGINT NOT NULL,
  not_modified BIGINT NOT NULL,
  refused      BIGINT NOT NULL,
  failed       BIGINT NOT NULL,
  bytes        BIGINT NOT NULL,
  PRIMARY KEY (registry_id, hour, kind)
);
CREATE INDEX traffic_hour ON traffic (hour);
