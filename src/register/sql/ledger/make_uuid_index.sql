CREATE UNIQUE INDEX IF NOT EXISTS ledger_line_by_uuid ON ledger_line (uuid);
