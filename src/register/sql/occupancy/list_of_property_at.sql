SELECT person_id FROM occupancy WHERE property_id = $1 AND from_at <= $2 AND (to_at IS NULL OR to_at > $2) ORDER BY person_id
