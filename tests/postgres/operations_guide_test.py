"""What docs/operations.md says of PostgreSQL: its commands are run in order, on one machine that has a landlord, and on another one. The
rest of the guide is for e2e/operations_guide_test.py."""
import shutil
import unittest

from support.engine import ask, postgres
from support.guide import POSTGRES, Reader, sections

# What a reader has done before.
BEFORE = ('Install', 'The first landlord')
SETTINGS = 'Start, stop, settings'
DATABASE = ROLE = 'tenantry'


class Commands(unittest.TestCase):
    def reader(self):
        """On a machine that sees the test's PostgreSQL where Debian's listens, with the account that Debian's package makes."""
        return Reader(self, ', postgresql-client-15', [(postgres(), '/run/postgresql')])

    def setUp(self):
        self.blocks = dict(sections())
        self.addCleanup(ask, f'DROP ROLE IF EXISTS {ROLE}')
        self.addCleanup(ask, f'DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)')

    def run_section(self, reader, heading):
        return ''.join(reader.run(block) for block in self.blocks[heading])

    def test_every_command_does_what_it_says(self):
        first = self.reader()
        for heading in BEFORE:
            self.run_section(first, heading)
        first.run(next(block for block in self.blocks[SETTINGS] if 'tenantry.toml' in block))
        first.machine.shell('adduser --quiet --system --no-create-home --home /nonexistent postgres')
        moved = self.run_section(first, POSTGRES[0])
        self.assertIn('database = "postgresql:', moved)
        self.assertIn('the audit trail holds', moved)
        self.assertEqual(first.machine.shell('ls /var/lib/tenantry/in-a-file/register.db').strip(), '/var/lib/tenantry/in-a-file/register.db')

        second = self.reader()
        second.make_machine(next(first.folder.glob('tenantry_*.deb')))
        second.run(self.blocks['Install'][1])
        shutil.copytree(first.machine.path / 'media/keys', second.machine.path / 'media/keys')
        added = self.run_section(second, POSTGRES[1])
        self.assertIn('ready\n', added)
        self.assertIn('you@example.org', added, 'whom the first server knows')


if __name__ == '__main__':
    unittest.main()
