SELECT person_id, citizen_id FROM name_change WHERE seq > $1
