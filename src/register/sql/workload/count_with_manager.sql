SELECT count(*), coalesce(sum(c.request_callback), 0), min(i.created_at)
FROM interaction i JOIN incident c ON c.id = i.incident_id
WHERE i.manager_area_id IN (SELECT value FROM json_each($1)) AND i.closed_at IS NULL
