DELETE FROM name_change WHERE seq <= $1 AND seq < (SELECT max(seq) FROM name_change)
