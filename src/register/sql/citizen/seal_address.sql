UPDATE citizen SET address_line_1 = $2, address_line_2 = $3, address_line_3 = $4, city = $5, postcode = $6,
    row_seal = coalesce($7, row_seal)
WHERE id = $1
