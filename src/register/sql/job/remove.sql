DELETE FROM job WHERE id = $1 AND version = $2
