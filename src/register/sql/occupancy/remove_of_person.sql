DELETE FROM occupancy WHERE person_id = $1
