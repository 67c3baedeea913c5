SELECT * FROM job WHERE instr(lower(reference), lower($1)) > 0 OR instr(lower(title), lower($1)) > 0 ORDER BY id DESC LIMIT $2
