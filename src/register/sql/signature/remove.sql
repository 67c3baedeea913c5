DELETE FROM signature WHERE uuid = $1
