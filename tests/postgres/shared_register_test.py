"""Two servers on one register in PostgreSQL: what one does holds on the other, and what befalls the database does not kill them."""
import http.client
import time
import unittest

from support.case import ApiTest
from support.creators import Creators
from support.engine import ask
from support.two_servers import TENANTS, SharedRegister, TwoServersTest


class EitherServer(SharedRegister, TwoServersTest):
    pass


class BothInMemory(TwoServersTest):
    """Search mode memory: each server has the names in a memory of its own."""
    roles = ('officer',)
    settings = {'TENANTRY_CSRF_MODE': 'session', 'TENANTRY_SEARCH_MODE': 'memory'}

    def found(self, server, search):
        answer = server.client(self.officer.token).get('/api/tenants/list', action='list', search=search)
        return [tenant['tenant_name'] for tenant in self.assert_ok(answer).data]

    def test_what_one_writes_the_other_finds_at_once(self):
        for turn, (here, there) in enumerate(((self.server, self.other), (self.other, self.server)) * 5):
            client, name, other_name = here.client(self.officer.token), f'Memory Turn{turn}x', f'Renamed Turn{turn}x'
            tenant = self.assert_ok(client.post(TENANTS, {'tenant_name': name})).data
            self.assertEqual(self.found(there, f'turn{turn}x'), [name])
            self.assert_ok(client.put(TENANTS, {'uuid': tenant['uuid'], 'version': 1, 'tenant_name': other_name}))
            self.assertEqual(self.found(there, f'turn{turn}x'), [other_name])
            self.assert_ok(there.client(self.officer.token).request('DELETE', TENANTS, json={'uuid': tenant['uuid']},
                                                                    headers={'X-CSRF-Token': self.officer.csrf()}))
            for server in (here, there):
                self.assertEqual(self.found(server, f'turn{turn}x'), [])

    def test_the_mode_changes_for_both(self):
        self.create_tenant('Before Modes')
        for mode in ('plaintext', 'memory'):
            self.server.command('search', 'rebuild', '--mode', mode)
            self.create_tenant(f'During {mode} Modes')
            for server in (self.server, self.other):
                self.assertEqual(len(self.found(server, 'modes')), 2 if mode == 'plaintext' else 3, mode)


class LostDatabase(ApiTest):
    roles = ('officer', 'admin')
    settings = {'TENANTRY_CSRF_MODE': 'session'}

    def probe(self, path):
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=20)
        try:
            connection.request('GET', path)
            return connection.getresponse().status
        finally:
            connection.close()

    def timed(self, act):
        begun = time.monotonic()
        answer = act()
        self.assertLess(time.monotonic() - begun, 5)
        return answer

    def cut(self):
        ask(f'ALTER DATABASE {self.server.database} ALLOW_CONNECTIONS false')
        ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.server.database}'")

    def heal(self):
        ask(f'ALTER DATABASE {self.server.database} ALLOW_CONNECTIONS true')

    def test_without_its_database_the_server_says_so_and_goes_on_when_it_is_back(self):
        tenant = self.create_tenant('Came Through')
        token = self.officer.csrf()
        self.cut()
        try:
            for _ in range(3):
                for act in (lambda: self.officer.get(TENANTS, action='get', uuid=tenant['uuid']),
                            lambda: self.officer.request('POST', TENANTS, json={'tenant_name': 'Never There'}, headers={'X-CSRF-Token': token})):
                    answer = self.timed(act)
                    self.assertEqual(answer.status, 503, str(answer))
                    self.assertTrue(answer.header('Retry-After'), str(answer))
                self.assertEqual(self.timed(lambda: self.probe('/healthz')), 200)
                self.assertEqual(self.timed(lambda: self.probe('/readyz')), 503)
        finally:
            self.heal()
        time.sleep(0.5)
        self.assertEqual(self.probe('/readyz'), 200)
        self.get_tenant(tenant)
        self.assertEqual(self.assert_ok(self.officer.get('/api/tenants/list', action='list', search='never there')).json['total'], 0)
        self.create_tenant('Afterwards')

    def test_connections_that_end_under_load_lose_no_acknowledged_write_and_do_none_twice(self):
        creators = Creators(6, [self.server.port], self.officer.token, self.officer.csrf())
        for _ in range(5):
            creators.wait_for(20)
            ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.server.database}'")
        creators.wait_for(20)
        creators.finish()
        creators.check_answers(self, {200, 503})
        self.assertEqual(creators.lost_and_doubled(self.officer), ([], []))
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))


if __name__ == '__main__':
    unittest.main()
