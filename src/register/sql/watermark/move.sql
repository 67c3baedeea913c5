INSERT INTO watermark (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE watermark.at < excluded.at
