"""The operations guide as a test sees it: its sections, in order, the commands of each, and a reader who does what it says."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from support.certificate import make_certificate
from support.debian_machine import DebianMachine
from support.debian_root import repacked

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = ROOT / 'docs' / 'operations.md'
BEFORE = '0.0.9-1'
PASSWORD = 'staple-correct-battery-horse\n'
EXPORT = {
    'properties.csv': 'property_uuid,address_line_1,postcode,uprn\n'
                      '6f0f5ac6-2c2f-4d4e-9a5b-0d7a4f1c2b01,1 Weir Lane,LS21 3AB,100000001\n',
    # As a spreadsheet saves it: a byte order mark, and no uuids.
    'people.csv': '\ufeffperson_number,first_name,last_name,telephone_1,uprn\r\n'
                  '1001,Priya,Nair,07700 900001,100000001\r\n1002,Siobhán,O’Brien,07700 900002,\r\n',
}
POSTGRES = ('Move to PostgreSQL', 'Add a server')  # sections whose commands tests/postgres/operations_guide_test.py runs
# A command after one of these, or within them, might be left out when the block runs; so no block has one.
MAY_SKIP = re.compile(r'\|\||&&|\b(?:if|while|for|case)\b|&\s*$|^\s*(?:exit|return)\b|\btrue\b', re.MULTILINE)


def sections():
    """[(heading, [its blocks of commands])] for every heading, in order."""
    found, heading, block = [], None, None
    for line in GUIDE.read_text(encoding='utf-8').splitlines():
        if block is not None:
            if line == '```':
                found[-1][1].append('\n'.join(block))
                block = None
            else:
                block.append(line)
        elif line == '```sh':
            block = []
        elif line.startswith('```'):
            raise AssertionError(f'a block that is no sh: {line}')
        elif heading := re.match(r'#+ (.*)', line):
            found.append((heading[1], []))
    return found


def without_texts(block):
    """The block without what its commands read from it (<<'END')."""
    return re.sub(r"<<'END'\n.*?\nEND$", '', block, flags=re.DOTALL | re.MULTILINE)


class Reader:
    """Follows the guide on a machine of their own, which there is once there is a package."""

    def __init__(self, test, more='', shared=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-guide-'))
        test.addCleanup(shutil.rmtree, self.folder)
        self.machine = None
        self._test, self._more, self._shared = test, more, shared
        # What a reader fills in; and the binary under test is packed in place of a release build, which would take minutes.
        self._words = {'script/package': f"script/package --binary {os.path.abspath(os.environ['TENANTRY_BINARY'])}",
                       'PACKAGES': self.folder, 'VERSION': BEFORE, 'NEWER': 'newer', 'EXPORT': 'export', 'FULLCHAIN.pem': 'server.crt',
                       'PRIVKEY.pem': 'server.key', 'HOST': '127.0.0.1'}

    def run(self, block):
        """What the block's commands said. Fails with the first that does."""
        for word, value in self._words.items():
            block = re.sub(rf'(?<![A-Za-z]){re.escape(word)}(?![A-Z])', str(value), block)
        if block.startswith('script/'):
            return self._in_checkout(block)
        if self.machine is None:
            self.make_machine(*self.folder.glob('*.deb'))
        return self.machine.shell(block, text=PASSWORD)

    def make_machine(self, package):
        """With what a reader has at hand in root's home."""
        depends = subprocess.run(['dpkg-deb', '-f', package, 'Depends'], capture_output=True, text=True, check=True).stdout
        self.machine = DebianMachine(depends.strip() + self._more, self._shared)
        self._test.addCleanup(self.machine.remove)
        home = self.machine.path / 'root'
        shutil.copy(package, home / 'tenantry_newer_amd64.deb')
        shutil.copy(repacked(package, BEFORE, self.folder / 'before.deb'), home / f'tenantry_{BEFORE}_amd64.deb')
        (home / 'export').mkdir()
        for name, text in EXPORT.items():
            (home / 'export' / name).write_text(text, encoding='utf-8', newline='')
        certificate, _ = make_certificate(home)
        (home / '.curlrc').write_text(f'cacert = "{certificate.name}"\n', encoding='utf-8')

    @staticmethod
    def _in_checkout(block):
        done = subprocess.run(['bash', '-euo', 'pipefail', '-c', block], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f'it ended with {done.returncode}\n{block}\n{done.stdout}{done.stderr}')
        return done.stdout
