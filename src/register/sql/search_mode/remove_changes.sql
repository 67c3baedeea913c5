DELETE FROM name_change WHERE seq < (SELECT max(seq) FROM name_change WHERE seq <= $1)
