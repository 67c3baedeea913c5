SELECT id, household_id FROM tenancy WHERE tag_reference = $1
