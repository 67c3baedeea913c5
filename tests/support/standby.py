"""A PostgreSQL primary with a streaming standby, each a cluster of its own behind a socket, made by script/test-postgres."""
import contextlib
import os
import pathlib
import signal
import subprocess
import time

import psycopg2

SCRIPT = pathlib.Path(__file__).parents[2] / 'script' / 'test-postgres'


class Cluster:
    def __init__(self, folder):
        self.folder = folder

    def script(self, wish, *words):
        subprocess.run([SCRIPT, wish, str(self.folder), *words], check=True, timeout=60)

    def start(self):
        self.script('start')

    def follow(self, primary):
        """Made anew from the primary, and streaming from it."""
        self.script('follow', str(primary.folder))

    def promote(self):
        self.script('promote')

    def come_back(self):
        """As it was when it was killed."""
        self.script('again')

    def stop(self):
        self.script('stop')

    def is_there(self):
        """Whether its processes are."""
        pid = self.folder / 'data' / 'postmaster.pid'
        return pid.exists() and pathlib.Path('/proc', pid.read_text(encoding='ascii').split()[0]).exists()

    def ask(self, statement):
        with contextlib.closing(psycopg2.connect(host=str(self.folder), user='postgres', dbname='postgres')) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    def set(self, **settings):
        for name, value in settings.items():
            self.ask(f"ALTER SYSTEM SET {name} = '{value}'")
        self.ask('SELECT pg_reload_conf()')

    def wait_for_standby(self, state):
        """Until a standby follows in that state: sync or async."""
        self.wait_for('SELECT sync_state FROM pg_stat_replication', [(state,)])

    def wait_for(self, question, answer):
        ends = time.monotonic() + 30
        while self.ask(question) != answer:
            assert time.monotonic() < ends, f'{question}: {self.ask(question)}, not {answer}'
            time.sleep(0.02)

    def hold_back(self):
        """Sends the standby nothing more."""
        (sender,), = self.ask('SELECT pid FROM pg_stat_replication')
        os.kill(sender, signal.SIGSTOP)

    def kill(self):
        """As if the machine were gone: every process at once, and nothing is written any more."""
        self.signal(signal.SIGKILL)
        (self.folder / 'data' / 'postmaster.pid').unlink()

    @contextlib.contextmanager
    def stopped(self):
        """As if the machine hung: connections are there and take what is sent, and nothing is answered."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)

    def signal(self, number):
        postmaster = int((self.folder / 'data' / 'postmaster.pid').read_text(encoding='ascii').split()[0])
        children = pathlib.Path(f'/proc/{postmaster}/task/{postmaster}/children').read_text(encoding='ascii').split()
        for process in (postmaster, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)


class Pair:
    """Two clusters of which one is the primary. Synchronous: nothing is acknowledged that the standby has not on its disk."""

    def __init__(self, folder):
        self.primary, self.standby = (Cluster(folder / name) for name in 'ab')
        self.primary.start()

    def hosts(self):
        """For a connection that finds the primary, whichever that is."""
        return ','.join(sorted(str(cluster.folder) for cluster in (self.primary, self.standby)))

    def follow(self, *, synchronous, commit='on'):
        self.primary.set(synchronous_standby_names='', synchronous_commit=commit)
        self.standby.follow(self.primary)
        if synchronous:
            self.primary.set(synchronous_standby_names='*')
        self.primary.wait_for_standby('sync' if synchronous else 'async')

    def fail_over(self):
        """The primary is gone and the standby takes its place, as Patroni would have it: who was to follow is waited for no more."""
        self.primary.kill()
        self.primary, self.standby = self.standby, self.primary
        self.primary.promote()

    def stop(self):
        for cluster in (self.primary, self.standby):
            cluster.stop()
