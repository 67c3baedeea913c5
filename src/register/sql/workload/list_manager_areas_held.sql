SELECT id FROM manager_area WHERE officer_id = $1 AND active = 1
