"""What tests/e2e says of killed imports, of a register in PostgreSQL."""
from e2e.kill_import_test import KilledImport  # noqa: F401: the test runner finds it here
