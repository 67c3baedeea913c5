SELECT id FROM interaction WHERE person_id = (SELECT id FROM person WHERE uuid = $1) ORDER BY id
