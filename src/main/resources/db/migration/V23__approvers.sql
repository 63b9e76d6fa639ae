-- The least role of those who decide on exceptions from a registry's policies: owner, admin or developer.
ALTER TABLE registry ADD COLUMN approver TEXT NOT NULL DEFAULT 'admin';
