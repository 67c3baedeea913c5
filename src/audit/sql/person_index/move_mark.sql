INSERT INTO watermark (name, at) VALUES ('event_of_person', $1)
ON CONFLICT (name) DO UPDATE SET at = excluded.at
