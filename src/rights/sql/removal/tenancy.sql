DELETE FROM tenancy WHERE id = $1
