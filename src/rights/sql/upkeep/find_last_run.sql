SELECT at FROM watermark WHERE name = 'retention_ran'
