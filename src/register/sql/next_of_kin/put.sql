INSERT INTO next_of_kin (person_id, version, name, relationship, address, mobile, other_phone, email, row_seal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (person_id) DO UPDATE SET version = excluded.version, name = excluded.name, relationship = excluded.relationship,
    address = excluded.address, mobile = excluded.mobile, other_phone = excluded.other_phone, email = excluded.email,
    row_seal = excluded.row_seal
WHERE next_of_kin.version = excluded.version - 1
