DELETE FROM alert WHERE uuid = $1 AND person_id = $2 RETURNING id, version
