"""docs/operations.md: every command in it is run, in order, on a small Debian; every alert has its heading."""
import os
import subprocess
import unittest

import yaml

from support.guide import MAY_SKIP, POSTGRES, ROOT, Reader, sections, without_texts

RULES = ROOT / 'deploy' / 'prometheus' / 'alerts.yml'
# What a section's commands say when they have done what the section is about.
SAYS = {
    'The first landlord': 'ready\n',
    'Import from a spreadsheet': '2 people',
    'Start, stop, settings': 'behind-proxy = "127.0.0.1"  # tenantry.toml',
    'Watch': 'tenantry_ready 1\n',
    'Back up': 'audit-heads = "/var/backups/tenantry/heads"',
    'Restore': 'restored the register as it was at ',
    'Upgrade': subprocess.run([os.environ['TENANTRY_BINARY'], '--version'], capture_output=True, text=True, check=True).stdout,
    'Rotate keys': 'key 1 is destroyed',
    'Certificates': 'ready\n',
    'Where things are logged': '"path":"/readyz"',
    'TenantrySealedRecordDamaged': ' 0 damaged',
    'An officer leaves': 'Disabled',
    'The keys are lost': ' 0 damaged',
}


class Commands(unittest.TestCase):
    def setUp(self):
        self.reader = Reader(self)

    def process(self):
        return self.reader.machine.shell('systemctl status tenantry')

    def run_section(self, heading, blocks):
        said = ''.join(self.reader.run(block) for block in blocks)
        self.assertIn(SAYS.get(heading, ''), said, heading)

    def test_every_command_does_what_it_says(self):
        for heading, blocks in sections():
            if heading == 'Upgrade':
                before = self.process()
                self.run_section(heading, blocks)
                self.assertNotEqual(self.process(), before, 'an upgrade restarts the server')
            elif heading not in POSTGRES:
                self.run_section(heading, blocks)


class Text(unittest.TestCase):
    def test_no_command_can_be_left_out(self):
        """A block ends with its first command that fails; nothing in one runs only sometimes."""
        for heading, blocks in sections():
            for block in blocks:
                self.assertIsNone(MAY_SKIP.search(without_texts(block)), f'{heading}: {block}')

    def test_sections_that_are_looked_for_are_there(self):
        headings = [heading for heading, _ in sections()]
        self.assertEqual(len(headings), len(set(headings)))
        self.assertLessEqual(set(SAYS) | set(POSTGRES), set(headings))

    def test_each_alert_has_its_heading_and_no_other_has(self):
        alerts = [rule['alert'] for group in yaml.safe_load(RULES.read_text(encoding='utf-8'))['groups'] for rule in group['rules']]
        self.assertEqual([heading for heading, _ in sections() if heading.startswith('Tenantry')], alerts)


if __name__ == '__main__':
    unittest.main()
