SELECT uuid, version, sum, row_seal FROM ledger_digest WHERE tenancy_id = $1
