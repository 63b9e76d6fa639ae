-- The only packages that a token changes, by spaces: names, and scopes as @acme/*. Empty: all.
ALTER TABLE token ADD COLUMN packages TEXT NOT NULL DEFAULT '';
