SELECT at FROM watermark WHERE name = $1
