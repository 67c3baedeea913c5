SELECT estate_reference, estate_name FROM association_estate WHERE association_id = $1 ORDER BY estate_reference
