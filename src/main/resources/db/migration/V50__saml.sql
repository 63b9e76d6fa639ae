-- What is known of a provider that speaks SAML 2.0: JSON with its address for sign-ins, its certificates and the attribute that
-- is the subject; null: it speaks OpenID Connect. issuer is then its entity ID, client_id ours.
ALTER TABLE provider ADD COLUMN saml TEXT;

-- What a SAML provider has proven of somebody whose browser is on its way back to us: taken up once, by that browser, which the
-- answer itself does not show. hash: the SHA-256 of what stands in the address. identity: JSON.
CREATE TABLE saml_ticket (
  hash     TEXT NOT NULL PRIMARY KEY,
  state    TEXT NOT NULL REFERENCES provider_visit (state) ON DELETE CASCADE,
  identity TEXT NOT NULL
);
CREATE INDEX saml_ticket_state ON saml_ticket (state);

-- Assertions that have counted, remembered until they are too old to count again. hash: the SHA-256 of issuer and name.
CREATE TABLE saml_assertion (
  hash TEXT NOT NULL PRIMARY KEY,
  ends BIGINT NOT NULL
);
CREATE INDEX saml_assertion_ends ON saml_assertion (ends);
