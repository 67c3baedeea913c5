"""Stands between a server and its PostgreSQL, on a unix socket of its own: counts what is asked, and can lose a COMMIT or the answer to
one."""
import contextlib
import enum
import os
import shutil
import socket
import struct
import tempfile
import threading

from support.case import ApiTest
from support.engine import postgres

SOCKET = '.s.PGSQL.5432'
COMMIT = b'COMMIT\0'
ROLLBACK = b'ROLLBACK\0'  # a reading's end, which nobody waits for
ASKS = (b'Q', b'S')  # a query, or the sync after others: what the database answers to


class Lose(enum.Enum):
    COMMIT = 'the connection ends before the database is asked to commit'
    ANSWER = 'the connection ends when the database has committed, and before that is said'


class Connection:
    """One that the server made; its two directions are two threads."""

    def __init__(self, between, client):
        self.between = between
        self.client = client
        self.database = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.database.connect(os.path.join(between.real, SOCKET))
        self.loses_answer = False
        self.answering = threading.Thread(target=self.answer, daemon=True)
        self.answering.start()
        threading.Thread(target=self.ask, daemon=True).start()

    def end(self):
        for one in (self.client, self.database):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def receive(self, count):
        got = b''
        while len(got) < count:
            more = self.client.recv(count - len(got))
            if not more:
                raise ConnectionError
            got += more
        return got

    def ask(self):
        """Message by message: a kind, but for the first, a length that counts itself, and the rest."""
        kind_bytes, is_meant, is_writer = 0, False, False
        with self.client, self.database:
            with contextlib.suppress(OSError):
                while True:
                    head = self.receive(kind_bytes + 4)
                    body = self.receive(struct.unpack('!I', head[kind_bytes:])[0] - 4)
                    is_meant = is_meant or self.between.is_meant(body)
                    is_writer = is_writer or b'pg_advisory_xact_lock' in body
                    if head[:1] in ASKS and body != ROLLBACK:
                        self.between.count_round_trip(is_writer)
                    if head[:1] == b'Q' and body == COMMIT and is_meant:
                        wish, is_meant = self.between.take_wish(), False
                        if wish is Lose.COMMIT:
                            break
                        self.loses_answer = wish is Lose.ANSWER
                    self.database.sendall(head + body)
                    kind_bytes = 1
            self.end()
            self.answering.join()

    def answer(self):
        with contextlib.suppress(OSError):
            while (got := self.database.recv(65536)) and not self.loses_answer:
                self.client.sendall(got)
        self.end()


class Between:
    def __init__(self, real):
        self.real = real
        self.folder = tempfile.mkdtemp(prefix='tenantry-pg-')
        self.lost = 0
        self.round_trips = 0  # of the connections that write
        self.reads = 0  # and of the others
        self._wish, self._value = None, b''
        self._lock = threading.Lock()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(os.path.join(self.folder, SOCKET))
        self._socket.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                Connection(self, self._socket.accept()[0])

    def count_round_trip(self, is_writer):
        with self._lock:
            if is_writer:
                self.round_trips += 1
            else:
                self.reads += 1

    def lose(self, wish, value):
        """What is to be lost of the first COMMIT of a transaction that sends this value."""
        with self._lock:
            self._wish, self._value = wish, value.encode()

    def is_meant(self, message):
        with self._lock:
            return self._wish is not None and self._value in message

    def take_wish(self):
        with self._lock:
            wish, self._wish = self._wish, None
            self.lost += wish is not None
            return wish

    def close(self):
        self._socket.close()
        shutil.rmtree(self.folder)


class BetweenTest(ApiTest):
    """Of a server that asks its database by way of `between`."""

    @classmethod
    def setUpClass(cls):
        cls.between = Between(postgres())
        cls.addClassCleanup(cls.between.close)
        super().setUpClass()
        cls.server.stop()
        address = cls.server.environment['TENANTRY_DATABASE_URL']
        cls.server.environment['TENANTRY_DATABASE_URL'] = address.replace(postgres(), cls.between.folder)
        cls.server.start()
