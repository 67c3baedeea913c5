"""CSRF tokens: where they may stand, and that each works once, for its own session."""
import concurrent.futures
import unittest

from support.case import BAD_CSRF, NOT_SIGNED_IN, ApiTest
from support.server import email_of

TENANTS = '/api/tenants/manage'
TENANT = {'tenant_name': 'Toe Ken'}


class CsrfTest(ApiTest):
    def create(self, client, token=None, json=None, form=None, headers=None):
        headers = dict(headers or {}, **({} if token is None else {'X-CSRF-Token': token}))
        return client.request('POST', TENANTS, json=TENANT if json is None and form is None else json, form=form, headers=headers)

    def assert_bad(self, answer):
        self.assert_refused(answer, 403, BAD_CSRF)

    def log_in_twice(self):
        """Two sessions of one account: a program's and a browser's."""
        answer = self.assert_ok(self.server.log_in(email_of('records'), remember_me=False))
        return self.server.client(answer.json['token']), self.server.client(Cookie=f'DYNAMO_SESSION={answer.cookies()["DYNAMO_SESSION"]}')


class Csrf(CsrfTest):
    def test_a_token_works_in_the_header_the_body_and_a_form(self):
        client = self.officer
        self.assert_ok(self.create(client, client.csrf()))
        self.assert_ok(self.create(client, json=TENANT | {'csrf_token': client.csrf()}))
        self.assert_ok(self.create(client, form=TENANT | {'csrf_token': client.csrf()}))
        for name in ('x-csrf-token', 'X-CSRF-TOKEN'):
            self.assert_ok(self.create(client, headers={name: client.csrf()}))

    def test_a_token_in_two_places_must_be_the_same(self):
        client = self.officer
        token, other = client.csrf(), client.csrf()
        self.assert_invalid(self.create(client, token, json=TENANT | {'csrf_token': other}), 'csrf_token')
        self.assert_invalid(self.create(client, token, form=TENANT | {'csrf_token': other}), 'csrf_token')
        self.assert_ok(self.create(client, token, json=TENANT | {'csrf_token': token}))
        self.assert_ok(self.create(client, other))

    def test_without_a_token_nothing_is_written(self):
        client = self.officer
        self.assert_bad(self.create(client))
        self.assert_bad(self.create(client, json=TENANT | {'csrf_token': None}))
        token = client.csrf()
        garbage = ('', 'x', 'x' * len(token), token[:-1], token + 'A', token[::-1], token.swapcase(), '0' * 64, '=' * 75, 'x' * 5000)
        for bad in garbage:
            self.assert_bad(self.create(client, bad))
        for bad in ('', *garbage[1:5]):
            self.assert_bad(self.create(client, json=TENANT | {'csrf_token': bad}))
        self.assert_invalid(self.create(client, json=TENANT | {'csrf_token': 5}), 'csrf_token')
        self.assert_ok(self.create(client, token))

    def test_a_token_works_once(self):
        client = self.officer
        token = client.csrf()
        self.assert_ok(self.create(client, token))
        self.assert_bad(self.create(client, token))
        self.assert_bad(self.create(client, json=TENANT | {'csrf_token': token}))

    def test_several_tokens_of_a_session_work_in_any_order(self):
        client = self.officer
        tokens = [client.csrf() for _ in range(8)]
        self.assertEqual(len(set(tokens)), 8)
        for token in reversed(tokens):
            self.assert_ok(self.create(client, token))

    def test_a_token_sent_by_many_at_once_makes_one_write(self):
        token = self.officer.csrf()
        clients = [self.server.client(self.officer.token) for _ in range(8)]
        with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
            answers = list(pool.map(lambda client: self.create(client, token, json={'tenant_name': 'Race Winner'}), clients))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [403] * 7)
        self.assertEqual(self.officer.get(TENANTS, action='list', search='race winner').json['total'], 1)

    def test_a_token_is_good_for_its_own_session_only(self):
        program, browser = self.log_in_twice()
        for giver, taker in ((self.officer, program), (program, browser), (browser, program)):
            token = giver.csrf()
            self.assert_bad(self.create(taker, token))
            self.assert_ok(self.create(giver, token))

    def test_a_token_ends_with_its_session(self):
        before = self.server.client_of(email_of('service'))
        token = before.csrf()
        after = self.server.client_of(email_of('service'))
        self.assert_refused(self.create(before, token), 401, NOT_SIGNED_IN)
        self.assert_bad(self.create(after, token))

    def test_a_refused_call_spends_no_token(self):
        client = self.officer
        token = client.csrf()
        self.assert_refused(self.create(self.server.client('0' * 64), token), 401, NOT_SIGNED_IN)
        self.assert_invalid(self.create(client, token, json={'tenant_name': ''}), 'tenant_name')
        self.assertEqual(self.create(client, token, json=TENANT | {'tenant_address_id': 4711}).status, 404)
        self.assertEqual(client.request('POST', TENANTS, body=b'{', content_type='application/json', headers={'X-CSRF-Token': token}).status, 400)
        self.assertEqual(client.request('POST', TENANTS, body=b'x', content_type='text/plain', headers={'X-CSRF-Token': token}).status, 415)
        self.assert_ok(self.create(client, token))

    def test_reading_needs_no_token_and_spends_none(self):
        client = self.officer
        token = client.csrf()
        self.assert_ok(client.request('GET', TENANTS, {'action': 'list'}, headers={'X-CSRF-Token': token}))
        self.assert_ok(self.create(client, token))

    def test_another_sites_request_with_a_cookie_is_refused_whatever_it_carries(self):
        _, browser = self.log_in_twice()
        for site in ('cross-site', 'same-site', 'anything'):
            self.assert_bad(self.create(browser, browser.csrf(), headers={'Sec-Fetch-Site': site}))
        for site in ('same-origin', 'none'):
            self.assert_ok(self.create(browser, browser.csrf(), headers={'Sec-Fetch-Site': site}))
        bearer = self.as_role('manager')
        self.assert_ok(self.create(bearer, bearer.csrf(), headers={'Sec-Fetch-Site': 'cross-site'}))

    def test_the_check_comes_after_log_in_and_before_permission(self):
        viewer = self.as_role('viewer')
        self.assert_refused(self.create(self.server.client()), 401, NOT_SIGNED_IN)
        self.assert_bad(self.create(viewer))
        self.assert_refused(self.create(viewer, viewer.csrf()), 403, 'You do not have permission to perform this action')

    def test_a_token_outlives_a_restart_and_a_spent_one_stays_spent(self):
        client = self.officer
        spent, unspent = client.csrf(), client.csrf()
        self.assert_ok(self.create(client, spent))
        with self.server.offline():
            pass
        self.assert_bad(self.create(client, spent))
        self.assert_ok(self.create(client, unspent))


class ReusableCsrf(CsrfTest):
    """One of PropOps' pages lets a session use its token again and again: a setting."""
    roles = ('officer', 'manager')
    settings = {'TENANTRY_CSRF_MODE': 'session'}

    def test_a_token_works_again_for_its_own_session_only(self):
        token = self.officer.csrf()
        for _ in range(3):
            self.assert_ok(self.create(self.officer, token))
        self.assert_bad(self.create(self.as_role('manager'), token))
        self.assert_bad(self.create(self.officer))


if __name__ == '__main__':
    unittest.main()
