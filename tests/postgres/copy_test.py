"""A register moves from a file into PostgreSQL and back: the same bytes, whole or refused, whatever happens on the way."""
import contextlib
import copy
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest

from support.backup import run
from support.case import ApiTest
from support.engine import Postgres, address_of, ask, drop_database, make_database, open_register

SEED = 20261126
HOMES = '150'
MOST, LEAST = 2**63 - 1, -2**63
ODD_TEXTS = ("O'Brien \\ \"quoted\" \t\r\n %s", '', 'Łódź \U0001f3e0 \u200d', '\\x00 \\N', ' ')
NOT_WHOLE = 'the register is not whole'
WRITERS_LOCK = 0x54656e616e747279
JOURNAL = {'audit_event', 'audit_head'}  # each has an event of the copying
LEFT_BEHIND = {'schema_migration'}  # each engine's own


def tables_of(file):
    with contextlib.closing(sqlite3.connect(f'file:{file}?mode=ro', uri=True)) as database:
        return [name for name, in database.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
                if not name.startswith('sqlite_') and name not in LEFT_BEHIND]


def contents(database, tables):
    """All rows by table, in no order; what they are to the engine's own client."""
    return {table: sorted(map(repr, database.execute(f'SELECT * FROM {table}'))) for table in tables}


LANDLORD = {}


def setUpModule():  # pylint: disable=invalid-name
    maker = Registers()
    unittest.addModuleCleanup(maker.doCleanups)
    LANDLORD['data'] = maker.make_demo()


