"""What tests/e2e says of killed servers, of a register in PostgreSQL."""
from e2e import crash_test


class AKilledServer(crash_test.AKilledServer):
    kills = 6  # of this program; PostgreSQL goes on, and failover_test kills that
