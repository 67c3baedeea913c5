SELECT EXISTS (SELECT 1 FROM legal_hold WHERE person_id = $1 AND lifted_at IS NULL)
