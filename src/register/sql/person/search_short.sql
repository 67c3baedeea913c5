SELECT f.person_id FROM person_name f JOIN person p ON p.id = f.person_id
WHERE instr(f.folded, $1) > 0 AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0
  AND instr(f.folded, $5) > 0
  AND ($7 IS NULL OR p.active = $7)
  AND ($8 = 0 OR ($8 = 1 AND p.property_id = $9) OR ($8 = 2 AND (p.property_id = $9 OR p.property_id IS NULL))
       OR ($8 = 3 AND p.property_id IS NULL))
ORDER BY f.person_id LIMIT $6
