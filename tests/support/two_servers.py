"""Two servers on one register in PostgreSQL, and the cases of what one does that must hold on the other: they run with a client who
asks either, and through a proxy that decides for them.
"""
import concurrent.futures
import copy
import re
import shutil
import threading

from support.case import BAD_CSRF, NOT_PERMITTED, ApiTest
from support.server import email_of

TENANTS = '/api/tenants/manage'
PERMISSIONS = '/api/users/permissions'
AT_ONCE = 8
EACH = 12


def beside(server, **members):
    """The same landlord's server, reached or kept elsewhere."""
    other = copy.copy(server)
    other._opened, other._clients = [], {}
    vars(other).update(members)
    return other


def second_server(server):
    """Another server of the same landlord: a folder of its own with the same keys."""
    other = beside(server, data=server.folder / 'second', log_file=server.folder / 'second-log')
    other.data.mkdir(mode=0o700)
    shutil.copytree(server.data / 'keys', other.data / 'keys')
    other.start()
    return other


class TwoServersTest(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = second_server(cls.server)
        cls.addClassCleanup(cls.other.stop)


class SharedRegister:
    """Cases of a TwoServersTest."""

    def there(self, client):
        """The same session at the other server."""
        return self.other.client(client.token)

    def test_a_session_opened_at_one_is_good_at_the_other_until_either_ends_it(self):
        here = self.server.client_of(email_of('viewer'))
        there = self.there(here)
        self.assert_ok(there.get('/api/tenants/list', action='list'))
        self.assert_ok(there.get('/logout'))
        self.assertEqual(here.get('/api/tenants/list', action='list').status, 401)

    def test_a_token_of_one_is_spent_once_at_whichever(self):
        token = self.officer.csrf()
        headers = {'X-CSRF-Token': token}
        there = self.there(self.officer)
        self.assert_ok(there.request('POST', TENANTS, json={'tenant_name': 'Once Only'}, headers=headers))
        self.assert_refused(self.officer.request('POST', TENANTS, json={'tenant_name': 'Once More'}, headers=headers), 403, BAD_CSRF)

    def test_a_permission_taken_at_one_is_gone_at_the_other_at_once(self):
        there = self.there(self.as_role('manager'))
        self.assert_ok(there.get('/api/tenants/list', action='list'))
        user = next(iter(self.assert_ok(self.admin.get('/api/users/users', action='search', search=email_of('manager'))).data))
        change = {'user_uuid': user['uuid'], 'permissions': ['api.tenants.list.view', 'api.tenants.list.manage']}
        self.assert_done(self.admin.put(PERMISSIONS, change | {'action': 'revoke'}))
        self.assert_refused(there.get('/api/tenants/list', action='list'), 403, NOT_PERMITTED)
        self.assert_done(self.admin.put(PERMISSIONS, change | {'action': 'grant'}))
        self.assert_ok(there.get('/api/tenants/list', action='list'))

    def test_what_both_write_at_once_is_all_there_and_one_journal_holds_it(self):
        def create(number):
            client = (self.server if number % 2 else self.other).client(self.officer.token)
            return [self.assert_ok(client.post(TENANTS, {'tenant_name': f'Parallel Writer{number} No{i}'})).data['ID'] for i in range(EACH)]

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            made = [number for numbers in pool.map(create, range(AT_ONCE)) for number in numbers]
        self.assertEqual(len(set(made)), AT_ONCE * EACH)
        for server in (self.server, self.other):
            listed = self.assert_ok(server.client(self.officer.token).get('/api/tenants/list', action='list', search='parallel', limit=1))
            self.assertEqual(listed.json['total'], AT_ONCE * EACH)
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))

    def test_one_of_two_edits_of_a_version_wins(self):
        tenant = self.create_tenant('Stale Edit')
        members = {'action': 'update', 'uuid': tenant['uuid'], 'version': tenant['version']}

        def edit(server):
            return server.client(self.officer.token).put(TENANTS, members | {'tenant_name': f'Edited By{server.port}'}).status

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            self.assertEqual(sorted(pool.map(edit, (self.server, self.other))), [200, 400])

    def write_and_read(self, server, others, until):
        """Creates tenants at one server and reads each at both, until the event; those it made."""
        client, made = server.client(self.officer.token), []
        readers = [one.client(self.officer.token) for one in (self.server, self.other)]
        while not until.is_set():
            email = f'key{len(made)}.{server.port}@mail.example'
            tenant = self.assert_ok(client.post(TENANTS, {'tenant_name': f'Key Change{len(made)}', 'tenant_email': email})).data
            made.append((tenant['uuid'], email))
            for reader in readers:
                for uuid, expected in (made[-1], *others):
                    self.assertEqual(self.assert_ok(reader.get(TENANTS, action='get', uuid=uuid)).data['tenant_email'], expected)
        return made

    def test_keys_change_while_both_write_and_nothing_is_sealed_with_one_that_is_gone(self):
        before = self.create_tenant('Key Before', tenant_email='before@mail.example')['uuid'], 'before@mail.example'
        until = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            working = [pool.submit(self.write_and_read, server, [before], until) for server in (self.server, self.other)]
            try:
                for _ in range(2):
                    self.server.command('keys', 'rotate')
                    for former in re.findall(r'^ *(\d+)  field +decrypt-only', self.server.command('keys', 'list'), re.MULTILINE):
                        self.server.command('keys', 'retire', '--id', former)
            finally:
                until.set()
            made = [one for work in working for one in work.result()]
        for server in (self.server, self.other):
            client = server.client(self.officer.token)
            for uuid, email in (before, *made):
                self.assertEqual(self.assert_ok(client.get(TENANTS, action='get', uuid=uuid)).data['tenant_email'], email)
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))
