SELECT id FROM citizen WHERE person_uuid = $1
