"""docs/operations.md: every command in it is run, in order, on a small Debian; every alert has its heading."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import yaml

from support.certificate import make_certificate
from support.debian_machine import DebianMachine
from support.debian_root import repacked
from support.guide import MAY_SKIP, POSTGRES, bound, sections, without_texts

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.path.abspath(os.environ['TENANTRY_BINARY'])
RULES = ROOT / 'deploy' / 'prometheus' / 'alerts.yml'
PASSWORD = 'staple-correct-battery-horse\n'
BEFORE = '0.0.9-1'
EXPORT = {
    'properties.csv': 'property_uuid,address_line_1,postcode,uprn\n'
                      '6f0f5ac6-2c2f-4d4e-9a5b-0d7a4f1c2b01,1 Weir Lane,LS21 3AB,100000001\n',
    # As a spreadsheet saves it: a byte order mark, and no uuids.
    'people.csv': '\ufeffperson_number,first_name,last_name,telephone_1,uprn\r\n'
                  '1001,Priya,Nair,07700 900001,100000001\r\n1002,Siobhán,O’Brien,07700 900002,\r\n',
}
# What a section's commands say when they have done what the section is about.
SAYS = {
    'The first landlord': 'ready\n',
    'Import from a spreadsheet': '2 people',
    'Start, stop, settings': 'behind-proxy = "127.0.0.1"  # tenantry.toml',
    'Watch': 'tenantry_ready 1\n',
    'Back up': 'audit-heads = "/var/backups/tenantry/heads"',
    'Restore': 'restored the register as it was at ',
    'Upgrade': subprocess.run([BINARY, '--version'], capture_output=True, text=True, check=True).stdout,
    'Rotate keys': 'key 1 is destroyed',
    'Certificates': 'ready\n',
    'Where things are logged': '"path":"/readyz"',
    'TenantrySealedRecordDamaged': ' 0 damaged',
    'An officer leaves': 'Disabled',
    'The keys are lost': ' 0 damaged',
}


def in_checkout(block):
    """Runs what is for a checkout of the source."""
    done = subprocess.run(['bash', '-euo', 'pipefail', '-c', block], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f'it ended with {done.returncode}\n{block}\n{done.stdout}{done.stderr}')
    return done.stdout


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-guide-'))
        self.addCleanup(shutil.rmtree, self.folder)
        # What a reader fills in; and the binary under test is packed in place of a release build, which would take minutes.
        self.words = {'script/package': f'script/package --binary {BINARY}', 'PACKAGES': self.folder, 'VERSION': BEFORE,
                      'NEWER': 'newer', 'EXPORT': 'export', 'FULLCHAIN.pem': 'server.crt', 'PRIVKEY.pem': 'server.key',
                      'HOST': '127.0.0.1'}
        self.machine = None

    def make_machine(self):
        """Once there is a package: a machine with what a reader has at hand in root's home."""
        package, = self.folder.glob('*.deb')
        depends = subprocess.run(['dpkg-deb', '-f', package, 'Depends'], capture_output=True, text=True, check=True).stdout
        self.machine = DebianMachine(depends)
        self.addCleanup(self.machine.remove)
        home = self.machine.path / 'root'
        shutil.copy(package, home / 'tenantry_newer_amd64.deb')
        shutil.copy(repacked(package, BEFORE, self.folder / 'before.deb'), home / f'tenantry_{BEFORE}_amd64.deb')
        (home / 'export').mkdir()
        for name, text in EXPORT.items():
            (home / 'export' / name).write_text(text, encoding='utf-8', newline='')
        certificate, _ = make_certificate(home)
        (home / '.curlrc').write_text(f'cacert = "{certificate.name}"\n', encoding='utf-8')

    def run_block(self, block):
        block = bound(block, self.words)
        if block.startswith('script/'):
            return in_checkout(block)
        if self.machine is None:
            self.make_machine()
        return self.machine.shell(block, text=PASSWORD)

    def starts(self):
        """How often the server has started."""
        return self.machine.shell('journalctl -u tenantry').count('"event":"register open"')

    def run_section(self, heading, blocks):
        said = ''.join(self.run_block(block) for block in blocks)
        self.assertIn(SAYS.get(heading, ''), said, heading)

    def test_every_command_does_what_it_says(self):
        for heading, blocks in sections():
            if heading == 'Upgrade':
                before = self.starts()
                self.run_section(heading, blocks)
                self.assertEqual(self.starts(), before + 1, 'an upgrade restarts the server')
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
