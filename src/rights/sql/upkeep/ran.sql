INSERT INTO watermark (name, at) VALUES ('retention_ran', $1) ON CONFLICT (name) DO UPDATE SET at = excluded.at
