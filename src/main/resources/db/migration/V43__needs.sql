-- Which packages need which, of the versions that registries have stored: to run, or beside them. ${clustered}: the rows
-- lie in the order of the key, so that who needs a package is read one after the other. kind: runtime, optional or peer.
-- spec: the range as it stands in the manifest, cut.
CREATE TABLE package_need (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  needed      TEXT NOT NULL,
  name        TEXT NOT NULL,
  version     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  spec        TEXT NOT NULL,
  PRIMARY KEY (registry_id, needed, name, version, kind)
) ${clustered};
CREATE INDEX package_need_version ON package_need (registry_id, name, version);

-- Versions that came, changed or went since their needs were read. times: how often, so that none that changes while it
-- is read counts as read.
CREATE TABLE unread_need (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  version     TEXT NOT NULL,
  times       BIGINT NOT NULL,
  PRIMARY KEY (registry_id, name, version)
);

INSERT INTO unread_need (registry_id, name, version, times)
SELECT registry_id, name, version, 1 FROM cached_tarball
UNION
SELECT package.registry_id, package.name, version.version, 1
FROM version JOIN package ON package.id = version.package_id;
