INSERT INTO property_address (property_id, folded) VALUES ($1, $2)
ON CONFLICT (property_id) DO UPDATE SET folded = excluded.folded WHERE property_address.folded <> excluded.folded
