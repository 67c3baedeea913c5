"""The commands as an operator calls them."""
import contextlib
import csv
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time
import unittest

PASSWORD = 'staple-correct-battery-horse'


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, self.folder)
        self.data = self.folder / 'data'
        self.servers = []
        self.addCleanup(self.stop_servers)

    def stop_servers(self):
        for server in self.servers:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=30)

    def run_command(self, *words, status=0, text=None, **environment):
        done = subprocess.run([os.environ['TENANTRY_BINARY'], *words], input=text, capture_output=True, text=True, check=False,
                              env={**os.environ, **environment}, cwd=self.folder)
        self.assertEqual(done.returncode, status, f'{words}: {done.stdout}{done.stderr}')
        return done

    def on_data(self, *words, **options):
        return self.run_command(*words, '--data', str(self.data), **options)

    def serve(self):
        server = subprocess.Popen([os.environ['TENANTRY_BINARY'], 'serve', '--data', str(self.data), '--listen', '127.0.0.1:0'],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.servers.append(server)
        line = server.stdout.readline()
        self.assertRegex(line, r'^listening on http://127\.0\.0\.1:\d+\n$')
        return server

    def add_user(self, email='mina@lettings.example', role='officer', **options):
        return self.on_data('user', 'add', '--email', email, '--name', 'Mina Okafor', '--role', role, '--password-stdin',
                            text=PASSWORD + '\n', **options)


class Init(Commands):
    def test_refuses_to_overwrite(self):
        self.on_data('init')
        before = (self.data / 'register.db').read_bytes(), (self.data / 'keys' / 'root.key').read_bytes()
        self.assertIn('already', self.on_data('init', status=1).stderr)
        self.assertEqual(before, ((self.data / 'register.db').read_bytes(), (self.data / 'keys' / 'root.key').read_bytes()))

    def test_keeps_folder_keys_and_register_to_the_owner(self):
        self.on_data('init')
        for path, mode in ((self.data, 0o700), (self.data / 'keys', 0o700), (self.data / 'keys' / 'root.key', 0o600),
                           (self.data / 'register.db', 0o600)):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), mode, path)

    def test_a_missing_wrong_or_open_key_stops_every_start_and_makes_no_new_one(self):
        self.on_data('init')
        key = self.data / 'keys' / 'root.key'
        kept = key.read_bytes()
        key.unlink()
        self.assertIn('root key', self.on_data('serve', '--listen', '127.0.0.1:0', status=1).stderr)
        self.assertFalse(key.exists())
        key.write_bytes(bytes(32))
        key.chmod(0o600)
        self.on_data('serve', '--listen', '127.0.0.1:0', status=1)
        key.write_bytes(kept)
        key.chmod(0o640)
        self.assertIn('0600', self.on_data('user', 'list', status=1).stderr)
        key.chmod(0o600)
        self.on_data('user', 'list')


class MissingKeys(Commands):
    """Without its own keys an instance does not start: exit code 1, the key is named, none is made."""

    def setUp(self):
        super().setUp()
        self.on_data('init')
        self.key = self.data / 'keys' / 'root.key'

    def assert_no_start(self, *words):
        files = sorted(path.name for path in self.key.parent.iterdir())
        for command in (('serve', '--listen', '127.0.0.1:0'), ('keys', 'list'), ('keys', 'rotate'), ('keys', 'rotate', '--wrapping')):
            said = self.on_data(*command, status=1).stderr
            for word in words:
                self.assertIn(word, said, command)
        self.assertEqual(sorted(path.name for path in self.key.parent.iterdir()), files)

    def test_no_root_key(self):
        self.key.unlink()
        self.assert_no_start('no root key')

    def test_an_empty_root_key(self):
        self.key.write_bytes(b'')
        self.assert_no_start('does not hold a key')
        self.assertEqual(self.key.read_bytes(), b'')

    def test_a_wrong_root_key(self):
        self.key.write_bytes(bytes(32))
        self.assert_no_start('wrong root key', '"key_id":1')
        self.assertEqual(self.key.read_bytes(), bytes(32))

    def test_a_root_key_that_others_can_read(self):
        self.key.chmod(0o644)
        self.assert_no_start('0600')

    def harm(self, statement):
        with contextlib.closing(sqlite3.connect(self.data / 'register.db')) as database:
            self.assertEqual(database.execute(statement).rowcount, 1)
            database.commit()

    def test_a_missing_data_key(self):
        self.harm('DELETE FROM data_key WHERE id = 3')
        self.assert_no_start('is missing', '"key_id":3')

    def test_a_damaged_data_key(self):
        self.harm('UPDATE data_key SET wrapped = zeroblob(72) WHERE id = 1')
        self.assert_no_start('does not unwrap', '"key_id":1')

    def test_two_active_data_keys(self):
        self.on_data('keys', 'rotate')
        self.harm('UPDATE data_key SET state = 1 WHERE id = 1')
        self.assert_no_start('are active', '"key_id":1', '"other_key_id":6')


