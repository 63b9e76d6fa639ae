-- Who fetched which tarball, for when a version turns out to be malware: one row a day and fetcher.
-- An observation, kept for as long as it is set, that outlives the registry.
CREATE TABLE download (
  id           ${id},
  workspace_id BIGINT NOT NULL,
  registry_id  BIGINT NOT NULL,
  name         TEXT NOT NULL,
  version      TEXT NOT NULL,
  day          BIGINT NOT NULL,
  actor        TEXT NOT NULL,
  token        TEXT NOT NULL,
  address      TEXT NOT NULL,
  first_at     BIGINT NOT NULL,
  last_at      BIGINT NOT NULL,
  times        BIGINT NOT NULL,
  UNIQUE (name, version, registry_id, day, actor, token, address)
);
CREATE INDEX download_first ON download (first_at);
