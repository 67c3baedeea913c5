SELECT active FROM officer WHERE id = $1
