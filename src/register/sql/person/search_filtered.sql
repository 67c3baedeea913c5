SELECT f.person_id FROM person_name_trigram t JOIN person_name f ON f.person_id = t.rowid JOIN person p ON p.id = f.person_id
WHERE person_name_trigram MATCH $1
  AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0 AND instr(f.folded, $5) > 0
  AND instr(f.folded, $6) > 0
  AND ($8 IS NULL OR p.active = $8)
  AND ($9 = 0 OR ($9 = 1 AND p.property_id = $10) OR ($9 = 2 AND (p.property_id = $10 OR p.property_id IS NULL))
       OR ($9 = 3 AND p.property_id IS NULL))
ORDER BY t.rowid LIMIT $7
