SELECT hash FROM audit_event WHERE id = $1
