INSERT INTO audit_head (id, event_id, hash, seal) VALUES (1, $1, $2, $3)
ON CONFLICT (id) DO UPDATE SET event_id = excluded.event_id, hash = excluded.hash, seal = excluded.seal
