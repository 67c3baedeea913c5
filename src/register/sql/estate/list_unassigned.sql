SELECT reference, name FROM estate e
WHERE NOT EXISTS (SELECT 1 FROM association_estate a WHERE a.estate_reference = e.reference) ORDER BY reference
