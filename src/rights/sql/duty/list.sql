SELECT name, at FROM watermark WHERE name IN ('wanted_scrub', 'wanted_proposals', 'wanted_retention') ORDER BY name
