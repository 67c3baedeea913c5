SELECT role, name FROM association_role ORDER BY position
