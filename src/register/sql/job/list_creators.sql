SELECT id FROM account WHERE EXISTS (SELECT 1 FROM job WHERE created_by = account.id) ORDER BY id
