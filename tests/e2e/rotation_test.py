"""Key rotation while people work, and through kill -9: nothing fails, nothing stays under the old key, and then it can go."""
import contextlib
import http.client
import json
import pathlib
import random
import re
import subprocess
import threading
import time
import unittest

from support.case import ApiTest
from support.engine import open_register
from support.server import Server

HOMES = 800
CLIENTS = 6
KILLS = 3  # that hit a rotation under way
TRIES = 30
SEED = 20261125
COLUMNS = pathlib.Path(__file__).parents[2] / 'src' / 'db' / 'migrations'


def sealed_columns():
    """Table, column and where in a value the key's number stands: as the declarations say, not as the product does."""
    found = []
    for file in sorted(COLUMNS.glob('*.columns')):
        for line in file.read_text(encoding='utf-8').splitlines():
            words = line.split()
            if len(words) < 2 or '.' not in words[0] or words[0].startswith('data_key.'):
                continue
            table, column = words[0].split('.')
            if column == 'row_seal' or words[1] == 'sealed':
                found.append((table, column, 1 if column == 'row_seal' else 3))
    return found


def values_under(database, key):
    """How many values of which columns name the key."""
    counts = {}
    for table, column, at in sealed_columns():
        number = database.execute(f'SELECT count(*) FROM {table} WHERE substr({column}, {at}, 4) = ?',
                                  (key.to_bytes(4, 'little'),)).fetchone()[0]
        if number:
            counts[f'{table}.{column}'] = number
    return counts


class Worker(threading.Thread):
    """Reads, updates, creates and searches until it is told to stop or the server dies. Anything that fails is kept."""

    def __init__(self, number, server, token, tenants):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=30)
        self.token = token
        self.random = random.Random(SEED + number)
        self.number = number
        self.tenants = tenants  # uuid of each tenant of this worker's own: what it may hold, for a kill may take an answer away
        self.done = 0
        self.ends = False
        self.surprise = None

    def call(self, method, path, members=None):
        headers = {'Authorization': f'Bearer {self.token}'}
        body = None
        if members is not None:
            headers |= {'Content-Type': 'application/json', 'X-CSRF-Token': self.call('GET', '/api/security/csrf-token')['token']}
            body = json.dumps(members)
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read()
        if response.status != 200:
            raise AssertionError(f'{method} {path}: {response.status} {text}')
        answer = json.loads(text)
        return answer.get('data', answer)

    def run(self):
        try:
            while not self.ends:
                self.step()
                self.done += 1
        except (OSError, http.client.HTTPException) as gone:
            self.surprise = None if self.ends else gone
        except BaseException as surprise:  # pylint: disable=broad-except
            self.surprise = surprise
        finally:
            self.connection.close()

    def step(self):
        kind = self.random.choice(['read', 'read', 'read', 'update', 'create', 'search'])
        if kind == 'create' or not self.tenants:
            email = f'w{self.number}.{time.monotonic_ns()}@mail.example'
            created = self.call('POST', '/api/tenants/manage', {'tenant_name': f'Worker {self.number} Turner', 'tenant_email': email})
            self.tenants[created['uuid']] = {email}
            return
        uuid = self.random.choice(list(self.tenants))
        if kind == 'search':
            for row in self.call('GET', '/api/tenants/manage?action=list&search=Turner&limit=50'):
                if 'integrity_error' in row:
                    raise AssertionError(f'a list holds a damaged row: {row}')
        elif kind == 'read':
            read = self.call('GET', f'/api/tenants/manage?action=get&uuid={uuid}')['tenant_email']
            if read not in self.tenants[uuid]:
                raise AssertionError(f'{uuid} holds {read}, and none of {self.tenants[uuid]}')
            self.tenants[uuid] = {read}
        else:
            email = f'u{self.number}.{time.monotonic_ns()}@mail.example'
            self.tenants[uuid].add(email)
            self.call('PUT', '/api/tenants/manage', {'uuid': uuid, 'tenant_email': email})
            self.tenants[uuid] = {email}


