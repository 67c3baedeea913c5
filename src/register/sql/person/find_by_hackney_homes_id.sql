SELECT * FROM person_row WHERE hackney_homes_id = $1 AND tenancy_id IS NOT NULL ORDER BY id LIMIT 1
