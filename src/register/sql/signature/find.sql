SELECT id, image FROM signature WHERE uuid = $1