class WrongUsage(Commands):
    def test_ends_with_2_and_says_why(self):
        for words in ((), ('dance',), ('serve',), ('import', '--data', 'x'), ('user',), ('user', 'add', '--data', 'x'),
                      ('serve', '--data', 'x', '--csrf-mode', 'never'), ('serve', '--data', 'x', '--password-memory-mib', '1')):
            self.assertNotEqual(self.run_command(*words, status=2).stderr, '', words)

    def test_a_folder_without_a_register_is_named(self):
        self.assertIn('no register', self.on_data('check', status=1).stderr)

    def test_plain_http_stays_on_loopback(self):
        self.on_data('init')
        self.assertIn('loopback', self.on_data('serve', '--listen', '0.0.0.0:0', status=1).stderr)
        self.assertIn('--listen', self.on_data('serve', '--listen', 'nowhere', status=1).stderr)

    def test_options_have_environment_variables(self):
        self.run_command('init', TENANTRY_DATA=str(self.data))
        self.assertTrue((self.data / 'register.db').exists())


class Users(Commands):
    def test_are_added_listed_and_disabled(self):
        self.on_data('init')
        self.add_user()
        self.assertRegex(self.on_data('user', 'list').stdout, r'officer +Staff +Active +mina@lettings\.example')
        self.on_data('user', 'disable', '--email', 'mina@lettings.example')
        self.assertIn('Disabled', self.on_data('user', 'list').stdout)

    def test_are_refused_with_a_reason(self):
        self.on_data('init')
        self.add_user()
        self.assertIn('already in use', self.add_user(email=' MINA@lettings.example', status=1).stderr)
        self.assertIn('role', self.add_user(email='b@lettings.example', role='emperor', status=1).stderr)
        self.assertIn('15 characters', self.on_data('user', 'add', '--email', 'c@lettings.example', '--name', 'C', '--role', 'viewer',
                                                    '--password-stdin', text='short\n', status=1).stderr)
        self.assertIn('No such user', self.on_data('user', 'disable', '--email', 'nobody@lettings.example', status=1).stderr)


class Documents(Commands):
    def test_the_version_published_last_is_the_current_one(self):
        self.on_data('init')
        self.assertEqual(self.on_data('documents', 'list').stdout, '')
        for version in ('1.0', '1.1', '1.0'):
            said = self.on_data('documents', 'publish', '--type', 'privacy_policy', '--version', version).stdout
            self.assertEqual(said, f'version {version} of privacy_policy is the current one\n')
        lines = [line.split() for line in self.on_data('documents', 'list').stdout.splitlines()]
        self.assertEqual([(line[0], line[1], line[3:]) for line in lines],
                         [('privacy_policy', '1.0', ['current']), ('privacy_policy', '1.1', [])])
        self.on_data('audit', 'verify')

    def test_are_refused_with_a_reason(self):
        self.on_data('init')
        for words, reason in ((('--type', 'Privacy', '--version', '1'), '--type: is 1 to 64 small letters and underscores'),
                              (('--type', 'terms', '--version', 'x' * 33), '--version: is a text of 1 to 32 characters')):
            self.assertIn(reason, self.on_data('documents', 'publish', *words, status=1).stderr)
        self.on_data('documents', 'publish', '--type', 'terms', status=2)
        self.assertEqual(self.on_data('documents', 'list').stdout, '')


class ARunningServer(Commands):
    def test_carries_out_commands(self):
        self.on_data('init')
        self.serve()
        self.add_user()
        self.assertIn('mina@lettings.example', self.on_data('user', 'list').stdout)
        self.assertIn('holds', self.on_data('audit', 'verify').stdout)
        self.assertIn('already in use', self.add_user(status=1).stderr)

    def test_keeps_a_second_server_out_at_once(self):
        self.on_data('init')
        self.serve()
        begun = time.monotonic()
        self.assertIn('another process', self.on_data('serve', '--listen', '127.0.0.1:0', status=1).stderr)
        self.assertLess(time.monotonic() - begun, 5)

    def test_ends_well_on_sigterm_and_leaves_no_socket(self):
        self.on_data('init')
        server = self.serve()
        self.servers.remove(server)
        self.assertEqual(stat.S_IMODE((self.data / 'control.sock').stat().st_mode), 0o600)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
        self.assertEqual(server.returncode, 0)
        self.assertFalse((self.data / 'control.sock').exists())

    def test_is_replaced_after_a_kill(self):
        self.on_data('init')
        server = self.serve()
        self.servers.remove(server)
        server.kill()
        server.communicate(timeout=30)
        self.serve()
        self.add_user()


