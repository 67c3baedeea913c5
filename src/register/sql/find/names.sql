SELECT f.person_id, f.folded FROM person_name_trigram t JOIN person_name f ON f.person_id = t.rowid
WHERE person_name_trigram MATCH $1 AND $2 <> ''
ORDER BY t.rowid
