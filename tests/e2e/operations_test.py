"""The server as an operator sees it: its figures, its log, a new certificate while people work, and how it stops."""
import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import tempfile
import time
import unittest

from support.case import ApiTest
from support.certificate import make_certificate
from support.metrics import parse_metrics
from support.server import PASSWORD, Server, email_of

STOPS_WITHIN = 10  # seconds


def events_of(server):
    """The lines of the log, read strictly."""
    return [json.loads(line) for line in server.log().splitlines()]


class Figures(ApiTest):
    roles = ('officer', 'admin')

    def value(self, name, **labels):
        families = parse_metrics(self.server.metrics())
        return sum(value for family in families.values() for (sample, own), value in family.samples.items()
                   if sample == name and labels.items() <= own.items())

    def test_requests_are_told_by_the_route_and_never_by_the_path(self):
        before = self.value('tenantry_requests_total', route='/api/tenants/manage', status='2xx')
        tenant = self.create_tenant('Quillon Featherstone')
        self.get_tenant(tenant)
        unknown = self.value('tenantry_requests_total', route='unknown', status='4xx')
        for path in ('/Featherstone', f'/people/{tenant["uuid"]}/Featherstone', '/api/tenants/manage/Featherstone'):
            connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=30)
            connection.request('GET', path)
            connection.getresponse().read()
            connection.close()
        self.assertEqual(self.value('tenantry_requests_total', route='/api/tenants/manage', status='2xx'), before + 2)
        self.assertEqual(self.value('tenantry_requests_total', route='unknown', status='4xx'), unknown + 3)
        text = self.server.metrics()
        for value in ('Featherstone', tenant['uuid'], email_of('officer'), self.officer.token):
            self.assertNotIn(value, text)
        table = {(route['method'], route['path']) for route in self.server.routes()} | {('-', 'unknown')}
        told = {(labels['method'], labels['route']) for _, labels in parse_metrics(text)['tenantry_requests_total'].samples}
        self.assertLessEqual(told, table)

    def test_each_kind_of_run_writer_and_journal_are_counted(self):
        runs = ('read', 'write', 'slow', 'password')
        before = {run: self.value('tenantry_request_seconds_count', run=run) for run in runs}
        written, event = self.value('tenantry_writer_writes_total'), self.value('tenantry_audit_last_event')
        self.create_tenant('Counted Once')
        self.server.log_in(email_of('admin'))  # which ends no session of the officer's
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=30)
        connection.request('GET', '/')  # Today is read on the slow pool, where who is not logged in is sent away
        self.assertEqual(connection.getresponse().status, 303)
        connection.close()
        for run in runs:
            self.assertGreater(self.value('tenantry_request_seconds_count', run=run), before[run], run)
        self.assertGreater(self.value('tenantry_writer_writes_total'), written)
        self.assertGreater(self.value('tenantry_audit_last_event'), event)
        self.assertGreaterEqual(self.value('tenantry_writer_writes_total'), self.value('tenantry_writer_groups_total'))
        self.assertGreater(self.value('tenantry_snapshot_seconds_count'), 0)
        self.assertEqual((self.value('tenantry_ready'), self.value('tenantry_writer_disk_failed')), (1, 0))
        self.assertGreater(self.value('process_resident_memory_bytes'), 1 << 20)
        self.assertLess(abs(self.value('process_start_time_seconds') - time.time()), 600)

    def test_wrong_passwords_are_counted_and_so_are_those_that_are_not_looked_at(self):
        self.server.add_user('wrong@lettings.example', 'Wilma Wrong', 'officer')
        before = {outcome: self.value('tenantry_logins_total', outcome=outcome) for outcome in ('right', 'wrong', 'throttled')}
        for _ in range(5):
            self.server.log_in('wrong@lettings.example', password='not the password')
        self.server.log_in(email_of('admin'))
        self.assertEqual(self.value('tenantry_logins_total', outcome='wrong') - before['wrong'], 4)
        self.assertEqual(self.value('tenantry_logins_total', outcome='throttled') - before['throttled'], 1)
        self.assertEqual(self.value('tenantry_logins_total', outcome='right') - before['right'], 1)

    def test_connections_are_counted_while_they_are_open(self):
        before = self.value('tenantry_connections')
        held = [socket.create_connection(('127.0.0.1', self.server.port)) for _ in range(5)]
        ends = time.monotonic() + 10
        while self.value('tenantry_connections') < before + 5:
            self.assertLess(time.monotonic(), ends)
        for one in held:
            one.close()

    def test_each_request_is_one_line_of_the_log_with_the_id_that_its_answer_has(self):
        answer = self.officer.get('/api/tenants/manage', action='list', search='nobody')
        ends = time.monotonic() + 10
        lines = []
        while not lines:  # lines may wait a second
            self.assertLess(time.monotonic(), ends)
            time.sleep(0.1)
            whole = self.server.log().rpartition('\n')[0]
            lines = [line for line in map(json.loads, whole.splitlines()) if line.get('request') == answer.header('X-Request-Id')]
        self.assertEqual(len(lines), 1)
        line = lines[0]
        self.assertEqual((line['event'], line['path'], line['status']), ('request', '/api/tenants/manage', 200))
        self.assertLessEqual({'time', 'level', 'method', 'ms', 'db_ms', 'account'}, line.keys())


