"""Which engine holds the register of a test's server, and the way into its tables behind the server's back.

Where TENANTRY_TEST_POSTGRES names the folder of a PostgreSQL server's socket, each test's register is a database there; elsewhere a
file in the data folder.
"""
import contextlib
import os
import re
import sqlite3
import unittest
import uuid


def postgres():
    """The folder of the socket, or None."""
    return os.environ.get('TENANTRY_TEST_POSTGRES')


def looks_at_files(test):
    """A test that searches the embedded engine's files, which a register in PostgreSQL has not."""
    return unittest.skipIf(postgres(), 'looks at the files of the embedded engine')(test)


def address_of(database):
    return f'postgresql:///{database}?host={postgres()}&user=postgres'


def make_database():
    """The name of a new empty database; None on the embedded engine."""
    if not postgres():
        return None
    name = f'tenantry_{uuid.uuid4().hex}'
    ask(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
    return name


def drop_database(name):
    if name:
        ask(f'DROP DATABASE {name} WITH (FORCE)')


def ask(statement):
    import psycopg2
    with contextlib.closing(psycopg2.connect(address_of('postgres'))) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


class Rows(list):
    def fetchone(self):
        return self[0] if self else None

    def fetchall(self):
        return self


class Postgres:
    """As much of sqlite3's connection as the tests use."""

    def __init__(self, name):
        import psycopg2
        self._connection = psycopg2.connect(address_of(name))

    def execute(self, statement, values=()):
        cursor = self._connection.cursor()
        statement = re.sub(r"\bx'([0-9a-f]*)'", r"'\\x\1'::bytea", statement)
        statement = re.sub(r'zeroblob\((\d+)\)', r"decode(repeat('00', \1), 'hex')", statement)
        cursor.execute(statement.replace('%', '%%').replace('?', '%s'), tuple(values))
        return Rows([] if cursor.description is None else
                    [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor.fetchall()])

    def rollback(self):
        self._connection.rollback()

    def commit(self):
        self._connection.commit()

    def close(self):
        self._connection.close()


def read_register(folder, database):
    """The same of a register that a server has open: to read, and nothing else."""
    return Postgres(database) if database else sqlite3.connect(f'file:{folder}/register.db?mode=ro', uri=True)


def open_register(folder, database):
    """The tables of the register; the caller commits and closes."""
    return Postgres(database) if database else sqlite3.connect(folder / 'register.db')
