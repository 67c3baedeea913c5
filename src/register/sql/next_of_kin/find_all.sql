SELECT p.id, p.uuid, k.version, k.name, k.relationship, k.address, k.mobile, k.other_phone, k.email, k.row_seal
FROM next_of_kin k JOIN person p ON p.id = k.person_id WHERE k.person_id IN (SELECT value FROM json_each($1))
