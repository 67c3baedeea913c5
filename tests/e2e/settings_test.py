"""DATA/tenantry.toml: what may stand in it, what overrides what, and what 'config check' says of it."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import tomllib
import unittest

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / 'deploy' / 'tenantry.toml'
SECRET = 'a-secret-of-this-test-only'
SECRETS = {'smtp-password', 'hackney-jwt-secret'}


def run(*words, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith('TENANTRY_')}
    return subprocess.run([os.environ['TENANTRY_BINARY'], *words], capture_output=True, text=True, check=False,
                          env={**kept, **environment})


def commands():
    """What 'tenantry commands' says, by the command's name."""
    return {entry['command']: entry for entry in map(json.loads, run('commands').stdout.splitlines())}


class Settings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='tenantry-')
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name) / 'data'
        self.data.mkdir(mode=0o700)
        self.file = self.data / 'tenantry.toml'

    def write(self, text, mode=0o600):
        self.file.write_text(text, encoding='utf-8')
        self.file.chmod(mode)

    def run_command(self, *words, status=0, **environment):
        done = run(*words, '--data', str(self.data), **environment)
        self.assertEqual(done.returncode, status, f'{words}: {done.stdout}{done.stderr}')
        return done

    def init(self):
        self.run_command('init')

    def checked(self, *words, status=0, **environment):
        return self.run_command('config', 'check', *words, status=status, **environment)

    def assert_setting(self, done, line):
        self.assertIn(line, done.stdout.splitlines())

    def assert_refused(self, text, *complaint, mode=0o600):
        """Every command refuses the file with one line, which names the line of the file."""
        self.write(text, mode)
        for words in (('check',), ('serve', '--listen', '127.0.0.1:0'), ('user', 'list'), ('token', '--role', 'service')):
            said = self.run_command(*words, status=2).stderr
            self.assertEqual(said.count('\n'), 1, said)
            for part in complaint:
                self.assertIn(part, said)
            self.assertNotIn(SECRET, said)
        self.assertIn(complaint[0], self.checked(status=1).stderr)


