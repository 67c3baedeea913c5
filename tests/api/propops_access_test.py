"""Who may call what: every route with no credential, a false one, an expired one, and with each role.

propops_access.tsv is written by hand; the binary's own route table and docs/openapi/propops.yaml must say the same.
"""
import csv
import pathlib
import unittest

from support.case import BAD_CSRF, NOT_PERMITTED, NOT_SIGNED_IN, ApiTest
from support.contract import Contract
from support.server import ROLES

TABLE = pathlib.Path(__file__).with_name('propops_access.tsv')
EXPIRED = 'expired@lettings.example'
# Open, but for a body that names a user (propops_consent_test.py).
OPEN_BUT_ASKS = ('POST', '/api/gdpr/consent')


def is_propops(path):
    return path == '/logout' or (path.startswith('/api/') and not path.startswith(('/api/v1/', '/api/config/')))


def read_table():
    with open(TABLE, encoding='utf-8', newline='') as file:
        return {(row['method'], row['path']): row for row in csv.DictReader(file, delimiter='\t')}


class Access(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = read_table()
        with cls.server.offline():
            cls.server.add_user(EXPIRED, 'Ex Pired', 'admin')
        cls.expired = cls.server.client_of(EXPIRED)
        with cls.server.offline() as database:
            database.execute('UPDATE session SET expires_at = created_at')

    # The three tables say the same

    def test_the_binary_has_the_tables_routes_and_no_other(self):
        routes = {(route['method'], route['path']): route for route in self.server.routes() if is_propops(route['path'])}
        self.assertEqual(routes.keys(), self.table.keys())
        for key, row in self.table.items():
            route = routes[key]
            told = (route['open'], sorted(route['permissions']), route['staff_only'], route['csrf'])
            self.assertEqual(told, (row['roles'] == 'open', sorted(row['permissions'].split()), row['staff_only'] == 'yes', row['csrf'] == 'yes'), key)

    def test_the_description_has_the_tables_routes_and_no_other(self):
        operations = {(method, path): operation for method, path, operation in Contract.load().operations()}
        self.assertEqual(operations.keys(), self.table.keys())
        default = Contract.load().description['security']
        for key, row in self.table.items():
            operation, is_open = operations[key], row['roles'] == 'open'
            csrf = {'csrf': []} if row['csrf'] == 'yes' else {}
            signed_in = [{'bearer': [], **csrf}, {'session': [], **csrf}]
            asks = [{}, {'bearer': [], 'csrf': []}, {'session': [], 'csrf': []}]
            self.assertEqual(operation.get('security', default), asks if key == OPEN_BUT_ASKS else [] if is_open else signed_in, key)
            self.assertEqual('x-permission' in operation, not is_open, key)
            if not is_open:
                permission = operation['x-permission']
                self.assertEqual(sorted(permission['keys']), sorted(row['permissions'].split()), key)
                self.assertEqual(permission['roles'], row['roles'].split(), key)
                self.assertEqual(permission.get('staff_only', False), row['staff_only'] == 'yes', key)
            may_refuse = bool(row['permissions']) or row['staff_only'] == 'yes' or key == OPEN_BUT_ASKS
            self.assertEqual('403' in operation['responses'], may_refuse, key)
            self.assertEqual('401' in operation['responses'], not is_open or key[1] == '/api/auth/login' or key == OPEN_BUT_ASKS, key)

    def test_the_aliases_are_those_that_the_server_lists(self):
        held = self.assert_ok(self.admin.get('/api/users/permissions')).data['permissions'].keys()
        permissions = [operation['x-permission'] for _, _, operation in Contract.load().operations() if 'x-permission' in operation]
        named = {key for permission in permissions for key in permission['keys'] + permission.get('aliases', [])}
        of_others = {key for key in held if key.startswith(('api.housing.', 'api.system.'))}
        self.assertEqual(named, held - of_others)

    # And the server does what they say

    def test_without_good_credentials_only_open_routes_answer(self):
        clients = (self.server.client(), self.server.client('0' * 64), self.server.client('garbage'), self.server.client(Cookie='DYNAMO_SESSION=garbage'), self.expired,
                   self.server.client(Cookie=f'DYNAMO_SESSION={self.expired.token}'))
        for client in clients:
            for (method, path), row in self.table.items():
                answer = client.request(method, path, headers={'X-CSRF-Token': 'x' * 75})
                if row['roles'] == 'open':
                    self.assertEqual(answer.status, int(row['bare']), str(answer))
                else:
                    self.assert_refused(answer, 401, NOT_SIGNED_IN)

    def test_each_role_is_let_in_or_refused_as_the_table_says(self):
        for role in ROLES:
            client = self.as_role(role)
            for (method, path), row in self.table.items():
                if row['roles'] == 'open':
                    continue
                answer = client.write(method, path, {}) if row['csrf'] == 'yes' else client.request(method, path)
                with self.subTest(role=role, method=method, path=path):
                    if role in row['roles'].split():
                        self.assertEqual(answer.status, int(row['bare']), str(answer))
                    else:
                        self.assert_refused(answer, 403, NOT_PERMITTED)

    def test_every_write_needs_its_csrf_token(self):
        for (method, path), row in self.table.items():
            if row['csrf'] == 'yes':
                spent = self.admin.csrf()
                self.assert_ok(self.admin.request('POST', '/api/tenants/manage', json={'tenant_name': 'Spen Der'}, headers={'X-CSRF-Token': spent}))
                for headers in ({}, {'X-CSRF-Token': 'x' * 75}, {'X-CSRF-Token': self.officer.csrf()}, {'X-CSRF-Token': spent}):
                    self.assert_refused(self.admin.request(method, path, json={}, headers=headers), 403, BAD_CSRF)


if __name__ == '__main__':
    unittest.main()
