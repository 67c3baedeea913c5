SELECT p.*, o.id FROM occupancy o JOIN person_row p ON p.id = o.person_id WHERE o.id IN (SELECT value FROM json_each($1))
