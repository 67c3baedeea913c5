SELECT COALESCE(MAX(id), 0) FROM audit_event
