-- network: what limits count, one IPv4 address or an IPv6 network of 64 bits. Logins live for ten minutes: those that
-- wait are counted as nobody's.
ALTER TABLE client_login ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX client_login_network ON client_login (network);
