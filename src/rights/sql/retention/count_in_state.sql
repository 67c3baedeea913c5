SELECT COUNT(*) FROM retention_proposal WHERE state = $1
