SELECT o.property_id, o.from_at, o.to_at, a.address_line_1, a.address_line_2, a.address_line_3, a.city, a.postcode
FROM occupancy o JOIN property a ON a.id = o.property_id WHERE o.person_id = $1 ORDER BY o.from_at DESC, o.id DESC
