"""Two servers behind HAProxy, configured as deploy/haproxy is: people and programs cannot tell them from one."""
import pathlib
import tempfile
import unittest

from support.creators import Creators
from support.haproxy import CONFIGURATION, HaProxy, is_sound
from support.metrics import parse_metrics
from support.races import Races
from support.server import PASSWORD, email_of
from support.two_servers import SharedRegister, TwoServersTest, beside

CREATORS = 6


class Configuration(unittest.TestCase):
    def test_the_example_is_sound_and_a_slip_in_it_is_found(self):
        text = CONFIGURATION.read_text(encoding='utf-8')
        for wanted, checked in ((True, text), (False, text.replace('leastconn', 'leastcon')), (False, text.replace('uri /readyz', 'url /readyz'))):
            with tempfile.TemporaryDirectory() as folder:
                sound, said = is_sound(checked, pathlib.Path(folder))
            self.assertEqual(sound, wanted, said)


class BehindHaproxy(TwoServersTest):
    """`server` is the proxy in front of both, as far as clients go."""
    settings = {'TENANTRY_RATE_LIMIT': '0', 'TENANTRY_BEHIND_PROXY': '127.0.0.1'}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = (cls.server, cls.other)
        cls.proxy = HaProxy(cls.server.folder, cls.both)
        cls.addClassCleanup(cls.proxy.close)
        cls.server = cls.other = beside(cls.server, port=cls.proxy.port)
        cls.addClassCleanup(cls.server.close_clients)


class TheSameCases(SharedRegister, Races, BehindHaproxy):
    def test_requests_go_to_both(self):
        before = [self.answered(server) for server in self.both]
        for _ in range(10):
            self.assert_ok(self.server.client(self.officer.token).get('/api/tenants/list', action='list'))
        for server, earlier in zip(self.both, before):
            self.assertGreater(self.answered(server), earlier)

    def answered(self, server):
        samples = parse_metrics(server.metrics())['tenantry_requests_total'].samples
        return sum(value for (_, labels), value in samples.items() if labels['route'] == '/api/tenants/list')

    def test_the_client_is_known_by_its_own_address_whatever_it_says(self):
        client = self.server.client(None, **{'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https'})
        answer = client.request('POST', '/api/auth/login', json={'email': email_of('viewer'), 'password': PASSWORD, 'remember_me': False})
        self.assert_ok(answer)
        self.assertFalse(any('Secure' in cookie for cookie in answer.header_values('Set-Cookie')), 'the proxy took it in the clear')
        sessions = self.assert_ok(self.admin.get('/api/security/sessions', action='list', limit=200)).data
        self.assertNotIn('203.0.113.9', str(sessions))

    def test_probes_are_not_for_people(self):
        for path in ('/metrics', '/readyz', '/healthz'):
            self.assertEqual(self.proxy.status(path), 403)


class AServerDies(BehindHaproxy):
    roles = ('officer', 'admin')
    settings = {**BehindHaproxy.settings, 'TENANTRY_CSRF_MODE': 'session'}

    def test_the_other_goes_on_and_takes_it_back(self):
        creators = Creators(CREATORS, [self.proxy.port], self.officer.token, self.officer.csrf())
        for server in self.both:
            creators.wait_for(30)
            server.kill()
            creators.wait_for(100)
            server.start(port=server.port)
            self.proxy.wait_until_both_serve()
        creators.finish()
        creators.check_answers(self, {200, 502, 503, None})  # None: HAProxy closes a connection that it used before, and says nothing
        self.assertLess(creators.longest_pause(), 5)
        self.assertEqual(creators.lost_and_doubled(self.officer), ([], []))
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))


if __name__ == '__main__':
    unittest.main()
