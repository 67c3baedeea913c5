SELECT * FROM interaction WHERE uuid = $1
