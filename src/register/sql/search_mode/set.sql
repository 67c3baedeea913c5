UPDATE instance SET search_mode = $1
