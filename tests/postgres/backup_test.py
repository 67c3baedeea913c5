"""A backup of a register in PostgreSQL, made while servers write, is one of any register: it restores into either engine."""
import contextlib
import hashlib
import pathlib
import sqlite3
import stat
import time
import unittest

from support.backup import BackupDrill, Load, manifest_of, restore, rows_of, run
from support.engine import address_of, drop_database, make_database, open_register


class Drill(BackupDrill):
    homes = 100

    def keys(self):
        return self.server.data / 'keys'

    def restored(self, file, into_database):
        """The options of an instance made of the backup, its folder and its database."""
        data = self.server.folder / f'restored-{time.monotonic_ns()}'
        name = make_database() if into_database else None
        self.addCleanup(drop_database, name)
        where = ('--database', address_of(name)) if name else ()
        done = restore(data, file, '--keys', self.keys(), *where)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(' 0 damaged', done.stdout)
        self.assertIn('the audit trail holds', done.stdout)
        self.assertEqual((data / 'register.db').exists(), not into_database)
        return ('--data', data, *where), data, name

    def check_file(self, file, known):
        manifest = manifest_of(file)
        self.assertTrue(manifest['sound'])
        self.assertEqual(manifest['sha256'], hashlib.sha256(file.read_bytes()).hexdigest())
        self.assertEqual(manifest['rows'], {table: rows for table, rows in rows_of(file).items() if table in manifest['rows']})
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual([path.name for path in self.backups.iterdir() if 'partial' in path.name], [])
        with contextlib.closing(sqlite3.connect(f'file:{file}?mode=ro', uri=True)) as database:
            self.assertEqual(database.execute('PRAGMA integrity_check').fetchone(), ('ok',))
            self.assertEqual(database.execute('PRAGMA foreign_key_check').fetchall(), [])
            uuids = {uuid.hex() for (uuid,) in database.execute('SELECT uuid FROM person')}
        self.assertEqual([uuid for _, uuid, _ in known if uuid.replace('-', '') not in uuids], [], 'what was acknowledged before must be in it')

    def check_restored(self, file, into_database):
        where, data, name = self.restored(file, into_database)
        for words in (('check',), ('audit', 'verify', '--against-data')):
            done = run(*words, *where)
            self.assertEqual(done.returncode, 0, f'{words}: {done.stderr}')
        rows = manifest_of(file)['rows']
        del rows['schema_migration']  # each engine's own
        with contextlib.closing(open_register(data, name)) as database:
            held = {table: database.execute(f'SELECT count(*) FROM {table}').fetchone()[0] for table in rows if not table.endswith('_trigram')}
        held['audit_event'] -= 1  # of the restoring
        self.assertEqual(held, {table: rows[table] for table in held})

    def test_backups_under_load_and_across_a_rotation_restore_whole_into_both_engines(self):
        load = Load(self)
        time.sleep(0.5)
        before_first = list(load.acknowledged)
        first = self.backup('first.db')
        self.assertGreater(len(load.acknowledged), len(before_first), 'the server must answer while it is backed up')
        self.server.command('keys', 'rotate')
        before_second = list(load.acknowledged)
        second = self.backup('second.db')
        load.stop()
        for file, known in ((first, before_first), (second, before_second)):
            self.assertGreater(len(known), 0)
            self.check_file(file, known)
        self.assertGreater(len(manifest_of(second)['keys']), len(manifest_of(first)['keys']))
        for file in (first, second):
            for into_database in (True, False):
                self.check_restored(file, into_database)

    def test_what_is_sealed_is_sealed_in_it_and_no_key_is(self):
        self.create_tenant('Plain Sight', tenant_email='planted.clear@mail.example')
        content = self.backup('clear.db').read_bytes()
        self.assertNotIn(b'planted.clear@mail.example', content)
        for key in self.keys().iterdir():
            self.assertNotIn(key.read_bytes(), content)

    def test_a_restore_is_refused_where_something_is_and_by_wrong_keys_and_changes_nothing(self):
        file = self.backup('refused.db')
        name = make_database()
        self.addCleanup(drop_database, name)
        wrong = self.server.folder / 'wrong'
        wrong.mkdir()
        (wrong / 'root.key').write_bytes(bytes(range(32)))
        for text, keys, database in (('does not unwrap', wrong, name), ('there is a register', self.keys(), self.server.database)):
            data = self.server.folder / 'refused'
            done = restore(data, file, '--keys', keys, '--database', address_of(database))
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(text, done.stderr)
            self.assertFalse(data.exists())
        with contextlib.closing(open_register(pathlib.Path(), name)) as database:
            self.assertEqual(database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), [])

    def test_an_unsound_register_is_backed_up_and_said_so(self):
        where, data, name = self.restored(self.backup('sound.db'), into_database=True)
        with contextlib.closing(open_register(data, name)) as database:
            database.execute("UPDATE person SET name = x'00' WHERE id = 1")
            database.commit()
        done = run('backup', '--file', self.backups / 'unsound.db', *where)
        self.assertEqual(done.returncode, 1)
        self.assertFalse(manifest_of(self.backups / 'unsound.db')['sound'])


if __name__ == '__main__':
    unittest.main()
