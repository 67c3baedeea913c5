"""The schema in PostgreSQL is the one that the migrations make of an empty SQLite file: tables, columns, keys, checks, first rows."""
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import unittest

from support.engine import address_of, ask, drop_database, open_register
from support.server import Server

MIGRATIONS = pathlib.Path(__file__).resolve().parents[2] / 'src' / 'db' / 'migrations'
TYPES = {'INTEGER': 'bigint', 'BLOB': 'bytea', 'TEXT': 'text'}
NOT_HERE = {('audit_event', 'origin_id')}  # the journal's chain is what holds it
SEEDED = ('role', 'role_permission', 'code', 'retention_rule', 'association_role')


def sqlite_register():
    database = sqlite3.connect(':memory:')
    for file in sorted(MIGRATIONS.glob('*.sql')):
        if not file.name.endswith('.postgres.sql'):
            database.executescript(file.read_text(encoding='utf-8'))
    return database


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(())
        cls.addClassCleanup(cls.server.close)
        cls.ours = open_register(cls.server.data, cls.server.database)
        cls.addClassCleanup(cls.ours.close)
        cls.model = sqlite_register()
        cls.addClassCleanup(cls.model.close)
        cls.tables = [name for name, in cls.model.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]

    def test_the_same_tables(self):
        found = [name for name, in self.ours.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1")]
        self.assertGreater(len(found), 60)
        self.assertEqual(sorted(set(found) - {'schema_migration'}), self.tables)

    def test_the_same_columns_in_the_same_order(self):
        for table in self.tables:
            wanted = [(name, TYPES[kind], bool(not_null or key))
                      for _, name, kind, not_null, _, key in self.model.execute(f'PRAGMA table_info({table})')]
            found = [(name, kind, nullable == 'NO') for name, kind, nullable in self.ours.execute(
                f"SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position")]
            self.assertEqual(found, wanted, table)

    def test_the_same_defaults(self):
        for table in self.tables:
            wanted = {name: value for _, name, _, _, value, _ in self.model.execute(f'PRAGMA table_info({table})') if value is not None}
            found = {name: re.sub(r"^'(.*)'::\w+$", r'\1', value) for name, value in self.ours.execute(
                f"SELECT column_name, column_default FROM information_schema.columns WHERE table_name = '{table}' AND column_default IS NOT NULL")}
            self.assertEqual(found, wanted, table)

    def test_the_same_keys(self):
        for table in self.tables:
            wanted = {tuple(name for _, _, name in self.model.execute(f'PRAGMA index_info({index})'))
                      for _, index, unique, _, _ in self.model.execute(f'PRAGMA index_list({table})') if unique}
            wanted |= {tuple(name for _, name, _, _, _, key in sorted(self.model.execute(f'PRAGMA table_info({table})'), key=lambda one: one[5]) if key)}
            found = {tuple(columns.split(',')) for columns, in self.ours.execute(
                "SELECT string_agg(a.attname, ',' ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i "
                f"JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = '{table}'::regclass "
                'AND i.indisunique GROUP BY i.indexrelid')}
            self.assertEqual(found, wanted, table)

    def test_the_same_references(self):
        for table in self.tables:
            wanted = sorted((source, other) for _, _, other, source, *_ in self.model.execute(f'PRAGMA foreign_key_list({table})')
                            if (table, source) not in NOT_HERE)
            found = sorted(self.ours.execute(
                "SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c "
                f"JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND c.conrelid = '{table}'::regclass"))
            self.assertEqual(found, wanted, table)

    def test_as_many_checks(self):
        for table in self.tables:
            (text,), = self.model.execute('SELECT sql FROM sqlite_schema WHERE name = ?', (table,)).fetchall()
            (found,), = self.ours.execute(f"SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid = '{table}'::regclass")
            self.assertEqual(found, text.count('CHECK ('), table)

    def test_every_index_of_one_is_an_index_of_the_other(self):
        wanted = {name for name, in self.model.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")}
        found = {name for name, in self.ours.execute("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")}
        self.assertGreater(len(wanted), 50)
        self.assertEqual(wanted - found, set())

    def test_the_same_first_rows(self):
        for table in SEEDED:
            rows = [sorted(map(repr, database.execute(f'SELECT * FROM {table}'))) for database in (self.ours, self.model)]
            self.assertGreater(len(rows[0]), 0, table)
            self.assertEqual(*rows, table)
        names = [sorted(database.execute('SELECT name FROM sequence')) for database in (self.ours, self.model)]
        self.assertEqual(*names)


class TheWrongDatabase(unittest.TestCase):
    def test_a_database_of_another_encoding_is_refused(self):
        ask("CREATE DATABASE wrong_encoding TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
        self.addCleanup(drop_database, 'wrong_encoding')
        with tempfile.TemporaryDirectory() as folder:
            done = self.init(f'{folder}/data', address_of('wrong_encoding'))
            self.assertEqual(done.returncode, 1)
            self.assertIn('createdb', done.stderr)
            self.assertFalse(pathlib.Path(folder, 'data', 'keys').exists())

    def test_a_network_without_a_verified_certificate_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            for address in ('postgresql://tenantry@db.example/tenantry?sslmode=require', 'postgresql://tenantry@127.0.0.1/tenantry?sslmode=disable',
                            'postgresql:///tenantry?host=/run/postgresql,db.example&sslmode=verify-ca', 'mysql://db.example/tenantry', 'nonsense'):
                done = self.init(f'{folder}/data', address)
                self.assertEqual(done.returncode, 1, address)
                self.assertRegex(done.stderr, 'sslmode=verify-full|must be like postgresql://', address)
                self.assertNotIn('db.example', done.stderr)

    @staticmethod
    def init(data, address):
        return subprocess.run([os.environ['TENANTRY_BINARY'], 'init', '--data', data, '--database', address], capture_output=True, text=True, check=False)


if __name__ == '__main__':
    unittest.main()
