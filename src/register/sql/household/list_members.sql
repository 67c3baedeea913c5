SELECT id FROM person WHERE household_id = $1 ORDER BY id
