INSERT INTO property_address (property_id, folded) VALUES ($1, $2)
ON CONFLICT (property_id) DO UPDATE SET folded = excluded.folded WHERE folded <> excluded.folded
