-- The role that an owner has made and an invitation gives, in place of its built-in one; null: that one counts. With the
-- role the invitation goes.
ALTER TABLE invitation ADD COLUMN custom_role_id BIGINT REFERENCES custom_role (id) ON DELETE CASCADE;
CREATE INDEX invitation_custom_role ON invitation (custom_role_id);
