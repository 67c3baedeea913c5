"""Who may open which page: every route of the pages with no session, and with each role.

web_access.tsv is written by hand; the binary's own route table must say the same. In its column csrf, "own" is a page that spends its token
itself, because it runs where passwords are hashed. What people do with the pages is tested in a browser (tests/browser).
"""
import csv
import http.client
import pathlib
import re
import typing
import unittest
import urllib.parse
import uuid

from support.case import ApiTest
from support.client import check_security_headers
from support.server import PASSWORD, ROLES, email_of

NOT_PERMITTED = b'You do not have permission to do this'
TABLE = pathlib.Path(__file__).with_name('web_access.tsv')


def is_page(path):
    return not path.startswith(('/api/', '/v1/', '/v2/', '/swagger', '/openapi', '/healthz', '/readyz', '/metrics', '/logout', '/Values'))


def read_table():
    with open(TABLE, encoding='utf-8', newline='') as file:
        return {(row['method'], row['path']): row for row in csv.DictReader(file, delimiter='\t')}


class Answer(typing.NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Browser:
    """Asks for pages, which no OpenAPI file describes."""

    def __init__(self, server, cookie=None):
        self._connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
        self._headers = {'Cookie': cookie} if cookie else {}

    def request(self, method, path, form=None):
        body = None if form is None else urllib.parse.urlencode(form)
        headers = self._headers | ({} if form is None else {'Content-Type': 'application/x-www-form-urlencoded'})
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        self._connection.close()
        check_security_headers(response.headers.get, path)
        return answer


def filled(path):
    return re.sub(r'\{\w+\}', str(uuid.uuid4()), path)


class PageAccess(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table = read_table()

    def cookie_of(self, role):
        """A browser's session of that role."""
        answer = Browser(self.server).request('POST', '/log-in', {'login': email_of(role), 'password': PASSWORD})
        self.assertEqual(answer.status, 303)
        return answer.headers['Set-Cookie'].split(';')[0]

    def test_the_binary_has_the_tables_routes_and_no_other(self):
        routes = {(route['method'], route['path']): route for route in self.server.routes() if is_page(route['path'])}
        self.assertEqual(routes.keys(), self.table.keys())
        for key, row in self.table.items():
            route = routes[key]
            told = (route['open'], sorted(route['permissions']), route['staff_only'], route['csrf'])
            self.assertEqual(told, (row['roles'] == 'open', sorted(row['permissions'].split()), row['roles'] != 'open', row['csrf'] == 'yes'), key)

    def test_without_a_session_pages_lead_to_the_log_in(self):
        for (method, path), row in self.table.items():
            if row['roles'] == 'open':
                continue
            answer = Browser(self.server).request(method, filled(path))
            if method == 'GET':
                self.assertEqual((answer.status, answer.headers['Location'].split('?')[0]), (303, '/log-in'), path)
            else:
                self.assertEqual(answer.status, 401, path)

    def test_each_role_is_let_in_or_refused_as_the_table_says(self):
        for role in ROLES:
            client = Browser(self.server, self.cookie_of(role))
            for (method, path), row in self.table.items():
                if row['roles'] == 'open':
                    continue
                with self.subTest(role=role, method=method, path=path):
                    answer = client.request(method, filled(path), {} if method == 'POST' else None)
                    if role not in row['roles'].split():
                        # Without its token a write is refused before anybody asks who may make it.
                        self.assertEqual(answer.status, 403)
                    elif row['csrf'] == 'no':
                        self.assertNotIn(answer.status, (401, 500))
                        self.assertNotIn(NOT_PERMITTED, answer.body)
                    else:
                        self.assertEqual(answer.status, 403)
                        self.assertIn(b'Check and send again', answer.body)

    def test_a_log_in_leads_to_a_page_of_this_server_and_nowhere_else(self):
        for then, leads in (('/account', '/account'), ('//elsewhere.example', '/'), ('https://elsewhere.example/', '/'), ('/\\elsewhere.example', '/'),
                            ('javascript:alert(1)', '/'), ('/\r\nLocation: https://elsewhere.example', '/')):
            answer = Browser(self.server).request('POST', '/log-in', {'login': email_of('viewer'), 'password': PASSWORD, 'then': then})
            self.assertEqual((answer.status, answer.headers['Location']), (303, leads))

    def test_passwords_are_masked_and_managers_of_passwords_may_fill_them_in(self):
        pages = {'/log-in': ['current-password'], '/account/password': ['current-password', 'new-password', 'new-password']}
        client = Browser(self.server, self.cookie_of('admin'))
        for path, wanted in pages.items():
            fields = [field for field in re.findall(r'<input[^>]*>', client.request('GET', path).body.decode()) if 'password' in field]
            self.assertEqual([re.search(r'autocomplete="([^"]*)"', field)[1] for field in fields], wanted)
            for field in fields:
                self.assertIn('type="password"', field)
                self.assertNotRegex(field, 'onpaste|readonly|maxlength')

    def test_pages_are_never_cached_and_run_nothing_inside(self):
        client = Browser(self.server, self.cookie_of('admin'))
        for (method, path), row in self.table.items():
            if method == 'GET' and '/assets/' not in path:
                answer = client.request(method, filled(path))
                self.assertEqual(answer.headers['Cache-Control'], 'no-store', path)
                self.assertIn("script-src 'self'", answer.headers['Content-Security-Policy'], path)
                self.assertNotIn('unsafe-inline', answer.headers['Content-Security-Policy'], path)


if __name__ == '__main__':
    unittest.main()
