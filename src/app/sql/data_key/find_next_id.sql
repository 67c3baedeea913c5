SELECT next FROM sequence WHERE name = 'data_key'
