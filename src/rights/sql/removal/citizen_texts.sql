DELETE FROM citizen_text WHERE citizen_id IN (SELECT value FROM json_each($1))
