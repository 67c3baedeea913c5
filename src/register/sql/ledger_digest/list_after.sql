SELECT tenancy_id, uuid, version, sum, row_seal FROM ledger_digest WHERE tenancy_id > $1 ORDER BY tenancy_id
