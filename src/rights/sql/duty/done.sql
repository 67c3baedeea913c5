DELETE FROM watermark WHERE name = $1 AND at = $2
