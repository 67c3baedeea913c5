"""The second copy of the register: what was acknowledged five seconds before a kill, or before the data folder went, is in it."""
import contextlib
import json
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

from support.backup import Load, restore, rows_of, run
from support.case import ApiTest

HOMES = 100
LOSS_SECONDS = 5  # at most
KILLS = 3


class CopyTest(ApiTest):
    roles = ('officer', 'admin')

    @classmethod
    def setUpClass(cls):
        cls.copy = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-copy-'))
        cls.addClassCleanup(shutil.rmtree, cls.copy, ignore_errors=True)
        cls.settings = {'TENANTRY_RATE_LIMIT': '0', 'TENANTRY_COPY_TO': str(cls.copy)}
        super().setUpClass()
        cls.server.command('demo', '--homes', str(HOMES))

    def setUp(self):
        if self.server.process is None:
            self.start()
        self.wait_for_copy()

    def wait_until(self, holds, what, seconds=60):
        ends = time.monotonic() + seconds
        while not holds():
            self.assertLess(time.monotonic(), ends, what)
            time.sleep(0.05)

    def current(self):
        file = self.copy / 'current.json'
        return json.loads(file.read_text(encoding='utf-8')) if file.exists() else None

    def wait_for_copy(self, other_than=None):
        self.wait_until(lambda: self.current() is not None and self.current()['name'] != other_than, 'there must be a copy')
        return self.current()['name']

    def start(self):
        """The guarantee begins with the base that a starting server makes."""
        before = self.current()
        self.server.start()
        self.wait_for_copy(other_than=before and before['name'])

    def restored(self, status=0):
        folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, folder)
        done = restore(folder / 'data', self.copy, '--keys', self.server.data / 'keys')
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return folder / 'data', done

    def uuids_in(self, data):
        with contextlib.closing(sqlite3.connect(f'file:{data}/register.db?mode=ro', uri=True)) as database:
            return {uuid.hex() for (uuid,) in database.execute('SELECT uuid FROM person')}


class SecondCopy(CopyTest):
    def test_what_was_acknowledged_five_seconds_before_a_kill_is_in_it(self):
        for _ in range(KILLS):
            load = Load(self, pause=0.03)
            time.sleep(LOSS_SECONDS + 2)
            load.ends = True
            killed_at = time.monotonic()
            self.server.kill()
            load.stop()
            early = [uuid for at, uuid, _ in load.acknowledged if at <= killed_at - LOSS_SECONDS]
            self.assertGreater(len(early), 20)
            data, _ = self.restored()
            found = self.uuids_in(data)
            self.assertEqual([uuid for uuid in early if uuid.replace('-', '') not in found], [])
            done = run('audit', 'verify', '--against-data', '--data', data)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.start()

    def test_a_stop_in_good_order_loses_nothing(self):
        tenant = self.create_tenant('Last Minute')
        self.server.stop()
        data, _ = self.restored()
        self.assertIn(tenant['uuid'].replace('-', ''), self.uuids_in(data))
        held, live = rows_of(data / 'register.db'), rows_of(self.server.data / 'register.db')
        for table in ('person', 'property', 'tenancy', 'account', 'data_key'):
            self.assertEqual(held[table], live[table], table)

    def test_a_folder_that_fails_is_logged_and_heals(self):
        gone = self.copy.with_name(self.copy.name + '-gone')
        self.copy.rename(gone)
        for _ in range(3):
            self.create_tenant()
        # What it has open goes on until it looks for a new one: a restart does.
        self.server.stop()
        self.server.start()
        self.wait_until(lambda: 'the folder for it is not there' in self.server.log(), 'it must be logged')
        tenant = self.create_tenant('After All')
        gone.rename(self.copy)
        self.wait_for_copy(other_than=self.current()['name'])
        self.server.stop()
        data, _ = self.restored()
        self.assertIn(tenant['uuid'].replace('-', ''), self.uuids_in(data))

    def test_a_damaged_base_is_refused_and_a_damaged_log_said(self):
        for number in range(6):
            self.create_tenant(f'Damage {number}')
        self.server.stop()
        name = self.current()['name']
        log = self.copy / f'{name}.log'
        kept = log.read_bytes()
        damaged = bytearray(kept)
        damaged[len(kept) // 2] ^= 1
        log.write_bytes(damaged)
        _, done = self.restored(status=1)
        self.assertIn('damaged', done.stderr)
        log.write_bytes(kept)
        base = self.copy / f'{name}.db'
        whole = base.read_bytes()
        broken = bytearray(whole)
        broken[len(whole) // 2] ^= 1
        base.write_bytes(broken)
        data, done = self.restored(status=1)
        self.assertIn('damaged', done.stderr)
        self.assertFalse(data.exists())
        base.write_bytes(whole)
        self.restored()

    def test_the_copy_of_another_register_is_left_alone(self):
        before = self.current()
        other = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, other)
        self.assertEqual(run('init', '--data', other / 'data').returncode, 0)
        self.server.stop()
        with open(other / 'log', 'wb') as log:
            process = subprocess.Popen([self.server.binary, 'serve', '--data', str(other / 'data'), '--listen', '127.0.0.1:0',
                                        '--copy-to', str(self.copy)], stdout=subprocess.PIPE, stderr=log)
            process.stdout.readline()
            self.wait_until(lambda: 'copy of another register' in (other / 'log').read_text(), 'it must be logged')
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        self.assertEqual(self.current(), before)
        self.restored()


class FarBehind(CopyTest):
    """With a register of its own, as a large one makes each of the others slow."""

    def test_a_commit_too_large_for_the_log_is_in_a_new_base(self):
        before = self.current()['name']
        folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, folder)
        rows = ''.join(f'{index:08d}-1111-4111-8111-000000000000,{index} {"x" * 60},{"y" * 70},{"z" * 70},ZX9 7QQ\n' for index in range(120_000))
        (folder / 'properties.csv').write_text('property_uuid,address_line_1,address_line_2,address_line_3,postcode\n' + rows, encoding='utf-8')
        self.server.command('import', str(folder))
        self.wait_for_copy(other_than=before)
        self.assertIn('fell behind', self.server.log())
        data, _ = self.restored()
        self.assertEqual(rows_of(data / 'register.db')['property'], rows_of(self.server.data / 'register.db')['property'])
