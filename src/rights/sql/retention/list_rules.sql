SELECT what, since, months, why, updated_at FROM retention_rule
