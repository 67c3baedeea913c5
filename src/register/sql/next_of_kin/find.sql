SELECT version, name, relationship, address, mobile, other_phone, email, row_seal FROM next_of_kin WHERE person_id = $1