class Precedence(Settings):
    def test_option_before_environment_before_file_before_default(self):
        self.init()
        self.assert_setting(self.checked(), 'listen = "127.0.0.1:8080"  # default')
        self.write('# mine\nlisten = "127.0.0.1:8081"\n')
        self.assert_setting(self.checked(), 'listen = "127.0.0.1:8081"  # tenantry.toml, line 2')
        environment = {'TENANTRY_LISTEN': '127.0.0.1:8082'}
        self.assert_setting(self.checked(**environment), 'listen = "127.0.0.1:8082"  # environment, TENANTRY_LISTEN')
        self.assert_setting(self.checked('--listen', '127.0.0.1:8083', **environment), 'listen = "127.0.0.1:8083"  # option')

    def test_every_kind_of_setting_is_taken_from_the_file(self):
        self.init()
        self.write('rate-limit = 7\nreport-needs-reason = true\ncsrf-mode = "session"\n')
        done = self.checked()
        self.assert_setting(done, 'rate-limit = 7  # tenantry.toml, line 1')
        self.assert_setting(done, 'report-needs-reason = true  # tenantry.toml, line 2')
        self.assert_setting(done, 'csrf-mode = "session"  # tenantry.toml, line 3')

    def test_a_server_does_what_the_file_says(self):
        self.init()
        self.write('listen = "127.0.0.2:0"\n')
        server = subprocess.Popen([os.environ['TENANTRY_BINARY'], 'serve', '--data', str(self.data)], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        try:
            self.assertRegex(server.stdout.readline(), r'^listening on http://127\.0\.0\.2:\d+\n$')
        finally:
            server.terminate()
            server.communicate(timeout=30)

    def test_init_makes_the_register_that_the_file_describes(self):
        self.write('search-mode = "memory"\n')
        self.init()
        self.assertIn('search mode memory', self.run_command('check').stdout)

    def test_a_variable_of_another_command_does_not_override_an_option(self):
        elsewhere = self.data / 'elsewhere'
        self.run_command('init', TENANTRY_DATA=str(elsewhere))
        self.assertTrue((self.data / 'register.db').exists())
        self.assertFalse(elsewhere.exists())

    def test_a_token_is_signed_with_the_secret_of_the_file(self):
        self.init()
        own = self.run_command('token', '--role', 'service', '--days', '1').stdout
        self.write(f'hackney-jwt-secret = "{SECRET}"\n')
        self.assert_signed(self.run_command('token', '--role', 'service').stdout, SECRET)
        self.assertNotEqual(own, self.run_command('token', '--role', 'service').stdout)
        other = SECRET[::-1]
        self.assert_signed(self.run_command('token', '--role', 'service', TENANTRY_HACKNEY_JWT_SECRET=other).stdout, other)

    def assert_signed(self, token, secret):
        import base64
        import hmac
        signed, _, signature = token.strip().rpartition('.')
        expected = hmac.digest(secret.encode(), signed.encode(), 'sha256')
        self.assertEqual(signature, base64.urlsafe_b64encode(expected).decode().rstrip('='))


class Refusals(Settings):
    def setUp(self):
        super().setUp()
        self.init()

    def test_an_unknown_key_is_named_with_its_line(self):
        self.assert_refused('\n\nrate-limt = 5\n', f'{self.file}:3: rate-limt: there is no such setting')

    def test_the_folder_and_the_options_of_a_token_are_no_settings(self):
        self.assert_refused('data = "/elsewhere"\n', f'{self.file}:1: data: there is no such setting')
        self.assert_refused('role = "admin"\n', f'{self.file}:1: role: there is no such setting')

    def test_a_value_of_another_kind_is_refused(self):
        self.assert_refused('rate-limit = "5"\n', f'{self.file}:1: rate-limit: is a whole number')
        self.assert_refused('listen = 8080\n', f'{self.file}:1: listen: is a text in quotes')
        self.assert_refused('no-login-by-get = 1\n', f'{self.file}:1: no-login-by-get: is true or false')
        self.assert_refused('listen = ["127.0.0.1:1"]\n', f'{self.file}:1: listen is no text')
        self.assert_refused('[serve]\nlisten = "127.0.0.1:1"\n', f'{self.file}:1: serve is no text')
        self.assert_refused('listen = "127.0.0.1:1\\u0000"\n', f'{self.file}:1: listen is no text')

    def test_a_value_out_of_bounds_is_refused(self):
        self.assert_refused('loops = 1\nretention-hours = 99999\n', f'{self.file}:2: retention-hours', '99999')
        self.assert_refused('csrf-mode = "none"\n', f'{self.file}:1: csrf-mode', 'single_use')
        self.assert_refused('loops = -1\n', f'{self.file}:1: loops')

    def test_what_is_not_toml_is_refused_without_quoting_it(self):
        self.assert_refused(f'smtp-password = {SECRET}\n', f'{self.file}:1: this is not TOML')
        self.assert_refused('loops = 1\nloops = 2\n', f'{self.file}:2: this is not TOML')

    def test_a_secret_in_a_file_that_others_read_is_refused(self):
        for key in SECRETS:
            for mode in (0o640, 0o604):
                self.assert_refused(f'{key} = "{SECRET}"\n', f'{self.file}:1: {key}: is a secret', 'chmod 600', mode=mode)
        self.assert_refused(f'smtp-url = "smtp://me:{SECRET}@mail.example"\n', f'{self.file}:1: smtp-url: is a secret', mode=0o644)
        self.write('rate-limit = 5\n', 0o644)
        self.run_command('check')

    def test_a_file_that_others_write_is_refused(self):
        for mode in (0o620, 0o602):
            self.assert_refused('loops = 1\n', 'can be written by others', mode=mode)

    def test_what_is_no_file_or_too_long_is_refused(self):
        self.assert_refused('#' * 66_000, 'cannot be read, or is longer than 64 KiB')
        self.file.unlink()
        self.file.mkdir()
        self.assertIn('cannot be read', self.run_command('check', status=2).stderr)


class ConfigCheck(Settings):
    def test_what_it_prints_is_toml_with_every_setting(self):
        self.init()
        listed = {option['name'][2:] for option in commands()['serve']['options'] if option['variable']} - {'data'}
        self.assertEqual(set(tomllib.loads(self.checked().stdout)), listed | {'search-mode'})

    def test_secrets_are_shown_as_set_or_not(self):
        self.init()
        self.assert_setting(self.checked(), '# smtp-password is not set')
        self.write(f'\nsmtp-password = "{SECRET}"\nhackney-jwt-secret = "{SECRET}"\n')
        done = self.checked()
        self.assert_setting(done, '# smtp-password is set: tenantry.toml, line 2')
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        done = self.checked(TENANTRY_SMTP_PASSWORD=SECRET)
        self.assert_setting(done, '# smtp-password is set: environment, TENANTRY_SMTP_PASSWORD')
        done = self.checked('--mail-from', 'a@b.example', status=1, TENANTRY_SMTP_URL=f'smtp://me:{SECRET}@mail.example')
        self.assertIn('smtp-url = "smtp://me:***@mail.example"', done.stdout)
        self.assertNotIn(SECRET, done.stdout + done.stderr)

    def test_what_keeps_a_server_from_starting_is_named(self):
        self.assertIn('there is no register', self.checked(status=1).stderr)
        self.init()
        self.make_certificate('one')
        self.make_certificate('other')
        mail = ('--mail-from', 'office@lettings.example')
        cases = {
            ('--listen', 'here'): '--listen: is an address and a port',
            ('--listen', 'example:80', '--behind-proxy', '127.0.0.1'): 'not a numeric address',
            ('--listen', '0.0.0.0:8080'): 'plain HTTP is served on loopback only',
            ('--behind-proxy', 'proxy.example'): "proxy's address is not a numeric address",
            ('--tls-cert', self.path('one.crt')): 'TLS needs both',
            ('--tls-cert', self.path('absent'), '--tls-key', self.path('one.key')): 'certificate cannot be read',
            ('--tls-cert', self.path('one.crt'), '--tls-key', self.path('other.key')): "not the certificate's",
            ('--smtp-url', 'mail.example', *mail): 'smtp',
            ('--smtp-url', 'smtp://mail.example'): '--mail-from',
            ('--mail-from', 'nobody'): '--mail-from',
            ('--audit-heads', '/absent/heads'): '--audit-heads: cannot be written',
            ('--audit-heads-command', '/absent'): '--audit-heads-command: is no program',
        }
        for words, complaint in cases.items():
            said = self.checked(*words, status=1).stderr
            self.assertIn(complaint, said, words)
            self.assertEqual(said.count('\n'), 1, said)
        self.assertIn('at least 16', self.checked(status=1, TENANTRY_HACKNEY_JWT_SECRET='short').stderr)
        self.checked('--tls-cert', self.path('one.crt'), '--tls-key', self.path('one.key'), '--listen', '0.0.0.0:8443')
        self.checked('--smtp-url', 'smtp://mail.example', *mail)

    def test_all_that_is_wrong_is_named_at_once(self):
        self.write('colour = "red"\nlisten = "here"\n')
        said = self.checked(status=1).stderr
        for part in ('colour', '--listen', 'no register'):
            self.assertIn(part, said)

    def test_keys_that_are_missing_or_open_are_named(self):
        self.init()
        key = self.data / 'keys' / 'root.key'
        key.chmod(0o640)
        self.assertIn('0600', self.checked(status=1).stderr)
        key.unlink()
        self.assertIn('root key', self.checked(status=1).stderr)

    def test_it_may_be_asked_while_a_server_runs(self):
        self.init()
        server = subprocess.Popen([os.environ['TENANTRY_BINARY'], 'serve', '--data', str(self.data), '--listen', '127.0.0.1:0'],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.assertIn('listening', server.stdout.readline())
            self.checked()
        finally:
            server.terminate()
            server.communicate(timeout=30)

    def path(self, name):
        return str(self.data.parent / name)

    def make_certificate(self, name):
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1',
                        '-subj', '/CN=localhost', '-keyout', self.path(name + '.key'), '-out', self.path(name + '.crt')],
                       check=True, capture_output=True)


class Example(unittest.TestCase):
    def test_the_example_has_every_setting_with_its_default(self):
        shown = tomllib.loads(re.sub(r'^#(?=[a-z-]+ = )', '', EXAMPLE.read_text(encoding='utf-8'), flags=re.MULTILINE))
        options = {option['name'][2:]: option for option in commands()['config check']['options'] if option['variable']}
        del options['data']
        self.assertEqual(set(shown), set(options) | SECRETS)
        for name, option in options.items():
            if not option['takes_value']:
                self.assertIs(shown[name], False, name)
            else:
                self.assertIsInstance(shown[name], str if option['text'] else int, name)
                self.assertEqual(str(shown[name]), option['default'], name)
        self.assertEqual({key: value for key, value in tomllib.loads(EXAMPLE.read_text(encoding='utf-8')).items()}, {})

    def test_every_setting_of_init_and_demo_is_one_of_config_check(self):
        known = {option['name'] for option in commands()['config check']['options']}
        for command in ('init', 'demo', 'serve'):
            self.assertLessEqual({option['name'] for option in commands()[command]['options'] if option['variable']}, known)
