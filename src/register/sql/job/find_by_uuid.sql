SELECT * FROM job WHERE uuid = $1
