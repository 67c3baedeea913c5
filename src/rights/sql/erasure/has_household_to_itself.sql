SELECT NOT EXISTS (SELECT 1 FROM person WHERE household_id = $1 AND id <> $2)
    AND NOT EXISTS (SELECT 1 FROM tenancy WHERE household_id = $1 AND id IS DISTINCT FROM $3)
    AND NOT EXISTS (SELECT 1 FROM incident WHERE household_id = $1 AND id NOT IN (SELECT value FROM json_each($4)))
    AND NOT EXISTS (SELECT 1 FROM interaction WHERE household_id = $1
                    AND incident_id NOT IN (SELECT value FROM json_each($4)))
