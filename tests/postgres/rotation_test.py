"""What tests/e2e says of rotations, of a register in PostgreSQL."""
from e2e.rotation_test import RootKey, Rotation  # noqa: F401: the test runner finds them here