class Rotation(ApiTest):
    roles = ('officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0'}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.command('demo', '--homes', str(HOMES))
        cls.tenants = [{} for _ in range(CLIENTS)]

    def start_workers(self):
        workers = [Worker(number, self.server, self.officer.token, self.tenants[number]) for number in range(CLIENTS)]
        for worker in workers:
            worker.start()
        return workers

    def join(self, workers, *, killed=False):
        """What the workers did; a connection may break only where the server was killed."""
        for worker in workers:
            worker.ends = True
            worker.join(timeout=60)
            self.assertFalse(worker.is_alive())
            if worker.surprise is not None and not (killed and isinstance(worker.surprise, (OSError, http.client.HTTPException))):
                raise worker.surprise
        return sum(worker.done for worker in workers)

    def rotate_in_background(self):
        return subprocess.Popen([self.server.binary, 'keys', 'rotate', '--data', str(self.server.data)], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.server.environment)

    def kill_during_rotation(self, chance):
        """Whether the kill hit one under way."""
        rotating = self.rotate_in_background()
        while rotating.poll() is None and self.rows_left() == 0:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.1))
        self.server.kill()
        rotating.kill()  # on PostgreSQL it goes on without that server
        rotating.communicate(timeout=60)
        return self.rows_left() > 0

    def rows_left(self):
        return self.ask('SELECT count(*) FROM resealing')

    def ask(self, statement, *values):
        """Of the tables, as any program sees them."""
        with contextlib.closing(open_register(self.server.data, self.server.database)) as database:
            return database.execute(statement, values).fetchone()[0]

    def keys(self):
        """Each field key's state and rows, by number, as keys list shows them."""
        rows = re.findall(r'^ *(\d+)  field +(\S+) +\S+ \S+ +(\d+|-)$', self.server.command('keys', 'list'), re.MULTILINE)
        return {int(number): (state, None if count == '-' else int(count)) for number, state, count in rows}

    def former_keys(self):
        return [number for number, (state, _) in self.keys().items() if state == 'decrypt-only']

    def read_everything(self):
        for tenants in self.tenants:
            for uuid in tenants:
                self.assert_ok(self.officer.get('/api/tenants/manage', action='get', uuid=uuid))
        self.assertIn(' 0 damaged', self.server.command('check'))

    def test_goes_on_under_load_and_through_kills_and_ends(self):
        chance = random.Random(SEED)
        first = self.server_active_key()
        self.assertGreater(self.keys()[first][1], 2000)
        hits = done = 0
        for _ in range(TRIES):
            workers = self.start_workers()
            hits += self.kill_during_rotation(chance)
            done += self.join(workers, killed=True)
            self.server.start()
            if hits == KILLS:
                break
        self.assertEqual(hits, KILLS, 'the kills must hit a rotation under way')
        workers = self.start_workers()
        time.sleep(0.5)
        said = self.server.command('keys', 'rotate')
        self.assertIn('is active', said)
        time.sleep(0.5)
        done += self.join(workers)
        self.assertGreater(done, 100, 'the clients must have worked meanwhile')
        former = self.former_keys()
        self.assertIn(first, former)
        for number in former:
            self.assertEqual(self.keys()[number], ('decrypt-only', 0))
        with self.server.offline() as database:
            for number in former:
                self.assertEqual(values_under(database, number), {})
            active = database.execute('SELECT id FROM data_key WHERE purpose = 1 AND state = 1').fetchone()[0]
            self.assertGreater(len(values_under(database, active)), 15)
            self.assertEqual(database.execute('SELECT count(*) FROM resealing').fetchone()[0], 0)
        for number in former:
            self.assertIn('destroyed', self.server.command('keys', 'retire', '--id', str(number)))
            self.assertEqual(self.keys()[number], ('retired', None))
        self.read_everything()
        with self.server.offline() as database:
            self.assertEqual(database.execute("SELECT count(*) FROM data_key WHERE state = 3 AND wrapped <> x''").fetchone()[0], 0)
        self.read_everything()
        self.assertIn('the audit trail holds', self.server.command('audit', 'verify'))

    def test_one_that_was_cut_off_goes_on_when_the_server_starts(self):
        chance = random.Random(SEED)
        for _ in range(TRIES):
            hit = self.kill_during_rotation(chance)
            self.server.start()
            if hit:
                break
        self.assertTrue(hit, 'a kill must hit a rotation under way')
        ends = time.monotonic() + 30
        while self.rows_left() > 0:
            self.assertLess(time.monotonic(), ends, 'nobody goes on with the rotation')
            time.sleep(0.1)
        self.assertTrue(all(count == 0 for state, count in self.keys().values() if state == 'decrypt-only'))

    def test_a_blob_under_the_old_key_keeps_it_from_being_retired(self):
        tenant = self.create_tenant('Kept Back', tenant_email='kept.back@mail.example')
        old_key = self.server_active_key()
        with self.server.offline() as database:
            old = database.execute('SELECT email FROM person WHERE id = ?', (tenant['ID'],)).fetchone()[0]
        self.server.command('keys', 'rotate')
        self.assertEqual(self.keys()[old_key], ('decrypt-only', 0))
        with self.server.offline() as database:
            new = database.execute('SELECT email FROM person WHERE id = ?', (tenant['ID'],)).fetchone()[0]
            database.execute('UPDATE person SET email = ? WHERE id = ?', (old, tenant['ID']))
        self.assertIn(f'key {old_key} is kept: 1 rows', self.fails('keys', 'retire', '--id', str(old_key)))
        self.assertEqual(self.keys()[old_key], ('decrypt-only', 1))
        # Another rotation does not vouch for it: it stays where it is, and is reported.
        self.assertIn(f'1 rows do not open and stay under key {old_key}', self.server.command('keys', 'rotate'))
        self.assertIn('is kept', self.fails('keys', 'retire', '--id', str(old_key)))
        self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], action='tenant.damaged')
        self.assertEqual(self.officer.get('/api/tenants/manage', action='get', uuid=tenant['uuid']).status, 500)
        with self.server.offline() as database:
            database.execute('UPDATE person SET email = ? WHERE id = ?', (new, tenant['ID']))
        self.server.command('keys', 'rotate')
        for number in self.former_keys():
            self.server.command('keys', 'retire', '--id', str(number))
        self.assertEqual(self.get_tenant(tenant)['tenant_email'], 'kept.back@mail.example')

    def server_active_key(self):
        return next(number for number, (state, _) in self.keys().items() if state == 'active')

    def fails(self, *words):
        return self.server.command(*words, status=1)

    def test_what_may_not_be_retired_is_refused(self):
        self.assertIn('in use', self.fails('keys', 'retire', '--id', str(self.server_active_key())))
        self.assertIn('no field key', self.fails('keys', 'retire', '--id', '2'))
        self.assertIn('no field key', self.fails('keys', 'retire', '--id', '4000'))
        self.assertIn('number of a key', self.fails('keys', 'retire', '--id', 'one'))

    def test_the_root_key_is_changed_while_the_server_runs(self):
        root = self.server.data / 'keys' / 'root.key'
        before = root.read_bytes()
        begun = time.monotonic()
        self.assertIn('new root key', self.server.command('keys', 'rotate', '--wrapping'))
        self.assertLess(time.monotonic() - begun, 2)  # with the start of a process
        self.assertNotEqual(root.read_bytes(), before)
        with self.server.offline():
            pass  # it starts with the new one
        self.read_everything()


class RootKey(unittest.TestCase):
    def test_a_change_that_is_killed_anywhere_leaves_an_instance_that_opens(self):
        server = Server(('officer',))
        self.addCleanup(server.close)
        server.stop()
        keys = server.data / 'keys'
        chance = random.Random(SEED)
        began = time.monotonic()
        server.command('keys', 'rotate', '--wrapping')
        took = time.monotonic() - began
        seen = {(keys / 'root.key').read_bytes()}
        left_over = 0
        for _ in range(40):
            change = subprocess.Popen([server.binary, 'keys', 'rotate', '--wrapping', '--data', str(server.data)],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=server.environment)
            time.sleep(chance.uniform(0, 1.3 * took))
            change.kill()
            change.wait()
            left_over += (keys / 'root.key.next').exists()
            self.assertIn('active', server.command('keys', 'list'))
            self.assertFalse((keys / 'root.key.next').exists())
            seen.add((keys / 'root.key').read_bytes())
        self.assertGreater(len(seen), 1, 'some change must have come through')
        server.start()
