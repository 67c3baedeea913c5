"""`tenantry init` killed wherever it is: nothing half-made is taken for a register, and the same command makes it after all."""
import contextlib
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

import psycopg2

from support.engine import address_of, drop_database, make_database

# Whoever changes the schema after so many migrations waits for whoever holds the lock.
HOLD = '''
    CREATE FUNCTION wait_here() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF to_regclass('schema_migration') IS NOT NULL AND (SELECT count(*) FROM schema_migration) = {} THEN
            PERFORM pg_advisory_lock(42);
            PERFORM pg_advisory_unlock(42);
        END IF;
    END $$;
    CREATE EVENT TRIGGER hold ON ddl_command_end EXECUTE FUNCTION wait_here();
    SELECT pg_advisory_lock(42)'''
RELEASE = 'DROP EVENT TRIGGER hold; DROP FUNCTION wait_here; SELECT pg_advisory_unlock(42)'
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
MIGRATIONS = len(list((pathlib.Path(__file__).resolve().parents[2] / 'src/db/migrations').glob('*.postgres.sql')))


class KilledInit(unittest.TestCase):
    def setUp(self):
        self.begin()

    def begin(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.database = make_database()
        self.addCleanup(drop_database, self.database)
        self.ours = self.connect()

    def connect(self):
        connection = psycopg2.connect(address_of(self.database))
        connection.autocommit = True
        self.addCleanup(connection.close)
        return connection

    def ask(self, statement, connection=None):
        cursor = (connection or self.ours).cursor()
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None

    def command(self, data, name):
        return [os.environ['TENANTRY_BINARY'], name, '--data', str(self.folder / data), '--database', address_of(self.database)]

    def run_command(self, data, name):
        return subprocess.run(self.command(data, name), capture_output=True, text=True, check=False)

    @contextlib.contextmanager
    def killed_where_it_waits(self):
        """An init that is killed when it waits for a lock, after what the test does then."""
        with subprocess.Popen(self.command('killed', 'init'), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            self.wait_until(lambda: self.ask(WAITS) or process.poll() is not None)
            self.assertIsNone(process.poll())
            yield
            process.kill()
        self.ask('SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() '
                 "AND pid <> pg_backend_pid() AND application_name NOT LIKE 'test%'")

    def wait_until(self, happened):
        end = time.monotonic() + 20
        while not happened():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def expect_made(self):
        """No command takes what is there for a register; init makes one."""
        self.assertEqual(self.run_command('killed', 'check').returncode, 1)
        done = self.run_command('new', 'init')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(self.ask('SELECT count(*) FROM schema_migration'), MIGRATIONS)
        self.assertEqual(self.run_command('new', 'check').returncode, 0)
        again = self.run_command('another', 'init')
        self.assertEqual(again.returncode, 1)
        self.assertIn('already', again.stderr)

    def test_while_the_schema_is_made(self):
        for applied in range(MIGRATIONS):
            with self.subTest(applied):
                self.begin()
                self.ask(HOLD.format(applied))
                with self.killed_where_it_waits():
                    pass
                self.ask(RELEASE)
                there = self.ask("SELECT to_regclass('schema_migration') IS NOT NULL") and self.ask('SELECT count(*) FROM schema_migration')
                self.assertEqual(there or 0, applied)
                self.expect_made()

    def test_before_the_register_is_an_instance(self):
        """Its identity, its keys and its journal's first event are there together."""
        for table in ('instance', 'data_key', 'audit_head'):  # the last one is the event's; the last migration has the journal locked
            with self.subTest(table):
                self.begin()
                self.ask(HOLD.format(MIGRATIONS - 1))
                with self.killed_where_it_waits():
                    other = self.connect()
                    self.ask(f"SET application_name = 'test'; BEGIN; LOCK TABLE {table} IN SHARE MODE", other)
                    self.ask('DROP EVENT TRIGGER hold')
                    self.ask('SELECT pg_advisory_unlock(42)')
                    self.wait_until(lambda table=table: self.ask(f"{WAITS} AND query LIKE 'INSERT INTO {table}%'"))
                self.ask('ROLLBACK', other)
                self.assertEqual(self.ask('SELECT count(*) FROM schema_migration'), MIGRATIONS)
                self.expect_made()

    def test_what_a_copy_has_brought_is_not_built_upon(self):
        self.assertEqual(self.run_command('first', 'init').returncode, 0)
        self.ask('DELETE FROM instance')  # which a copy brings last
        done = self.run_command('new', 'init')
        self.assertEqual(done.returncode, 1)
        self.assertIn('already', done.stderr)
        self.assertFalse((self.folder / 'new' / 'keys').exists())


if __name__ == '__main__':
    unittest.main()