class Registers(unittest.TestCase):
    """Folders and databases that go with the test."""

    def folder(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        self.addCleanup(shutil.rmtree, folder)
        return folder / 'data'

    def database(self):
        name = make_database()
        self.addCleanup(drop_database, name)
        return name

    def done(self, *words, **environment):
        outcome = run(*words, **environment)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        return outcome.stdout

    def refused(self, text, *words, status=1):
        outcome = run(*words)
        self.assertEqual(outcome.returncode, status, outcome.stdout)
        self.assertRegex(outcome.stderr, text)
        return outcome.stderr

    def demo(self):
        data = self.folder()
        shutil.copytree(LANDLORD['data'], data)
        return data

    def make_demo(self, *words):
        """A landlord in a file, with values that a copy may get wrong."""
        data = self.folder()
        self.done('demo', '--data', data, '--homes', HOMES, *words)
        with self.edit(data) as database:
            database.executemany("INSERT INTO code (list, code, label) VALUES ('odd', ?, ?)", [(f'{i}', text) for i, text in enumerate(ODD_TEXTS)])
            database.executemany('INSERT INTO login_throttle (key, failures, blocked_until, forgotten_at) VALUES (?, ?, ?, ?)',
                                 [(bytes(range(256)), MOST, LEAST, 0), (b'', -1, 2**31, -2**31), (b'\0', 256, -256, 1)])
        return data

    @contextlib.contextmanager
    def edit(self, data, database=None):
        with contextlib.closing(open_register(data, database)) as opened:
            yield opened
            opened.commit()

    def assert_same(self, file, one, other, but=frozenset()):
        """The tables of the two registers, each a folder and a database's name, hold the same; the file's schema says which."""
        tables = tables_of(file / 'register.db')
        held = []
        for place in (one, other):
            with contextlib.closing(open_register(*place)) as database:
                held.append(contents(database, tables))
        self.assertGreater(sum(map(len, held[0].values())), 1000)
        for table in tables:
            if table not in but:
                self.assertEqual(held[0][table], held[1][table], table)
        return held

    def assert_holds(self, data, name=None):
        where = ('--data', data, *(('--database', address_of(name)) if name else ()))
        self.assertIn(': 0 differ', self.done('audit', 'verify', '--against-data', *where))
        self.assertIn(' 0 damaged', self.done('check', *where))

    def kill_after(self, seconds, *words):
        process = subprocess.Popen([os.environ['TENANTRY_BINARY'], *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()


class ThereAndBack(Registers):
    def test_into_postgresql_and_back_is_the_same_in_every_byte(self):
        first, back, name = self.demo(), self.folder(), self.database()
        said = self.done('copy', '--data', first, '--to-database', address_of(name))
        self.assertRegex(said, r'copied \d+ rows of 6\d tables')
        there = self.assert_same(first, (first, None), (first, name), but=JOURNAL)
        events = [set(held['audit_event']) for held in there]
        for here, last in ((0, 'instance.copied_away'), (1, 'instance.copied_here')):
            (added,) = events[here] - events[1 - here]
            self.assertIn(f"'{last}'", added)
        self.assertTrue(all(text in ''.join(there[1]['code']) for text in map(repr, ODD_TEXTS)))
        self.assert_holds(first, name)
        self.done('copy', '--data', first, '--database', address_of(name), '--to-data', back)
        self.assert_same(first, (first, None), (back, None), but=JOURNAL)
        self.assert_holds(back)
        self.assert_holds(first)
        self.assertEqual(sorted(path.name for path in (first / 'keys').iterdir()), sorted(path.name for path in (back / 'keys').iterdir()))

    def test_indexes_references_and_triggers_are_as_in_a_new_register(self):
        first, back, name, new = self.demo(), self.folder(), self.database(), self.database()
        self.done('copy', '--data', first, '--to-database', address_of(name))
        self.done('copy', '--data', first, '--to-data', back)
        self.done('init', '--data', self.folder(), '--database', address_of(new))
        for query in ('SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1',
                      'SELECT conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 ORDER BY 1, 2',
                      'SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2'):
            found = []
            for one in (name, new):
                with contextlib.closing(Postgres(one)) as database:
                    found.append(database.execute(query))
            self.assertGreater(len(found[0]), 5)
            self.assertEqual(*found)
        schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"
        with self.edit(first) as one, self.edit(back) as other:
            self.assertEqual(one.execute(schema).fetchall(), other.execute(schema).fetchall())

    def test_a_register_without_names_in_clear_stays_one(self):
        first, back, name = self.make_demo('--search-mode', 'memory'), self.folder(), self.database()
        self.done('copy', '--data', first, '--to-database', address_of(name))
        self.done('copy', '--data', first, '--database', address_of(name), '--to-data', back)
        self.assert_same(first, (first, None), (first, name), but=JOURNAL)
        held = self.assert_same(first, (first, None), (back, None), but=JOURNAL)
        self.assertEqual(held[1]['person_name'], [])
        self.assertNotEqual(held[1]['person'], [])


class Ended(Registers):
    """What is killed at some moment, any number of times, is run again and goes on."""

    HALVES = 3

    def drill(self, source, make_words):
        """make_words() is the command into a new place, the options that say the place, and the place."""
        chance = random.Random(SEED)
        words, where, place = make_words()
        began = time.monotonic()
        self.done(*words)
        took = time.monotonic() - began
        halves, is_new = 0, True
        for _ in range(60):
            if is_new:
                words, where, place = make_words()
            self.kill_after(chance.uniform(0.1, 0.8) * took, *words)
            state = run('user', 'list', *where)
            is_half = NOT_WHOLE in state.stderr
            is_new = state.returncode == 0
            halves += is_half
            if is_half and halves == self.HALVES:
                break
        self.assertEqual(halves, self.HALVES, 'the kills must leave half copies')
        self.refused(NOT_WHOLE, 'serve', '--listen', '127.0.0.1:0', *where)
        self.done(*words)
        self.assert_same(source[0], source, place, but=JOURNAL)
        self.assert_holds(*place)

    def test_a_copy_into_postgresql(self):
        data = self.demo()

        def words():
            name = self.database()
            return ('copy', '--data', data, '--to-database', address_of(name)), ('--data', data, '--database', address_of(name)), (data, name)

        self.drill((data, None), words)

    def test_a_copy_out_of_postgresql(self):
        data, name = self.demo(), self.database()
        self.done('copy', '--data', data, '--to-database', address_of(name))

        def words():
            back = self.folder()
            return ('copy', '--data', data, '--database', address_of(name), '--to-data', back), ('--data', back), (back, None)

        self.drill((data, name), words)

    def test_a_restore_into_postgresql(self):
        data = self.demo()
        backup = data.parent / 'backup'
        self.done('backup', '--data', data, '--file', backup)

        def words():
            name, folder = self.database(), self.folder()
            where = ('--data', folder, '--database', address_of(name))
            return ('restore', '--file', backup, '--keys', data / 'keys', *where), where, (folder, name)

        self.drill((data, None), words)


class Verification(Registers):
    """A copy that was ended before its last table, by a text there that PostgreSQL cannot hold."""

    @classmethod
    def setUpClass(cls):
        cls.half = cls('make_half')
        cls.addClassCleanup(cls.half.doCleanups)
        cls.half.make_half()

    def make_half(self):
        self.data, self.name = self.demo(), self.database()
        with self.edit(self.data) as database:
            database.execute('INSERT INTO watermark (name, at) VALUES (?, 1)', ('planted\0secret',))
        said = self.refused('NUL character', 'copy', '--data', self.data, '--to-database', address_of(self.name))
        self.assertRegex(said, 'watermark.*name')
        self.assertNotIn('planted', said)
        with self.edit(self.data) as database:
            database.execute("DELETE FROM watermark WHERE hex(name) LIKE hex('planted') || '%'")

    def setUp(self):
        self.data, self.name = self.half.data, f'{self.half.name}_2'
        ask(f'CREATE DATABASE {self.name} TEMPLATE {self.half.name}')
        self.addCleanup(drop_database, self.name)
        self.words = ('copy', '--data', self.data, '--to-database', address_of(self.name))

    def damage(self, statement):
        """Behind the copy's back, and the triggers' that guard the journal."""
        with self.edit(self.data, self.name) as database:
            database.execute("SET session_replication_role = 'replica'")
            database.execute(statement)

    def finds(self, table, statement):
        self.damage(statement)
        self.refused(f'the copy.s table {table} is not', *self.words)
        self.refused(NOT_WHOLE, 'serve', '--listen', '127.0.0.1:0', '--data', self.data, '--database', address_of(self.name))

    def test_what_nobody_touched_is_gone_on_with(self):
        with self.edit(self.data, self.name) as database:
            self.assertGreater(len(database.execute('SELECT id FROM ledger_line')), 1000)
        self.done(*self.words)
        self.assert_same(self.data, (self.data, None), (self.data, self.name), but=JOURNAL)

    def test_a_changed_byte_is_found(self):
        self.finds('person', "UPDATE person SET name = set_byte(name, 40, get_byte(name, 40) # 1) WHERE id = 7")

    def test_a_cut_value_is_found(self):
        self.finds('audit_event', 'UPDATE audit_event SET hash = substr(hash, 1, 31) WHERE id = 3')

    def test_a_value_that_is_null_where_it_was_empty_is_found(self):
        self.finds('code', "UPDATE code SET label = 'x' WHERE label = ''")

    def test_a_missing_row_is_found(self):
        self.finds('ledger_line', 'DELETE FROM ledger_line WHERE id = 5')

    def test_a_row_too_many_is_found(self):
        self.finds('property', "INSERT INTO property SELECT (p).* FROM (SELECT jsonb_populate_record(property, "
                   "jsonb_build_object('id', 999999, 'uuid', '\\x00')) AS p FROM property WHERE id = 1) AS one")

    def test_two_rows_with_swapped_values_are_found(self):
        self.finds('ledger_line', 'UPDATE ledger_line SET posted_on = (SELECT posted_on FROM ledger_line o WHERE o.id = 13 - ledger_line.id) WHERE id IN (5, 8)')

    def test_a_source_that_went_on_meanwhile_is_found(self):
        with self.edit(self.data) as database:
            database.execute("UPDATE code SET label = 'later' WHERE list = 'odd' AND code = '1'")
        self.addCleanup(self.restore_label)
        self.refused('the copy.s table code', *self.words)

    def restore_label(self):
        with self.edit(self.data) as database:
            database.execute("UPDATE code SET label = ? WHERE list = 'odd' AND code = '1'", (ODD_TEXTS[1],))


class Refusals(Registers):
    def test_a_place_that_is_not_empty(self):
        data, other, name, full = self.demo(), self.demo(), self.database(), self.database()
        before = (other / 'register.db').read_bytes()
        self.refused('there is a register', 'copy', '--data', data, '--to-data', other)
        self.refused('another process', 'copy', '--data', data, '--to-data', data)
        self.assertEqual(before, (other / 'register.db').read_bytes())
        with self.edit(other, full) as database:
            database.execute('CREATE TABLE something_else (id bigint)')
        self.refused('holds something else', 'copy', '--data', data, '--to-database', address_of(full))
        self.done('init', '--data', self.folder(), '--database', address_of(name))
        tables = tables_of(data / 'register.db')
        with self.edit(other, name) as database:
            before = contents(database, tables)
        self.refused('there is a register', 'copy', '--data', data, '--to-database', address_of(name))
        with self.edit(other, name) as database:
            self.assertEqual(before, contents(database, tables))
        with self.edit(other, full) as database:
            self.assertEqual([table for table, in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")], ['something_else'])

    def test_keys_that_are_not_the_registers(self):
        data, other, name = self.demo(), self.folder(), self.database()
        self.done('init', '--data', other)
        (other / 'register.db').unlink()
        self.refused('key', 'copy', '--data', data, '--to-data', other)
        self.refused('key', 'copy', '--data', data, '--to-data', other, '--to-database', address_of(name))
        with self.edit(other, name) as database:
            self.assertEqual(database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), [])

    def test_nowhere(self):
        self.refused('--to-database or --to-data', 'copy', '--data', self.folder(), status=2)

    def test_who_writes_keeps_a_copy_away(self):
        data, name, source = self.demo(), self.database(), self.database()
        self.done('copy', '--data', data, '--to-database', address_of(source))
        # The writer's lock of the source is held as long as it is copied: here by the copy itself, against its own target.
        self.refused('stop the servers', 'copy', '--data', data, '--database', address_of(source), '--to-database', address_of(source))
        with contextlib.closing(Postgres(name)) as writer:
            writer.execute(f'SELECT pg_advisory_lock({WRITERS_LOCK})')
            self.refused('stop the servers', 'copy', '--data', data, '--to-database', address_of(name))
        process = subprocess.Popen([os.environ['TENANTRY_BINARY'], 'serve', '--data', data, '--listen', '127.0.0.1:0'], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
        self.assertIn('listening', process.stdout.readline())
        self.refused('another process', 'copy', '--data', data, '--to-database', address_of(name))
        process.terminate()
        process.communicate()
        self.done('copy', '--data', data, '--to-database', address_of(name))


class Served(ApiTest):
    """Who moves keeps what they had: the same answers, the same session; and new records have the numbers that follow."""
    roles = ('officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0'}

    @contextlib.contextmanager
    def served(self, server, data, database=None):
        """The landlord's server, where the register was put."""
        moved = copy.copy(server)
        moved.data, moved.database = data, database
        moved.environment = {key: value for key, value in server.environment.items() if key != 'TENANTRY_DATABASE_URL'}
        if database:
            moved.environment['TENANTRY_DATABASE_URL'] = address_of(database)
        moved._opened, moved._clients = [], {}
        moved.start()
        try:
            yield moved
        finally:
            moved.stop()

    def answers(self, server, tenant):
        client = server.client(self.officer.token)
        return [self.assert_ok(client.get(path, **words)).json for path, words in (
            ('/api/tenants/manage', {'action': 'get', 'uuid': tenant['uuid']}), ('/api/tenants/list', {'action': 'list', 'limit': 50}),
            ('/api/tenants/list', {'action': 'list', 'search': 'moved'}), ('/api/jobs/manage', {'action': 'list', 'limit': 50}))]

    def grow(self, server, number):
        """Records whose numbers come from each kind of sequence."""
        client = server.client(self.officer.token)
        address = self.assert_ok(client.post('/api/addresses/manage', {'address_line_1': f'{number} Moved Lane', 'postcode': 'LS21 3AB'})).data
        tenant = self.assert_ok(client.post('/api/tenants/manage', {'tenant_name': f'Moved Later{number}'})).data
        self.assert_ok(client.post('/api/tenants/assign-address', {'tenant_id': tenant['ID'], 'address_id': address['ID']}))
        return tenant['ID']

    def test_the_same_answers_on_either_engine_and_numbers_go_on(self):
        self.server.command('demo', '--homes', '50')
        tenant = self.create_tenant('Moved Person', tenant_email='moved@mail.example')
        first = self.grow(self.server, 1)
        before = self.answers(self.server, tenant)
        self.officer.close()
        self.server.process.terminate()
        self.server.process.communicate()
        folder = self.server.folder
        back, again = folder / 'back', make_database()
        self.addCleanup(drop_database, again)
        try:
            self.server.command('copy', '--to-data', str(back))
            with self.served(self.server, back) as moved:
                self.assertEqual(self.answers(moved, tenant), before)
                second = self.grow(moved, 2)
                before = self.answers(moved, tenant)
            done = run('copy', '--data', back, '--to-database', address_of(again))
            self.assertEqual(done.returncode, 0, done.stderr)
            with self.served(self.server, back, again) as moved:
                self.assertEqual(self.answers(moved, tenant), before)
                third = self.grow(moved, 3)
                moved.command('audit', 'verify', '--against-data')
            self.assertEqual([first, second, third], [first, first + 1, first + 2])
        finally:
            self.server.start()


if __name__ == '__main__':
    unittest.main()
