INSERT INTO person_name (person_id, folded) VALUES ($1, $2)
ON CONFLICT (person_id) DO UPDATE SET folded = excluded.folded WHERE person_name.folded <> excluded.folded
