-- ${clustered}: the rows lie in the order of the key, so that a search reads them one after the other.
-- A row for each name that a registry hosts or has cached: lists and searches read it and nothing else.
-- changed: when it was last published, changed or cached. revision: of the package, if it has one. text: what it is
-- found by, in small letters; null until somebody searches after the package has changed.
CREATE TABLE listed_package (
  registry_id BIGINT NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  hosted      BOOLEAN NOT NULL,
  cached      BOOLEAN NOT NULL,
  internal    BOOLEAN NOT NULL,
  changed     BIGINT NOT NULL,
  revision    BIGINT,
  text        TEXT,
  PRIMARY KEY (registry_id, name)
) ${clustered};
CREATE INDEX listed_package_changed ON listed_package (registry_id, changed, name);
CREATE INDEX listed_package_hosted ON listed_package (registry_id, name) WHERE hosted;
CREATE INDEX listed_package_internal ON listed_package (registry_id, name) WHERE internal;
CREATE INDEX listed_package_unread ON listed_package (registry_id) WHERE text IS NULL;

INSERT INTO listed_package (registry_id, name, hosted, cached, internal, changed, revision, text)
SELECT registry_id, name, MAX(hosted) = 1, MAX(cached) = 1, MAX(internal) = 1, MAX(changed), MAX(revision),
  CASE WHEN MAX(hosted) = 1 THEN NULL ELSE LOWER(name) END
FROM (
  SELECT registry_id, name, 1 AS hosted, 0 AS cached, CASE WHEN internal THEN 1 ELSE 0 END AS internal,
    modified AS changed, revision
  FROM package WHERE EXISTS (SELECT 1 FROM version WHERE version.package_id = package.id)
  UNION ALL
  SELECT registry_id, name, 0, 1, 0, cached, NULL FROM cached_tarball
) AS known
GROUP BY registry_id, name;

-- What listed_package.text holds now.
DROP TABLE package_search;

-- Which versions claim a licence.
CREATE INDEX licence_claim_licence ON licence_claim (licence, name);
