"""Backup and restore as a drill: under load, across a rotation of the keys, through damage and through kill -9."""
import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time
import unittest

from support.backup import BackupDrill, Load, manifest_of, restore, rows_of, run
from support.server import Server

HOMES = 300
SEED = 20261126
SIDE_FILES = ('-wal', '-shm', '-journal', '.partial', '.json.partial')


class Drill(BackupDrill):
    homes = HOMES

    def restored(self, file):
        """A data folder made of the backup with a copy of the server's keys, as they would be kept elsewhere."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, folder)
        data = folder / 'data'
        done = restore(data, file, '--keys', self.server.data / 'keys')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(' 0 damaged', done.stdout)
        self.assertIn('the audit trail holds', done.stdout)
        return data

    def check_restored(self, file, tenants):
        data = self.restored(file)
        manifest = manifest_of(file)
        self.assertTrue(manifest['sound'])
        held = rows_of(data / 'register.db')
        # The restoring is journaled, and nothing else is different.
        held['audit_event'] -= 1
        self.assertEqual({table: held[table] for table in manifest['rows'] if table != 'audit_person'},
                         {table: rows for table, rows in manifest['rows'].items() if table != 'audit_person'})
        for path, mode in ((data, 0o700), (data / 'keys', 0o700), (data / 'keys' / 'root.key', 0o600), (data / 'register.db', 0o600)):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), mode, path)
        self.assertEqual(sorted(path.name for path in data.iterdir() if path.name.startswith(('register.db.p', 'keys.p'))), [])
        for words in (('check',), ('audit', 'verify', '--against-data')):
            done = run(*words, '--data', data)
            self.assertEqual(done.returncode, 0, f'{words}: {done.stderr}')
        self.check_readable(data, tenants)

    def check_readable(self, data, tenants):
        """A server on the restored folder shows these people, page and API, to who had an account."""
        original, self.server.data = self.server.data, data
        process, port = self.server.process, self.server.port
        try:
            self.server.start()
            client = self.server.client(self.officer.token)
            for uuid, email in tenants:
                answer = self.assert_ok(client.get('/api/tenants/manage', action='get', uuid=uuid))
                self.assertEqual(answer.data['tenant_email'], email)
            client.close()
            self.server.process.send_signal(signal.SIGTERM)
            self.server.process.communicate(timeout=30)
        finally:
            self.server.data, self.server.process, self.server.port = original, process, port

    def test_backups_under_load_and_across_a_rotation_restore_whole(self):
        load = Load(self)
        time.sleep(0.5)
        before_first = list(load.acknowledged)
        first = self.backup('first.db')
        after_first = len(load.acknowledged)
        self.assertGreater(after_first, len(before_first), 'the server must answer while it is backed up')
        self.server.command('keys', 'rotate')
        before_second = list(load.acknowledged)
        second = self.backup('second.db')
        load.stop()
        for file, known in ((first, before_first), (second, before_second)):
            manifest = manifest_of(file)
            self.assertEqual(manifest['sha256'], hashlib.sha256(file.read_bytes()).hexdigest())
            self.assertEqual(manifest['bytes'], file.stat().st_size)
            self.assertEqual(manifest['rows'], {table: rows for table, rows in rows_of(file).items() if table in manifest['rows']})
            self.assertEqual([suffix for suffix in SIDE_FILES if pathlib.Path(f'{file}{suffix}').exists()], [])
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
            with contextlib.closing(sqlite3.connect(f'file:{file}?mode=ro', uri=True)) as database:
                uuids = {uuid.hex() for (uuid,) in database.execute('SELECT uuid FROM person')}
            missing = [uuid for _, uuid, _ in known if uuid.replace('-', '') not in uuids]
            self.assertEqual(missing, [], 'what was acknowledged before the backup began must be in it')
        self.assertGreater(len(manifest_of(second)['keys']), len(manifest_of(first)['keys']))
        self.check_restored(first, [known[1:] for known in before_first[:3]])
        self.check_restored(second, [known[1:] for known in before_second[-3:]])
        self.wait_for_activity(lambda entry: True, action='instance.backed_up')

    def test_no_key_and_no_sealed_text_in_clear_is_in_it(self):
        self.create_tenant('Clear Text', tenant_email='planted.clear@mail.example')
        content = self.backup('clear.db').read_bytes()
        self.assertNotIn(b'planted.clear@mail.example', content)
        for key in (self.server.data / 'keys').iterdir():
            self.assertNotIn(key.read_bytes(), content)

    def test_it_says_which_keys_to_keep(self):
        said = self.server.command('backup', '--file', str(self.backups / 'said.db'))
        for key in (self.server.data / 'keys').iterdir():
            self.assertIn(str(key), said)
        self.assertIn(', '.join(map(str, manifest_of(self.backups / 'said.db')['keys'])), said)

    def test_a_backup_is_written_over_only_where_that_is_said(self):
        file = self.backup('twice.db')
        before = file.read_bytes(), manifest_of(file)
        self.backup('twice.db', status=1)
        self.assertEqual(before, (file.read_bytes(), manifest_of(file)))
        self.create_tenant()
        self.backup('twice.db', '--replace')
        self.assertNotEqual(before[1]['sha256'], manifest_of(file)['sha256'])
        self.restored(file)

    def test_it_cannot_be_written_where_there_is_no_folder(self):
        self.server.command('backup', '--file', str(self.backups / 'nowhere' / 'x.db'), status=1)
        self.assertFalse((self.backups / 'nowhere').exists())

    def test_a_backup_that_is_killed_anywhere_leaves_the_former_or_the_new(self):
        """Of a register that no server has open, so that the kill meets the command alone."""
        file = self.backups / 'killed.db'
        chance = random.Random(SEED)
        seen = {'none': 0, 'whole': 0, 'partial': 0}
        self.server.stop()
        try:
            began = time.monotonic()
            self.server.command('backup', '--file', str(self.backups / 'timed.db'))
            took = time.monotonic() - began
            for _ in range(25):
                command = subprocess.Popen([self.server.binary, 'backup', '--replace', '--data', str(self.server.data), '--file', str(file)],
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0.05, 1.1) * took)
                command.kill()
                command.wait()
                seen['partial'] += pathlib.Path(f'{file}.partial').exists()
                if not file.exists():
                    seen['none'] += 1
                    took *= 1.1  # a busier machine than a moment ago
                    continue
                seen['whole'] += 1
                self.restored(file)
            self.assertGreater(min(seen.values()), 0, f'the kills must hit all moments: {seen}')
            self.backup('killed.db', '--replace')
            self.restored(file)
            self.assertFalse(pathlib.Path(f'{file}.partial').exists())
        finally:
            self.server.start()

    def test_a_kill_between_the_two_renames_loses_nothing(self):
        file = self.backup('renamed.db')
        manifest = pathlib.Path(f'{file}.json')
        other = self.backup('other.db')
        # As it is then: the new file beside the former's manifest, and its own still partial.
        manifest.rename(f'{manifest}.partial')
        shutil.copy(f'{other}.json', manifest)
        self.restored(file)
        # A new backup that fails must not take the partial manifest away.
        self.server.command('backup', '--file', str(file), status=1)
        self.restored(file)


class Refusals(unittest.TestCase):
    """What must not be restored, and where not."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(('officer',))
        cls.addClassCleanup(cls.server.close)
        cls.server.command('demo', '--homes', '20')
        cls.file = cls.server.folder / 'good.db'
        cls.server.command('backup', '--file', str(cls.file))
        cls.keys = cls.server.folder / 'kept'
        shutil.copytree(cls.server.data / 'keys', cls.keys)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, self.folder)
        self.data = self.folder / 'data'

    def copy(self):
        for suffix in ('', '.json'):
            shutil.copy(f'{self.file}{suffix}', self.folder / f'copy.db{suffix}')
        return self.folder / 'copy.db'

    def refuses(self, text, file, keys=None):
        before = {path: path.read_bytes() for path in self.data.rglob('*') if path.is_file()} if self.data.exists() else None
        done = restore(self.data, file, '--keys', keys or self.keys)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(text, done.stderr)
        after = {path: path.read_bytes() for path in self.data.rglob('*') if path.is_file()} if self.data.exists() else None
        self.assertEqual(before, after, 'nothing may be changed')
        return done.stderr

    def test_one_flipped_byte_anywhere(self):
        size = self.file.stat().st_size
        for at in (0, 19, 100, size // 3, size // 2, size - 1):
            file = self.copy()
            content = bytearray(file.read_bytes())
            content[at] ^= 1
            file.write_bytes(content)
            self.refuses('damaged', file)

    def test_a_cut_file(self):
        for size in (0, 4096, self.file.stat().st_size - 1):
            file = self.copy()
            os.truncate(file, size)
            self.refuses('cut', file)

    def test_a_file_with_more_at_its_end(self):
        file = self.copy()
        with open(file, 'ab') as grown:
            grown.write(b'x')
        self.refuses('damaged', file)

    def test_no_manifest_a_damaged_one_and_one_of_a_newer_format(self):
        file = self.copy()
        manifest = self.folder / 'copy.db.json'
        text = manifest.read_text(encoding='utf-8')
        manifest.write_text(text[:-20], encoding='utf-8')
        self.refuses('manifest', file)
        manifest.write_text(text.replace('"format":1', '"format":2'), encoding='utf-8')
        self.refuses('newer', file)
        manifest.unlink()
        self.refuses('no manifest', file)

    def test_a_manifest_that_tells_of_other_rows(self):
        file = self.copy()
        manifest = self.folder / 'copy.db.json'
        told = manifest_of(file)
        told['rows']['person'] += 1
        manifest.write_text(json.dumps(told), encoding='utf-8')
        self.refuses('does not hold what', file)

    def test_a_newer_schema(self):
        file = self.copy()
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (999, '0999_later', 0, 0)")
            database.commit()
        told = manifest_of(file)
        told |= {'schema': 999, 'bytes': file.stat().st_size, 'sha256': hashlib.sha256(file.read_bytes()).hexdigest()}
        (self.folder / 'copy.db.json').write_text(json.dumps(told), encoding='utf-8')
        self.refuses('newer version', file)

    def test_missing_and_wrong_keys_and_says_which(self):
        wanted = ', '.join(map(str, manifest_of(self.file)['keys']))
        empty = self.folder / 'empty'
        empty.mkdir()
        self.assertIn(wanted, self.refuses('root.key', self.file, keys=empty))
        done = restore(self.data, self.file)
        self.assertEqual(done.returncode, 1)
        self.assertIn(wanted, done.stderr)
        self.assertFalse(self.data.exists())
        wrong = self.folder / 'wrong'
        wrong.mkdir()
        (wrong / 'root.key').write_bytes(bytes(range(32)))
        self.assertIn(wanted, self.refuses('does not unwrap', self.file, keys=wrong))

    def test_a_place_that_is_not_empty(self):
        self.assertEqual(run('init', '--data', self.data).returncode, 0)
        self.refuses('there is a register', self.file)
        (self.data / 'register.db').unlink()
        (self.data / 'register.db-wal').write_bytes(b'left over')
        self.refuses('there is a register', self.file)

    def test_keys_that_are_there_are_used(self):
        self.data.mkdir(mode=0o700)
        shutil.copytree(self.keys, self.data / 'keys')
        done = restore(self.data, self.file)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_keys_that_others_could_read_where_they_were_kept_are_the_owners_again(self):
        loose = self.folder / 'loose'
        shutil.copytree(self.keys, loose)
        for key in loose.iterdir():
            key.chmod(0o644)
        self.assertEqual(restore(self.data, self.file, '--keys', loose).returncode, 0)
        self.assertEqual({stat.S_IMODE(key.stat().st_mode) for key in (self.data / 'keys').iterdir()}, {0o600})

    def test_options_come_from_the_environment_too(self):
        done = run('restore', TENANTRY_DATA=str(self.data), TENANTRY_BACKUP_FILE=str(self.file), TENANTRY_RESTORE_KEYS=str(self.keys))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_restore_that_is_killed_anywhere_leaves_nothing_that_opens_or_the_whole(self):
        chance = random.Random(SEED)
        began = time.monotonic()
        self.assertEqual(restore(self.data, self.file, '--keys', self.keys).returncode, 0)
        took = time.monotonic() - began
        seen = {'nothing': 0, 'whole': 0}
        for _ in range(30):
            shutil.rmtree(self.data)
            command = subprocess.Popen([self.server.binary, 'restore', '--data', str(self.data), '--file', str(self.file), '--keys', str(self.keys)],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, 1.1) * took)
            command.kill()
            command.wait()
            if (self.data / 'register.db').exists():
                seen['whole'] += 1
            else:
                seen['nothing'] += 1
                took *= 1.1  # a busier machine than a moment ago
                done = run('check', '--data', self.data)
                self.assertEqual(done.returncode, 1, 'nothing may open that is not whole')
                done = restore(self.data, self.file, '--keys', self.keys)
                self.assertEqual(done.returncode, 0, done.stderr)
            for words in (('check',), ('audit', 'verify')):
                done = run(*words, '--data', self.data)
                self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(min(seen.values()), 0, seen)


class AnUnsoundRegister(unittest.TestCase):
    def test_is_backed_up_and_said_so_and_takes_no_other_ones_place(self):
        server = Server(('officer',))
        self.addCleanup(server.close)
        server.is_sound = False
        good = server.folder / 'good.db'
        server.command('backup', '--file', str(good))
        before = good.read_bytes()
        with server.offline() as database:
            database.execute("UPDATE account SET email = x'00'")
        server.command('backup', '--replace', '--file', str(good), status=1)
        self.assertEqual(good.read_bytes(), before)
        server.command('backup', '--file', str(server.folder / 'unsound.db'), status=1)
        self.assertFalse(manifest_of(server.folder / 'unsound.db')['sound'])
