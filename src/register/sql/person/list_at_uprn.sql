SELECT * FROM person_row WHERE property_id IN (SELECT id FROM property WHERE uprn = $1) ORDER BY id
