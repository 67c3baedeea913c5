SELECT min(from_at) FROM occupancy WHERE property_id = $1
