-- What the provider calls the session that a sign-in came from, so that it can say that it is over; null: it did not say.
ALTER TABLE session ADD COLUMN provider_sid TEXT;
ALTER TABLE provider_visit ADD COLUMN proved_sid TEXT;

-- Words of providers that a session is over, remembered so that each counts once. hash: the SHA-256 of issuer and token's name.
CREATE TABLE provider_logout (
  hash    TEXT NOT NULL PRIMARY KEY,
  created BIGINT NOT NULL
);
CREATE INDEX provider_logout_created ON provider_logout (created);
