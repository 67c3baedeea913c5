DELETE FROM signature
WHERE uuid IN (SELECT m.signature_uuid FROM meeting m JOIN interaction i ON i.id = m.interaction_id
               WHERE i.incident_id IN (SELECT value FROM json_each($1)))
