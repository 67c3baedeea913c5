SELECT next FROM sequence WHERE name = $1
