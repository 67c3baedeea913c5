DELETE FROM property_address WHERE property_id = $1
