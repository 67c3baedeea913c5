SELECT at FROM watermark WHERE name = 'event_of_person'
