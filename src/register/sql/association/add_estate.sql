INSERT INTO association_estate (estate_reference, association_id, estate_name)
VALUES ($2, $1, coalesce((SELECT name FROM estate WHERE reference = $2), ''))
