SELECT EXISTS (SELECT 1 FROM citizen_in_clear)
