CREATE INDEX IF NOT EXISTS ledger_line_by_tenancy ON ledger_line (tenancy_id, posted_on);
