INSERT INTO watermark (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = max(watermark.at + 1, excluded.at)
