-- What people say an issue is called and how bad it is; null where the scanner's word counts.
ALTER TABLE issue ADD COLUMN own_title TEXT;
ALTER TABLE issue ADD COLUMN own_severity TEXT;
CREATE INDEX issue_open ON issue (workspace_id, open, number);
CREATE INDEX issue_occurrence_registry ON issue_occurrence (registry_id, issue_id);

-- The trail is read from its newest row on, of a time, and of one actor.
CREATE INDEX audit_happened ON audit (workspace_id, happened, id);
CREATE INDEX audit_actor ON audit (workspace_id, actor, happened, id);
DROP INDEX audit_workspace;

-- What came in last, of a registry; what was fetched today, from a workspace.
CREATE INDEX package_modified ON package (registry_id, modified);
CREATE INDEX cached_tarball_cached ON cached_tarball (registry_id, cached);
CREATE INDEX download_day ON download (workspace_id, day);
