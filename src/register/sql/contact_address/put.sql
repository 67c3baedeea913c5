INSERT INTO contact_address (person_id, version, line_1, line_2, line_3, city, postcode, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (person_id) DO UPDATE SET version = excluded.version, line_1 = excluded.line_1, line_2 = excluded.line_2,
    line_3 = excluded.line_3, city = excluded.city, postcode = excluded.postcode, row_seal = excluded.row_seal
