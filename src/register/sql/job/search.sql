SELECT id, uuid, version, reference, title, description, status, property_id, row_seal, created_at, updated_at
FROM job WHERE instr(lower(reference), lower($1)) > 0 OR instr(lower(title), lower($1)) > 0 ORDER BY id DESC LIMIT $2
