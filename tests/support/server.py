"""The real server on a temporary data folder of its own, with one account for each role.

stop() fails unless the server ends with 0 on SIGTERM and its log is free of every planted value.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import urllib.request

from support.client import Client
from support.contract import Contract
from support.engine import address_of, drop_database, make_database, open_register

ROLES = ('service', 'admin', 'manager', 'officer', 'records', 'viewer')
PASSWORD = 'staple-correct-battery-horse'
SHORTEST_PLANT = 5  # characters; a shorter value may stand in a log by accident


def email_of(role):
    return f'{role}@lettings.example'


class Server:
    def __init__(self, roles=ROLES, **settings):
        self.binary = os.environ['TENANTRY_BINARY']
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.data = self.folder / 'data'
        self.log_file = self.folder / 'log'
        self.environment = dict(os.environ, TENANTRY_PASSWORD_MEMORY_MIB='19', TENANTRY_PASSWORD_PASSES='2', **settings)
        self.contract = Contract.load()
        self.planted = {PASSWORD}
        self.exchanges = []
        self.held_to_journal = True  # False where a test takes records away behind the server's back
        self.is_sound = True  # False where it changes sealed ones
        self.process = None
        self.scheme = None
        self.port = None
        self._opened = []
        self._clients = {}
        self.database = make_database()
        if self.database:
            self.environment['TENANTRY_DATABASE_URL'] = address_of(self.database)
        try:
            self.command('init')
            for role in roles:
                self.add_user(email_of(role), f'Sam {role.capitalize()}', role)
            self.start()
        except BaseException:
            self.remove()
            raise

    def command(self, *words, text=None, status=0):
        """Runs a command of the binary on this data folder; what it wrote to standard output, or why it failed as it was to."""
        done = subprocess.run([self.binary, *words, '--data', str(self.data)], input=text, capture_output=True, text=True,
                              env=self.environment, check=False)
        if done.returncode != status:
            raise AssertionError(f'{words[0]} ended with {done.returncode}: {done.stderr}')
        return done.stdout if status == 0 else done.stderr

    def add_user(self, email, name, role, password=PASSWORD, **options):
        words = [word for option, value in options.items() for word in ('--' + option.replace('_', '-'), value)]
        self.plant(email, name, password)
        self.command('user', 'add', '--email', email, '--name', name, '--role', role, *words, '--password-stdin', text=password)

    def routes(self):
        """The route table, as the binary prints it."""
        lines = subprocess.run([self.binary, 'routes'], capture_output=True, text=True, check=True).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def start(self, port=0):
        with open(self.log_file, 'ab') as log:
            self.process = subprocess.Popen([self.binary, 'serve', '--data', str(self.data), '--listen', f'127.0.0.1:{port}'],
                                            stdout=subprocess.PIPE, stderr=log, text=True, env=self.environment)
        line = self.process.stdout.readline()
        ready = re.fullmatch(r'listening on (https?)://127\.0\.0\.1:(\d+)\n', line)
        if ready is None:
            self.process.kill()
            self.process.communicate()
            raise AssertionError(f'the server said {line!r} and logged {self.log()}')
        self.scheme, self.port = ready[1], int(ready[2])

    def stop(self):
        """Ends the server in good order, and reads its log."""
        self.close_clients()
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate()
        status, self.process = self.process.returncode, None
        if status != 0:
            raise AssertionError(f'the server ended with {status}: {self.log()[-4000:]}')
        log = self.log()
        leaked = [value for value in self.planted if value in log or json.dumps(value)[1:-1] in log]
        if leaked:
            raise AssertionError(f'the log holds {leaked}')

    def kill(self):
        """Ends the server as a power cut would: at once, wherever it is."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        self.process = None
        self.close_clients()

    @contextlib.contextmanager
    def offline(self):
        """The database of the stopped server, which starts again afterwards."""
        self.stop()
        try:
            with contextlib.closing(open_register(self.data, self.database)) as database:
                yield database
                database.commit()
        finally:
            self.start()

    def close(self):
        try:
            if self.process is not None:
                self.stop()
                self.command('audit', 'verify', *(['--against-data'] if self.held_to_journal and self.is_sound else []))
                self.command('check', status=0 if self.is_sound else 1)
        finally:
            self.remove()

    def remove(self):
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
        shutil.rmtree(self.folder)
        drop_database(self.database)

    def metrics(self):
        context = ssl._create_unverified_context() if self.scheme == 'https' else None  # its certificate is a test's own
        with urllib.request.urlopen(f'{self.scheme}://127.0.0.1:{self.port}/metrics', timeout=30, context=context) as answer:
            return answer.read().decode()

    def log(self):
        return self.log_file.read_text(encoding='utf-8') if self.log_file.exists() else ''

    def plant(self, *values):
        """Values that the log must never hold."""
        self.planted.update(value for value in values if len(value) >= SHORTEST_PLANT)

    def close_clients(self):
        for client in self._opened:
            client.close()

    def client(self, token=None, **headers):
        """A client of nobody, or of whoever holds the token."""
        self._opened.append(Client(self, token, headers))
        return self._opened[-1]

    def log_in(self, email, password=PASSWORD, **members):
        return self.client().request('POST', '/api/auth/login', json={'email': email, 'password': password, **members})

    def client_of(self, email):
        """A client that logged in now."""
        answer = self.log_in(email)
        if answer.status != 200:
            raise AssertionError(f'{email} could not log in: {answer}')
        return self.client(answer.json['token'])

    def as_role(self, role):
        """The client of the role's account, logged in once."""
        if role not in self._clients:
            self._clients[role] = self.client_of(email_of(role))
        return self._clients[role]
