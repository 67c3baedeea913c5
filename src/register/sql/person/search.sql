SELECT f.person_id FROM person_name_trigram t JOIN person_name f ON f.person_id = t.rowid
WHERE person_name_trigram MATCH $1
  AND instr(f.folded, $2) > 0 AND instr(f.folded, $3) > 0 AND instr(f.folded, $4) > 0 AND instr(f.folded, $5) > 0
  AND instr(f.folded, $6) > 0
ORDER BY t.rowid LIMIT $7
