SELECT COUNT(*) FROM retention_proposal
