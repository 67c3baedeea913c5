"""The Debian package: what is in it, what lintian and systemd say of it, and its life on a machine."""
import filecmp
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

from support.debian_root import DebianRoot, as_root, repacked

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.path.abspath(os.environ['TENANTRY_BINARY'])
BEFORE = '0.0.9-1'
DATA = '/var/lib/tenantry/default'
EXPOSURE_MOST = 15  # tenths

folder = None  # of this module
package = before = again = unpacked = None


def setUpModule():
    global folder, package, before, again, unpacked
    folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-package-'))
    unittest.addModuleCleanup(shutil.rmtree, folder)
    builds = [subprocess.Popen([ROOT / 'script' / 'package', '--binary', BINARY, '--output', folder / name],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in ('now', 'again')]
    made = []
    for build in builds:
        out, err = build.communicate()
        if build.returncode != 0:
            raise AssertionError(f'script/package: {err}')
        made.append(pathlib.Path(out.strip()))
    package, again = made
    unpacked = folder / 'unpacked'
    subprocess.run(['dpkg-deb', '-x', package, unpacked], check=True)
    before = repacked(package, BEFORE, folder / 'earlier.deb')


def output_of(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, check=True, **options).stdout


def log_in(said, data):
    """Asks the server that said where it listens, for a session: hashing, sealing and a write."""
    account = json.loads(pathlib.Path(f'{data}/demo-accounts.json').read_text(encoding='utf-8'))[0]
    body = json.dumps({'email': account['email'], 'password': account['password']}).encode()
    request = urllib.request.Request(said.split()[-1] + '/api/auth/login', data=body, headers={'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)['token']


def commands():
    return [json.loads(line) for line in output_of(BINARY, 'commands').splitlines()]


class Content(unittest.TestCase):
    def test_its_version_is_the_programs_and_it_names_what_it_needs(self):
        version, depends = (output_of('dpkg-deb', '-f', package, field).strip() for field in ('Version', 'Depends'))
        self.assertEqual(version.rpartition('-')[0], output_of(BINARY, '--version').strip())
        for needed in ('adduser', 'libc6', 'libsodium23', 'libsqlite3-0', 'libssl3'):
            self.assertIn(needed, re.split(r'[ ,]+', depends))

    def test_what_is_in_it(self):
        listed = {line.split()[5].removeprefix('.'): line.split()[0] for line in output_of('dpkg-deb', '-c', package).splitlines()}
        for path in ('/usr/bin/tenantry', '/lib/systemd/system/tenantry.service', '/lib/systemd/system/tenantry@.service',
                     '/lib/systemd/system/tenantry.target', '/usr/share/man/man1/tenantry.1.gz',
                     '/usr/share/bash-completion/completions/tenantry', '/usr/share/doc/tenantry/copyright',
                     '/usr/share/doc/tenantry/changelog.gz', '/usr/share/doc/tenantry/changelog.Debian.gz',
                     '/usr/share/doc/tenantry/sbom.cdx.json', '/usr/share/doc/tenantry/README.Debian',
                     '/usr/share/doc/tenantry/operations.md.gz', '/usr/share/doc/tenantry/examples/alerts.yml',
                     '/usr/share/doc/tenantry/examples/tenantry.json', '/usr/share/doc/tenantry/examples/tenantry.toml'):
            self.assertIn(path, listed)
        self.assertEqual(listed['/etc/tenantry/default.env'], '-rw-------')
        self.assertFalse([path for path in listed if path.startswith('/var/lib/')])

    def test_the_same_binary_makes_the_same_package(self):
        self.assertTrue(filecmp.cmp(package, again, shallow=False))

    def test_lintian_has_nothing_to_say(self):
        # root is who builds in a container.
        done = subprocess.run(['lintian', '--allow-root', '--fail-on', 'error,warning', '--tag-display-limit', '0', package],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ''), done.stderr)

    def test_the_manual_has_every_command_option_and_variable(self):
        page = output_of('man', '--local-file', '--warnings', unpacked / 'usr/share/man/man1/tenantry.1.gz',
                         env={**os.environ, 'MANWIDTH': '1000', 'LC_ALL': 'C.UTF-8', 'MAN_KEEP_FORMATTING': ''})
        sections = dict(re.findall(r'^   tenantry ([a-z -]+)\n(.*?)(?=^   \S|^\S|\Z)', page, flags=re.MULTILINE | re.DOTALL))
        for command in commands():
            options = [option for option in command['options'] if option['name'] not in ('--help', '--version')]
            if not options:
                continue
            for option in options:
                self.assertIn(option['name'], sections[command['command']], command['command'])
                self.assertIn(option['variable'], sections[command['command']])

    def test_the_bill_of_materials_has_what_is_loaded_compiled_in_and_embedded(self):
        bill = json.loads((unpacked / 'usr/share/doc/tenantry/sbom.cdx.json').read_text(encoding='utf-8'))
        self.assertEqual((bill['bomFormat'], bill['specVersion']), ('CycloneDX', '1.4'))
        parts = {part['name']: part for part in bill['components']}
        self.assertEqual(len(parts), len(bill['components']))
        uses = {name: part['properties'][0]['value'] for name, part in parts.items()}
        for name in ('libsodium23', 'libsqlite3-0', 'libssl3', 'libcurl4', 'libstdc++6'):
            self.assertEqual(uses[name], 'loaded')
        for name in ('libboost1.81-dev', 'libcli11-dev', 'libtomlplusplus-dev', 'libkainjow-mustache-dev'):
            self.assertEqual(uses[name], 'compiled in')
        self.assertNotIn('libgtest-dev', parts)
        for name, part in parts.items():
            if part['purl'].startswith('pkg:deb/'):
                self.assertEqual(part['version'], output_of('dpkg-query', '-W', '-f', '${Version}\n', name).split()[0])
        lock = json.loads((ROOT / 'package-lock.json').read_text(encoding='utf-8'))['packages']
        for name in ('govuk-frontend', '@ministryofjustice/frontend', 'swagger-ui-dist'):
            self.assertEqual((uses[name], parts[name]['version']), ('embedded', lock[f'node_modules/{name}']['version']))


class Completion(unittest.TestCase):
    def complete(self, *words):
        """What bash offers for the last word."""
        script = ('source "$1"; shift; COMP_WORDS=(tenantry "$@"); COMP_CWORD=$#; compopt() { echo FILES; }; '
                  '_tenantry; printf "%s\\n" "${COMPREPLY[@]}"')
        file = unpacked / 'usr/share/bash-completion/completions/tenantry'
        return set(output_of('bash', '-u', '-c', script, 'bash', file, *words).split())

    def test_every_command_and_option_is_offered(self):
        for command in commands():
            words = command['command'].split()
            names = {option['name'] for option in command['options'] if option['name'].startswith('-')}
            self.assertEqual(self.complete(*words, '--'), names, command['command'])
            if words:
                self.assertIn(words[-1], self.complete(*words[:-1], words[-1][:2]))

    def test_words_to_choose_from_and_files_are_offered(self):
        self.assertEqual(self.complete('serve', '--csrf-mode', ''), {'single_use', 'session'})
        self.assertEqual(self.complete('serve', '--loops', '2', '--csrf-mode', 'si'), {'single_use'})
        self.assertEqual(self.complete('serve', '--data', ''), {'FILES'})
        self.assertIn('FILES', self.complete('import', ''))
        self.assertEqual(self.complete('nothing', ''), set())


class Units(unittest.TestCase):
    def units(self):
        return unpacked / 'lib/systemd/system'

    def test_systemd_understands_them(self):
        root = folder / 'verified'
        for place in ('usr/lib/systemd/system', 'usr/bin'):
            (root / place).mkdir(parents=True)
        shutil.copytree('/lib/systemd/system', root / 'usr/lib/systemd/system', symlinks=True, dirs_exist_ok=True)
        shutil.copytree(self.units(), root / 'usr/lib/systemd/system', dirs_exist_ok=True)
        (root / 'lib').symlink_to('usr/lib')
        shutil.copy(unpacked / 'usr/bin/tenantry', root / 'usr/bin')
        done = subprocess.run(['systemd-analyze', 'verify', '--man=no', f'--root={root}', 'tenantry.service', 'tenantry@north.service',
                               'tenantry.target'], capture_output=True, text=True, check=False)
        complaints = [line for line in done.stderr.splitlines() if 'tenantry' in line]
        self.assertEqual((done.returncode, complaints), (0, []), done.stderr)

    def test_what_an_attacker_could_reach_through_them_is_little(self):
        north = folder / 'tenantry@north.service'
        shutil.copy(self.units() / 'tenantry@.service', north)
        for unit in (self.units() / 'tenantry.service', north):
            done = subprocess.run(['systemd-analyze', 'security', '--offline=true', f'--threshold={EXPOSURE_MOST}', '--no-pager', unit],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)
            self.assertRegex(done.stdout, r'Overall exposure level for \S+: [01]\.\d OK')

    def test_the_calls_that_they_leave_are_enough_to_serve(self):
        with tempfile.TemporaryDirectory(prefix='tenantry-') as data:
            data += '/data'
            subprocess.run([BINARY, 'demo', '--data', data, '--homes', '5'], check=True, capture_output=True)
            heads = f'{data}/heads.sh'
            pathlib.Path(heads).write_text(f'#!/bin/sh\ncat >> {data}/heads\n', encoding='utf-8')
            os.chmod(heads, 0o700)
            server = subprocess.Popen(
                ['/usr/bin/python3', '-B', ROOT / 'tests/support/call_filter.py', self.units() / 'tenantry.service', BINARY, 'serve',
                 '--data', data, '--listen', '127.0.0.1:0', '--audit-heads-command', heads],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                said = server.stdout.readline()
                self.assertTrue(said, 'it ended at once')
                log_in(said, data)
                subprocess.run([BINARY, 'user', 'list', '--data', data], check=True, capture_output=True)
            finally:
                server.terminate()
                _, log = server.communicate(timeout=60)
            self.assertEqual(server.returncode, 0, log)
            self.assertNotIn('"level":"error"', log)
            self.assertIn('"signature"', pathlib.Path(f'{data}/heads').read_text(encoding='utf-8'))

    def test_one_landlords_unit_is_the_templates_with_a_name(self):
        lines = [[line for line in (self.units() / name).read_text(encoding='utf-8').splitlines()
                  if not line.startswith(('#', 'Description='))] for name in ('tenantry@.service', 'tenantry.service')]
        self.assertEqual([line.replace('%i', 'default') for line in lines[0]], lines[1])
        self.assertIn('ConditionPathExists=/var/lib/tenantry/default/keys/root.key', lines[1])


class Life(unittest.TestCase):
    """Installed, used, upgraded, removed and purged, in this order, on one small Debian."""

    def setUp(self):
        self.root = DebianRoot(output_of('dpkg-deb', '-f', package, 'Depends'))
        self.addCleanup(self.root.remove)

    def inside(self, path):
        return self.root.path / path.removeprefix('/')

    def tenantry(self, *words, **options):
        return self.root.run('/usr/bin/tenantry', *words, user='tenantry:tenantry', **options)

    def register_files(self):
        return self.root.run('find', DATA, '-type', 'f', '-name', 'register.db', '-o', '-name', 'root.key').split()

    def assert_serves(self):
        server = self.root.start('/usr/bin/tenantry', 'serve', '--data', str(self.inside(DATA)), user='tenantry')
        try:
            # Among the lines of its log; it says nothing more once it ends.
            said = next((line for line in server.stdout if not line.startswith('{')), '')
            self.assertRegex(said, r'^listening on http://127\.0\.0\.1:\d+\n$')
            url = said.split()[-1]
            for path in ('/healthz', '/readyz'):
                with urllib.request.urlopen(url + path, timeout=30) as answer:
                    self.assertEqual(answer.status, 200)
        finally:
            subprocess.run(as_root('kill', str(server.pid)), check=True)
            server.communicate(timeout=30)
        self.assertEqual(server.returncode, 0)

    def test_install_use_upgrade_remove_purge(self):
        self.root.install(before)
        self.assertEqual(self.root.run('stat', '-c', '%a %U:%G', '/var/lib/tenantry').strip(), '700 tenantry:tenantry')
        self.assertIn('/usr/sbin/nologin', self.root.run('getent', 'passwd', 'tenantry'))
        self.assertEqual(self.root.run('ls', '-A', '/var/lib/tenantry'), '')
        self.assertNotIn('tenantry', self.root.run('find', '/etc/systemd', '-name', '*.wants'))

        self.tenantry('demo', '--data', DATA, '--homes', '20')
        self.root.run('bash', '-c', f"umask 077; echo 'listen = \"127.0.0.1:0\"' > {DATA}/tenantry.toml; "
                      f'chown tenantry:tenantry {DATA}/tenantry.toml')
        self.assertIn('listen = "127.0.0.1:0"  # tenantry.toml, line 1', self.tenantry('config', 'check', '--data', DATA))
        self.assert_serves()

        self.root.run('bash', '-c', 'echo TENANTRY_RATE_LIMIT=5 >> /etc/tenantry/default.env')
        self.root.install(package)
        self.assertIn(output_of('dpkg-deb', '-f', package, 'Version').strip(), self.root.run('dpkg-query', '-W', 'tenantry'))
        self.assertIn('TENANTRY_RATE_LIMIT=5', self.root.run('cat', '/etc/tenantry/default.env'))
        self.assertEqual(self.root.run('stat', '-c', '%a', '/etc/tenantry/default.env').strip(), '600')
        self.tenantry('check', '--data', DATA)
        self.tenantry('audit', 'verify', '--data', DATA)
        self.assert_serves()

        files = self.register_files()
        self.assertEqual(len(files), 2)
        self.root.run('dpkg', '-r', 'tenantry')
        self.assertFalse(self.inside('/usr/bin/tenantry').exists())
        self.assertEqual(self.register_files(), files)
        said = self.root.run('dpkg', '-P', 'tenantry')
        self.assertIn('kept /var/lib/tenantry', said)
        self.assertEqual(self.register_files(), files)
        self.assertFalse(self.inside('/etc/tenantry/default.env').exists())

        self.root.install(package)
        self.tenantry('check', '--data', DATA)
