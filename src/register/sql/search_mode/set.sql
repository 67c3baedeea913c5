UPDATE instance SET search_mode = $1 WHERE id = 1
