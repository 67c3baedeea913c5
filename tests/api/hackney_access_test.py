"""Who may call what of the Hackney API: every route without a token, with bad ones and with each role's.

hackney_access.tsv is written by hand; the binary's route table and docs/openapi/hackney.yaml must say the same.
"""
import csv
import pathlib
import re

from support.hackney import HackneyContract, HackneyTest, sign, token
from support.server import ROLES

TABLE = pathlib.Path(__file__).with_name('hackney_access.tsv')
PREFIX = 'api.housing.'
VIEWS = {'residents.view', 'accounts.view', 'patches.view', 'interactions.view', 'associations.view'}
MANAGERS_ONLY = {'patches.manage', 'officers.manage'}
OFFICERS_TOO = VIEWS | {'residents.manage', 'alerts.manage', 'officers.log_in', 'interactions.manage', 'associations.manage', 'meetings.manage'}
HELD = {'service': OFFICERS_TOO | MANAGERS_ONLY, 'admin': OFFICERS_TOO | MANAGERS_ONLY, 'manager': OFFICERS_TOO | MANAGERS_ONLY,
        'officer': OFFICERS_TOO, 'records': VIEWS, 'viewer': VIEWS}


def is_hackney(path):
    return path.startswith(('/v1/', '/v2/', '/api/v1/', '/api/config/')) or path == '/Values'


def read_table():
    with open(TABLE, encoding='utf-8', newline='') as file:
        return {(row['method'], row['path']): row for row in csv.DictReader(file, delimiter='\t')}


def some_path(path):
    """The path with a value in each of its places that leads nowhere."""
    return re.sub(r'\{\w+\}', 'nothing', path)


class Access(HackneyTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = read_table()

    def guarded(self):
        for (method, path), row in self.table.items():
            if row['permission'] != 'open':
                yield method, path, row

    def test_the_binary_has_the_tables_routes_and_no_other(self):
        routes = {(route['method'], route['path']): route for route in self.server.routes() if is_hackney(route['path'])}
        self.assertEqual(routes.keys(), self.table.keys())
        for key, row in self.table.items():
            permission = row['permission']
            told = (routes[key]['open'], routes[key]['permissions'], routes[key]['csrf'])
            self.assertEqual(told, (permission == 'open', [] if permission in ('open', 'signed_in') else [PREFIX + permission], False), key)

    def test_the_description_has_the_tables_routes_and_no_other(self):
        operations = {(method, path): operation for method, path, operation in HackneyContract.load().operations()}
        self.assertEqual(operations.keys(), self.table.keys())
        for (method, path), row in self.table.items():
            operation, permission = operations[method, path], row['permission']
            key = f'{method} {path}'
            self.assertEqual(operation.get('security'), [] if permission == 'open' else None, key)
            is_guarded = permission not in ('open', 'signed_in')
            expected = {'keys': [PREFIX + permission], 'roles': [role for role in ROLES if permission in HELD[role]]} if is_guarded else None
            self.assertEqual(operation.get('x-permission'), expected, key)
            # A meeting's token is not permitted even where any other is.
            self.assertEqual('403' in operation['responses'], permission != 'open', key)
            self.assertEqual('401' in operation['responses'], permission != 'open' or path.startswith('/api/config/'), key)

    def test_without_a_token_that_holds_nothing_is_answered(self):
        refused = [self.client_with(one) for one in (None, 'garbage', token(seconds=-400), sign({'exp': 9e9}, secret='not the shared secret'))]
        for method, path, _ in self.guarded():
            for client in refused:
                self.assert_empty(client.request(method, some_path(path)), 401)

    def test_a_role_may_what_the_table_says_and_no_more(self):
        for role in ROLES:
            client = self.as_token(role)
            for method, path, row in self.guarded():
                answer = client.request(method, some_path(path))
                if row['permission'] == 'signed_in' or row['permission'] in HELD[role]:
                    self.assertNotIn(answer.status, (401, 403), f'{role}: {answer}')
                else:
                    self.assert_empty(answer, 403)

    def test_paths_are_read_in_any_case_and_a_wrong_method_is_not_found(self):
        client = self.as_token('viewer')
        methods = {}
        for method, path in self.table:
            methods.setdefault(path.lower(), set()).add(method)
        for method, path, _ in self.guarded():
            asked = some_path(path)
            statuses = {client.request(method, spelling).status for spelling in (asked, asked.lower(), asked.upper(), asked + '/', '/manageatenancy' + asked)}
            self.assertEqual(len(statuses), 1, f'{method} {path}: {statuses}')
            for wrong in {'GET', 'POST', 'PUT', 'PATCH', 'DELETE'} - methods[path.lower()]:
                self.assertEqual(client.request(wrong, asked).status, 404, f'{wrong} {path}')

    def test_a_body_of_another_media_type_is_not_taken(self):
        client = self.service
        for method, path, _ in self.guarded():
            if method in ('POST', 'PUT', 'PATCH') and 'Login' not in path:
                for media_type in ('text/plain', 'application/x-www-form-urlencoded', 'application/xml'):
                    self.assert_empty(client.request(method, some_path(path), body=b'a=1', content_type=media_type), 415)
