DELETE FROM citizen WHERE person_uuid = $1 AND usn IS NULL RETURNING id, version