class Import(Commands):
    def write(self, name, rows):
        folder = self.folder / 'in'
        folder.mkdir(exist_ok=True)
        with open(folder / name, 'w', newline='', encoding='utf-8') as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return folder

    def home(self, number, **values):
        return {'property_uuid': f'6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d{number:04x}', 'uprn': str(10023000000 + number),
                'address_line_1': f'{number} Weir Lane', 'postcode': 'LS21 3AB', **values}

    def test_is_all_or_nothing_and_names_each_error(self):
        self.on_data('init')
        rows = [self.home(1), self.home(2, postcode='nowhere'), self.home(3, uprn='1234567890123')]
        folder = self.write('properties.csv', rows)
        failed = self.on_data('import', str(folder), status=1)
        self.assertIn('properties.csv:3: postcode', failed.stderr)
        self.assertIn('properties.csv:4: uprn', failed.stderr)
        self.assertNotIn('nowhere', failed.stderr)
        self.write('properties.csv', [self.home(1)])
        self.write('people.csv', [{'person_uuid': '6f1f4a3e-8f0e-4b56-9a51-3f0b7f5e0001', 'last_name': 'O’Brien', 'uprn': '99'}])
        failed = self.on_data('import', str(folder), status=1)
        self.assertIn('people.csv:2: uprn', failed.stderr)
        # Nothing of either is there: a demo landlord wants an empty register and gets one.
        self.on_data('demo', '--homes', '3')

    def test_updates_what_it_knows(self):
        self.on_data('init')
        folder = self.write('properties.csv', [self.home(1)])
        self.assertIn('imported 1 properties', self.on_data('import', str(folder)).stdout)
        self.on_data('import', str(folder))
        self.assertIn('holds', self.on_data('audit', 'verify').stdout)

    def test_refuses_unknown_files_and_columns_and_missing_folders(self):
        self.on_data('init')
        folder = self.write('properties.csv', [self.home(1, colour='blue')])
        self.assertIn('properties.csv', self.on_data('import', str(folder), status=1).stderr)
        self.write('properties.csv', [self.home(1)])
        self.write('alerts.csv', [{'type_code': '1'}])
        self.assertIn('alerts.csv', self.on_data('import', str(folder), status=1).stderr)
        self.on_data('import', str(self.folder / 'elsewhere'), status=1)

    def test_a_relative_folder_is_the_callers_even_where_a_server_reads_it(self):
        self.on_data('init')
        self.write('properties.csv', [self.home(1)])
        self.serve()
        self.on_data('import', 'in')


class Demo(Commands):
    def test_makes_a_landlord_with_one_log_in_a_role(self):
        self.on_data('demo', '--homes', '30')
        accounts_file = self.data / 'demo-accounts.json'
        self.assertEqual(stat.S_IMODE(accounts_file.stat().st_mode), 0o600)
        accounts = json.loads(accounts_file.read_text(encoding='utf-8'))
        self.assertEqual({account['role'] for account in accounts}, {'service', 'admin', 'manager', 'officer', 'records', 'viewer'})
        for account in accounts:
            self.assertEqual(set(account), {'role', 'name', 'email', 'username', 'password'})
        self.assertIn(' 0 damaged', self.on_data('check').stdout)
        self.assertIn('holds properties already', self.on_data('demo', status=1).stderr)

    def test_says_the_same_for_the_same_seed(self):
        said = {}
        for name, seed in (('one', '7'), ('two', '7'), ('three', '8')):
            data = self.folder / name
            made = self.run_command('demo', '--data', str(data), '--homes', '40', '--seed', seed)
            said[name] = re.search(r'made .*\d+ properties.*', made.stdout)[0]
        self.assertEqual(said['one'], said['two'])
        self.assertNotEqual(said['one'], said['three'])


class Routes(Commands):
    def test_are_printed_one_a_line(self):
        routes = [json.loads(line) for line in self.run_command('routes').stdout.splitlines()]
        self.assertIn({'method': 'POST', 'path': '/api/tenants/manage', 'open': False,
                       'permissions': ['api.tenants.manage.manage'], 'staff_only': False, 'csrf': True}, routes)
        for route in routes:
            self.assertTrue(route['open'] or route['permissions'] or route['path'] in
                            ('/api/security/csrf-token', '/api/security/confirm-password', '/api/users/permissions', '/api/gdpr/consent', '/Values',
                             '/', '/account', '/account/password', '/account/sessions/{session}/end'), route)