class DamagedRecord(ApiTest):
    roles = ('officer', 'admin')

    def test_it_is_counted_when_somebody_reads_it(self):
        tenant = self.create_tenant('Damaged Record')
        with self.server.offline() as database:
            database.execute('UPDATE person SET name = zeroblob(length(name)) WHERE id = ?', (tenant['ID'],))
        self.server.is_sound = False
        damaged = lambda: int(re.search(r'^tenantry_sealed_damaged_total (\d+)$', self.server.metrics(), re.MULTILINE)[1])
        self.assertEqual(damaged(), 0)
        self.officer.get('/api/tenants/manage', action='get', uuid=tenant['uuid'])
        self.assertGreater(damaged(), 0)


class NewCertificate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-'))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.certificate, cls.key = make_certificate(cls.folder)
        cls.server = Server((), TENANTRY_TLS_CERT=str(cls.certificate), TENANTRY_TLS_KEY=str(cls.key))
        cls.addClassCleanup(cls.server.close)

    def connect(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection('127.0.0.1', self.server.port, timeout=30, context=context)
        connection.connect()
        self.addCleanup(connection.close)
        return connection

    def ask(self, connection):
        connection.request('GET', '/readyz')
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.read()), (200, b'ready\n'))

    def shown(self):
        connection = self.connect()
        self.ask(connection)
        return connection.sock.getpeercert(binary_form=True)

    def read(self):
        return ssl.PEM_cert_to_DER_cert(self.certificate.read_text(encoding='utf-8'))

    def replace(self, name):
        certificate, key = make_certificate(self.folder, name, days=60)
        certificate.replace(self.certificate)
        key.replace(self.key)

    def hang_up(self, event):
        """Sends SIGHUP and waits for what the server says to it."""
        before = self.server.log().count(event)
        self.server.process.send_signal(signal.SIGHUP)
        self.wait_for(event, before)

    def wait_for(self, event, before, seconds=5):
        ends = time.monotonic() + seconds
        while self.server.log().count(event) == before:
            self.assertLess(time.monotonic(), ends, event)
            time.sleep(0.05)

    def test_the_signal_brings_it_to_new_connections_and_open_ones_go_on(self):
        kept = self.connect()
        self.ask(kept)
        was = self.read()
        self.assertEqual(self.shown(), was)
        self.replace('renewed')
        self.hang_up('certificate read anew')
        self.assertNotEqual(self.read(), was)
        self.assertEqual(self.shown(), self.read())
        sock = kept.sock
        self.ask(kept)
        self.assertIs(kept.sock, sock, 'the connection is still the one that was opened')
        self.assertEqual(kept.sock.getpeercert(binary_form=True), was)
        until, = parse_metrics(self.server.metrics())['tenantry_certificate_not_after_timestamp_seconds'].samples.values()
        self.assertTrue(58 < (until - time.time()) / 86400 < 61, until)

    def test_one_that_is_broken_leaves_the_former(self):
        was = self.read()
        whole = self.certificate.read_bytes()
        self.certificate.write_bytes(whole[:100])
        self.hang_up('the certificate could not be read anew; the former one stays')
        self.assertEqual(self.shown(), was)
        self.assertRegex(self.server.metrics(), r'(?m)^tenantry_certificate_renewals_total\{outcome="failed"\} [1-9]')
        self.certificate.write_bytes(whole)
        self.hang_up('certificate read anew')
        self.assertEqual(self.shown(), was)

    def test_files_that_change_are_noticed_without_a_signal(self):
        before = self.server.log().count('certificate read anew')
        self.replace('noticed')
        self.wait_for('certificate read anew', before, seconds=60)
        self.assertEqual(self.shown(), self.read())


