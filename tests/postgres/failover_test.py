"""The database's primary dies under load and its standby takes over: no acknowledged write is lost, none is done twice, every request
is answered, and nobody has to restart a server. With a standby that is not synchronous the same check finds what was lost.
"""
import concurrent.futures
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import tempfile
import time
import unittest
import unittest.mock

from support.creators import Creator, Creators
from support.standby import Pair
from support.two_servers import TwoServersTest

CREATORS = 8
GOES_ON_WITHIN = 5  # seconds after the promotion
STANDS_STILL = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"  # a commit that waits for the standby


class Failover(TwoServersTest):
    roles = ('officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0', 'TENANTRY_CSRF_MODE': 'session'}

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-pair-'))
        folder.chmod(0o755)  # PostgreSQL runs under an account of its own
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.pair = Pair(folder)
        cls.addClassCleanup(cls.pair.stop)
        cls.enterClassContext(unittest.mock.patch.dict(os.environ, TENANTRY_TEST_POSTGRES=cls.pair.hosts()))
        super().setUpClass()
        cls.server.as_role('officer')  # while there is no standby that a log-in could wait for

    def fail_over(self, name, *, synchronous):
        """Creates people at both servers while the primary dies; what came of it."""
        self.pair.follow(synchronous=synchronous)
        self.other.stop()
        self.other.start()
        self.assertEqual(self.other.log().count('the standby is not synchronous'), 0 if synchronous else 1)
        creators = Creators(CREATORS, [self.server.port, self.other.port], self.officer.token, self.officer.csrf(), name)
        creators.wait_for(100)
        if not synchronous:
            self.pair.primary.hold_back()
            creators.wait_for(50)
        self.pair.fail_over()
        promoted = time.monotonic()
        creators.wait_for(100)
        creators.finish()
        first = min(sent + took for sent, took, status in creators.attempts() if status == 200 and sent + took > promoted)
        print(f'{name}: no write was acknowledged for {creators.longest_pause():.2f} s, the first one {first - promoted:.2f} s after the promotion; '
              f'the slowest answer took {max(took for _, took, _ in creators.attempts()):.2f} s')
        self.assertLess(first - promoted, GOES_ON_WITHIN)
        creators.check_answers(self, {200, 503})
        for server in (self.server, self.other):  # each has healed by itself
            self.assert_ok(server.client(self.officer.token).get('/api/tenants/list', action='list'))
            self.assert_ok(server.client(self.officer.token).post('/api/tenants/manage', {'tenant_name': 'Came Through'}))
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))
        return creators.lost_and_doubled(self.officer)

    def listed(self, name):
        return self.assert_ok(self.officer.get('/api/tenants/list', action='list', search=name)).data

    def wait_until_it_writes(self, server, token, name):
        """Creates somebody, once the server has found a primary."""
        ends = time.monotonic() + GOES_ON_WITHIN
        client = server.client(self.officer.token)
        members = {'tenant_name': name, 'csrf_token': token}
        while (answer := client.request('POST', '/api/tenants/manage', json=members)).status != 200:
            self.assertEqual(answer.status, 503)
            self.assertLess(time.monotonic(), ends)
            time.sleep(0.05)

    def wait_until_listed(self, name):
        """The record, once the server has found the new primary."""
        ends = time.monotonic() + GOES_ON_WITHIN
        while True:
            answer = self.officer.get('/api/tenants/list', action='list', search=name)
            if answer.status == 200:
                self.assertEqual(len(answer.data), 1, 'the write happened')
                return answer.data[0]
            self.assertLess(time.monotonic(), ends)
            time.sleep(0.05)

    def test_with_a_synchronous_standby_nothing_is_lost_or_done_twice(self):
        self.assertEqual(self.fail_over('Kept', synchronous=True), ([], []))

    def test_with_another_standby_the_same_check_finds_what_was_lost(self):
        lost, doubled = self.fail_over('Risked', synchronous=False)
        self.assertGreaterEqual(len(lost), 50 - CREATORS)
        self.assertEqual(doubled, [])

    def test_a_primary_that_comes_back_after_it_was_replaced_is_not_believed(self):
        self.pair.follow(synchronous=True)
        token = self.officer.csrf()
        self.pair.fail_over()
        for server in (self.server, self.other):  # each must have seen the new one
            self.wait_until_it_writes(server, token, 'After The Promotion')
        old, new = self.pair.standby, self.pair.primary
        old.come_back()
        old.set(synchronous_standby_names='')  # it would take writes
        mine = f"datname = '{self.server.database}'"
        for number in range(4):  # whichever of the two the address names first
            new.ask(f'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}')
            self.wait_until_it_writes(self.server, token, f'Not To The Old {number}')
        self.start_where_only_the_old_answers()
        old.wait_for(f'SELECT count(*) FROM pg_stat_activity WHERE {mine}', [(0,)])
        self.assertEqual(len({one['tenant_name'] for one in self.listed('not to the old')}), 4)
        old.stop()

    def start_where_only_the_old_answers(self):
        """A server that is started then has it from those before it, and has nothing else to go by."""
        self.other.stop()
        seen = self.other.data / 'database-seen'
        with self.pair.primary.stopped():
            with self.assertRaisesRegex(AssertionError, 'only a database that was replaced'):
                self.other.start()
            kept = seen.read_bytes()
            seen.unlink()
            self.other.start()
            self.other.stop()
            seen.write_bytes(kept)
        self.other.start()

    def test_a_write_that_happened_and_was_not_acknowledged_is_not_done_again(self):
        """The standby has the commit on its disk, and the primary dies before it hears so."""
        self.pair.follow(synchronous=True, commit='remote_apply')
        self.pair.standby.ask('SELECT pg_wal_replay_pause()')
        creator = Creator(0, self.server.port, self.officer.token, self.officer.csrf())
        self.addCleanup(creator.close)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            asked = pool.submit(creator.send, 'Fate Unknown', '"fate"')
            self.pair.primary.wait_for(STANDS_STILL, [(1,)])
            self.pair.fail_over()
            self.assertEqual(asked.result()[0], 503)
        there = self.wait_until_listed('fate unknown')
        status, body = creator.send('Fate Unknown', '"fate"')
        self.assertEqual((status, json.loads(body)['data']['uuid']), (200, there['uuid']))
        self.assertEqual(len(self.listed('fate unknown')), 1)
        self.assertEqual(creator.send('Fate Unknown', '"another fate"')[0], 200)  # who asks under another key means another person
        self.assertEqual(len(self.listed('fate unknown')), 2)

    def assert_answered(self, get, statuses, within):
        """Asks for ten seconds: each answer is one of these, in time, and says when to come again where it is a 503."""
        ends = time.monotonic() + 10
        while time.monotonic() < ends:
            began = time.monotonic()
            answer = get()
            self.assertLess(time.monotonic() - began, within)
            self.assertIn(answer.status, statuses)
            self.assertEqual(answer.getheader('Retry-After') is not None, answer.status == 503)
            time.sleep(0.1)

    def get(self, path):
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=30)
        with contextlib.closing(connection):
            connection.request('GET', path, headers={'Authorization': f'Bearer {self.officer.token}'})
            answer = connection.getresponse()
            answer.read()
            return answer

    def assert_back(self):
        """Both read and write again, without a refusal that would wake them."""
        time.sleep(2)
        for server in (self.server, self.other):
            self.assert_ok(server.client(self.officer.token).get('/api/tenants/list', action='list'))

    def test_while_the_standby_is_dead_all_are_answered_in_time(self):
        self.pair.follow(synchronous=True)
        tenant = self.create_tenant('Read Meanwhile')
        creators = Creators(CREATORS, [self.server.port, self.other.port], self.officer.token, self.officer.csrf(), 'Waits')
        creators.wait_for(50)
        self.pair.standby.kill()
        self.pair.primary.wait_for(STANDS_STILL, [(1,)])
        time.sleep(0.2)  # for what was acknowledged before to arrive
        before, told = creators.acknowledged(), len(creators.attempts())
        self.assert_answered(lambda: self.get(f'/api/tenants/manage?action=get&uuid={tenant["uuid"]}'), {200, 503}, 1)
        self.assertEqual(creators.acknowledged(), before)
        self.assertGreater(len(creators.attempts()), told + 2 * CREATORS)
        self.pair.primary.set(synchronous_standby_names='')  # as Patroni does when it misses the standby
        creators.wait_for(100)
        creators.finish()
        creators.check_answers(self, {200, 503})
        self.assert_back()
        self.assertEqual(creators.lost_and_doubled(self.officer), ([], []))

    def test_while_the_database_hangs_every_request_is_answered_and_nothing_is_lost_or_done_twice(self):
        creators = Creators(CREATORS, [self.server.port, self.other.port], self.officer.token, self.officer.csrf(), 'Hangs')
        creators.wait_for(50)
        for _ in range(2):
            with self.pair.primary.stopped(), concurrent.futures.ThreadPoolExecutor(3) as pool:
                for asked in [pool.submit(self.assert_answered, lambda path=path: self.get(path), {status}, within)
                              for path, status, within in (('/healthz', 200, 0.5), ('/readyz', 503, GOES_ON_WITHIN),
                                                           ('/api/tenants/list?action=list', 503, GOES_ON_WITHIN))]:
                    asked.result()
            self.assertLess(creators.wait_for(50), GOES_ON_WITHIN)
            self.assert_back()
        creators.finish()
        creators.check_answers(self, {200, 503})
        self.assertEqual(creators.lost_and_doubled(self.officer), ([], []))
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))


if __name__ == '__main__':
    unittest.main()
