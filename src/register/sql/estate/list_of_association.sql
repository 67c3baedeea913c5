SELECT e.reference, e.name, b.reference, b.name FROM association_estate a
JOIN estate e ON e.reference = a.estate_reference LEFT JOIN block b ON b.estate_reference = e.reference
WHERE a.association_id = $1 ORDER BY a.estate_reference, b.reference