class Stop(unittest.TestCase):
    def setUp(self):
        self.server = Server(('officer',))
        self.addCleanup(self.server.close)

    def connect(self):
        connection = socket.create_connection(('127.0.0.1', self.server.port), timeout=30)
        self.addCleanup(connection.close)
        return connection

    def stop(self):
        """Has the server stop and says how long it took."""
        began = time.monotonic()
        self.server.stop()
        return time.monotonic() - began

    def test_clients_that_stall_do_not_keep_it(self):
        idle = [self.connect() for _ in range(20)]
        for one in idle[:10]:
            one.sendall(b'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
            self.assertIn(b'200 OK', one.recv(4096))
        for one in [self.connect() for _ in range(5)]:
            one.sendall(b'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')
        never_reads = self.connect()
        never_reads.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        never_reads.sendall(b'GET /swagger/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n' * 20)
        self.assertLess(self.stop(), STOPS_WITHIN)
        self.assertEqual([one.recv(4096) for one in idle], [b''] * 20, 'ended, and not reset')
        self.assertEqual([line['event'] for line in events_of(self.server) if line['event'] in ('serving', 'stopping', 'stopped')],
                         ['serving', 'stopping', 'stopped'])
        self.server.start()

    def test_idle_connections_keep_it_for_less_than_two_seconds(self):
        idle = [self.connect() for _ in range(50)]
        self.assertLess(self.stop(), 2)
        self.assertEqual(len(idle), 50)
        self.server.start()

    def test_what_has_begun_is_answered_whole(self):
        """Log-ins, which take a thread of a pool some time each, and more of them than threads."""
        self.server.environment['TENANTRY_PASSWORD_PASSES'] = '8'
        with self.server.offline():
            pass
        waiting = [self.connect() for _ in range(8)]
        emails = [f'slow{number}@lettings.example' for number in range(len(waiting))]  # many attempts on one would be throttled
        for email in emails:
            self.server.add_user(email, 'Sorrel Slow', 'officer')  # hashed as slowly as that
        for one, email in zip(waiting, emails):
            body = json.dumps({'email': email, 'password': PASSWORD}).encode()
            one.sendall(b'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
                        b'Content-Length: %d\r\n\r\n' % len(body) + body)
        ends = time.monotonic() + 10
        while 'tenantry_pool_waiting{pool="password"} 0' in self.server.metrics():
            self.assertLess(time.monotonic(), ends)
        with concurrent.futures.ThreadPoolExecutor(len(waiting)) as readers:
            answers = [readers.submit(self.read_to_end, one) for one in waiting]
            self.assertLess(self.stop(), STOPS_WITHIN)
            for answer in answers:
                self.assertTrue(answer.result().startswith(b'HTTP/1.1 200 OK\r\n'), answer.result()[:200])
                self.assertIn(b'\r\nConnection: close\r\n', answer.result())
        self.server.environment['TENANTRY_PASSWORD_PASSES'] = '2'
        self.server.start()

    def read_to_end(self, connection):
        received = b''
        while block := connection.recv(65536):
            received += block
        return received

    def test_not_ready_is_said_while_it_stops(self):
        # Somebody keeps the server from ending at once.
        stalls = self.connect()
        stalls.sendall(b'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')
        kept = self.connect()
        self.server.process.send_signal(signal.SIGTERM)
        answer = b''
        while b'\r\nConnection: close\r\n' not in answer:  # until it has learned of the stop
            kept.sendall(b'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n')
            answer = kept.recv(65536)
            self.assertNotEqual(answer, b'')
        self.assertTrue(answer.startswith(b'HTTP/1.1 503 '), answer)
        self.assertTrue(answer.endswith(b'The server is stopping\n'), answer)
        self.server.process.communicate(timeout=STOPS_WITHIN)
        self.server.start()

    def test_a_start_that_fails_is_a_line_of_the_log(self):
        self.stop()
        key = self.server.data / 'keys' / 'root.key'
        os.chmod(key, 0o644)
        with self.assertRaises(AssertionError):
            self.server.start()
        os.chmod(key, 0o600)
        failed = [line for line in self.server.log().splitlines() if line.startswith('{') and '"not served"' in line]
        self.assertEqual(len(failed), 1)
        self.assertEqual(json.loads(failed[0])['level'], 'error')
        self.server.process = None
        self.server.start()


if __name__ == '__main__':
    unittest.main()
