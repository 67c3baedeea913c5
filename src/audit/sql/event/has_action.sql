SELECT EXISTS (SELECT 1 FROM audit_event WHERE action = $1)
