"""What the drills of backups and copies share."""
import contextlib
import http.client
import json
import os
import pathlib
import sqlite3
import subprocess
import threading
import time

from support.case import ApiTest


class BackupDrill(ApiTest):
    """A landlord with some homes, and a folder for backups."""

    roles = ('officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0'}
    homes: int

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.command('demo', '--homes', str(cls.homes))
        cls.backups = cls.server.folder / 'backups'
        cls.backups.mkdir()

    def backup(self, name, *words, status=0):
        file = self.backups / name
        self.server.command('backup', '--file', str(file), *words, status=status)
        return file


def run(*words, **environment):
    return subprocess.run([os.environ['TENANTRY_BINARY'], *map(str, words)], capture_output=True, text=True, check=False,
                          env={**os.environ, **environment})


def restore(data, file, *words):
    return run('restore', '--data', data, '--file', file, *words)


def manifest_of(file):
    return json.loads(pathlib.Path(f'{file}.json').read_text(encoding='utf-8'))


def rows_of(file):
    """Rows by table of a database file, as any program counts them."""
    with contextlib.closing(sqlite3.connect(f'file:{file}?mode=ro', uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables
                if not name.startswith('sqlite_')}


class Load:
    """Writers that create tenants until they are told to stop; knows which were acknowledged, and when."""

    def __init__(self, test, number=3, pause=0):
        self.test = test
        self.token = test.officer.token
        self.pause = pause  # seconds after each create
        self.ends = False
        self.acknowledged = []  # (time, uuid, e-mail)
        self.surprise = None
        self.threads = [threading.Thread(target=self.work, args=(index,), daemon=True) for index in range(number)]
        for thread in self.threads:
            thread.start()

    def work(self, index):
        client = self.test.server.client(self.token)
        try:
            for number in range(10**9):
                if self.ends:
                    return
                email = f'load{index}.{number}.{time.monotonic_ns()}@mail.example'
                answer = client.post('/api/tenants/manage', {'tenant_name': f'Loaded Writer {index}', 'tenant_email': email})
                if answer.status != 200:
                    raise AssertionError(str(answer))
                self.acknowledged.append((time.monotonic(), answer.data['uuid'], email))
                time.sleep(self.pause)
        except (OSError, http.client.HTTPException) as gone:
            self.surprise = None if self.ends else gone
        except BaseException as surprise:  # pylint: disable=broad-except
            self.surprise = surprise

    def stop(self):
        self.ends = True
        for thread in self.threads:
            thread.join(timeout=60)
        if self.surprise is not None:
            raise self.surprise
