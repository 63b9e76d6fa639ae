-- Where advisories come from. What a feed says is visible from one `generation` on, so that readers
-- see all of an import or nothing of it; 0 means that it was never imported. Whoever imports holds
-- the feed until `leased`.
CREATE TABLE advisory_feed (
  name          TEXT NOT NULL PRIMARY KEY,
  source        TEXT NOT NULL,
  generation    BIGINT NOT NULL,
  records       BIGINT NOT NULL,
  imported      BIGINT,
  tried         BIGINT,
  failure       TEXT,
  etag          TEXT,
  last_modified TEXT,
  holder        TEXT,
  leased        BIGINT NOT NULL
);

-- What one record of a feed says of one package: visible from the generation `since` until `gone`.
-- `held` is why a record must wait for a person or a second feed, null if it need not.
CREATE TABLE advisory (
  feed      TEXT NOT NULL REFERENCES advisory_feed (name) ON DELETE CASCADE,
  record    TEXT NOT NULL,
  name      TEXT NOT NULL,
  since     BIGINT NOT NULL,
  gone      BIGINT,
  digest    BIGINT NOT NULL,
  withdrawn BOOLEAN NOT NULL,
  held      TEXT,
  body      TEXT NOT NULL,
  PRIMARY KEY (feed, record, name, since)
);
-- Holds all that the index in memory is made from.
CREATE INDEX advisory_name ON advisory (name, feed, since, gone, withdrawn, held, digest);

-- How many versions of a package are kept, of any registry.
CREATE INDEX cached_tarball_name ON cached_tarball (name);
CREATE INDEX package_name ON package (name);
