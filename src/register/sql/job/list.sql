SELECT id FROM job
WHERE ($1 = '' OR instr(lower(reference), lower($1)) > 0 OR instr(lower(title), lower($1)) > 0
       OR instr(lower(coalesce(works_order_ref, '')), lower($1)) > 0 OR instr(lower(coalesce(invoice_no, '')), lower($1)) > 0
       OR instr(lower(coalesce(quote_no, '')), lower($1)) > 0)
  AND ($2 IS NULL OR lower(status) = (SELECT lower(label) FROM code WHERE list = 'job_status' AND code = $2))
  AND ($3 IS NULL OR priority_id = $3)
  AND ($4 IS NULL OR agent_id = $4)
  AND ($5 IS NULL OR contractor_id = $5)
  AND ($6 IS NULL OR created_by = $6)
ORDER BY is_pinned DESC, id DESC LIMIT $7
