"""Logging in and out: bearer tokens, browser sessions, Remember Me, and guessing made slow."""
import datetime
import unittest

from support.case import NOT_SIGNED_IN, ApiTest
from support.server import PASSWORD, email_of

LOG_IN = '/api/auth/login'
WRONG = 'Invalid email or password'
ANY = '/api/users/permissions'  # every account may read its own
DAY_MS = 24 * 60 * 60 * 1000


class LogIn(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.server.offline():
            for name in ('remembered', 'disabled', 'blacklisted', 'guessed', 'patient', 'twice'):
                cls.server.add_user(f'{name}@lettings.example', 'Lee Visitor', 'viewer')
            cls.server.add_user('renter@lettings.example', 'Ren Ter', 'viewer', account_type='Tenant')
            cls.server.add_user('named@lettings.example', 'Nam Ed', 'viewer', username='Nam.Ed', account_type='Agent')

    def log_in(self, email, password=PASSWORD, **members):
        return self.server.log_in(email, password, **members)

    def browser(self, cookies):
        return self.server.client(Cookie='; '.join(f'{name}={value}' for name, value in cookies.items()))

    def assert_signed_in(self, client):
        return self.assert_ok(client.get(ANY))

    def assert_signed_out(self, client):
        self.assert_refused(client.get(ANY), 401, NOT_SIGNED_IN)

    # Right and wrong

    def test_the_right_password_gives_a_token_for_ninety_days(self):
        before = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        answer = self.assert_ok(self.log_in('twice@lettings.example')).json
        after = datetime.datetime.now(datetime.timezone.utc)
        expires = datetime.datetime.fromisoformat(answer['expires_at']) - datetime.timedelta(days=90)
        self.assertTrue(before <= expires <= after, answer['expires_at'])
        self.assertEqual(answer['user'], {'name': 'Lee Visitor', 'email': 'twice@lettings.example', 'account_type': 'Staff'})
        self.assert_signed_in(self.server.client(answer['token']))

    def test_the_email_is_known_in_any_case_and_the_username_too(self):
        for login in ('named@lettings.example', 'NAMED@Lettings.Example', ' named@lettings.example ', 'nam.ed', 'NAM.ED'):
            self.assertEqual(self.assert_ok(self.log_in(login)).json['user']['account_type'], 'Agent')

    def test_a_form_logs_in_as_json_does(self):
        form = {'email': 'named@lettings.example', 'password': PASSWORD, 'remember_me': '0'}
        self.assertEqual(list(self.assert_ok(self.server.client().request('POST', LOG_IN, form=form)).cookies()), ['DYNAMO_SESSION'])

    def test_every_refusal_looks_the_same(self):
        status = lambda name, action: self.assert_done(self.admin.post('/api/users/users', {'action': action, 'uuid': self._uuid_of(name)}))
        status('disabled', 'toggle_status')
        status('blacklisted', 'add_to_blacklist')
        answers = [self.log_in('patient@lettings.example', 'not the right password'), self.log_in('nobody@lettings.example')]
        answers += [self.log_in(f'{name}@lettings.example') for name in ('disabled', 'blacklisted', 'renter')]
        for answer in answers:
            self.assert_refused(answer, 401, WRONG)
            self.assertEqual([name for name, _ in answer.headers], [name for name, _ in answers[0].headers])
            self.assertEqual(answer.header_values('Set-Cookie'), [])

    def _uuid_of(self, name):
        return self.admin.get('/api/users/users', action='search', search=f'{name}@lettings.example').data[0]['uuid']

    def test_a_password_is_compared_whole(self):
        for password in (PASSWORD + ' ', PASSWORD[:-1], PASSWORD.upper(), ' ' + PASSWORD):
            self.assert_refused(self.log_in('patient@lettings.example', password), 401, WRONG)
            self.assert_ok(self.log_in('patient@lettings.example'))

    def test_what_is_missing_or_malformed_is_refused(self):
        ask = lambda members: self.server.client().request('POST', LOG_IN, json=members)
        self.assert_invalid(ask({}), 'email')
        self.assert_invalid(ask({'password': PASSWORD}), 'email')
        for email in (None, '', 5, [], 'x' * 255):
            self.assert_invalid(ask({'email': email, 'password': PASSWORD}), 'email')
        for password in (None, '', 5, [], 'x' * 257, 'é' * 129):
            self.assert_invalid(ask({'email': email_of('viewer'), 'password': password}), 'password')
        for remember in ('yes', 2, []):
            self.assert_invalid(ask({'email': email_of('viewer'), 'password': PASSWORD, 'remember_me': remember}), 'remember_me')

    def test_success_and_failure_are_in_the_activity_log(self):
        account = self.admin.get('/api/users/users', action='search', search='patient@').data[0]['ID']
        self.log_in('patient@lettings.example', 'not the right password')
        failed = self.wait_for_activity(lambda entry: entry['resource_id'] == account, action='login.failed')
        self.assertEqual((failed['user_id'], failed['outcome'], failed['ip_address']), (None, 'denied', '127.0.0.1'))
        self.assert_ok(self.log_in('patient@lettings.example'))
        self.assertEqual(self.activity(action='session.opened_api', user_id=account, limit=1)[0]['outcome'], 'ok')

    # Guessing

    def test_from_the_fourth_wrong_password_on_everybody_must_wait(self):
        guess = lambda password='a wrong password': self.log_in('guessed@lettings.example', password)
        self.assert_ok(self.log_in('patient@lettings.example'))  # from here on the address is known
        before = self._throttles()
        counted = lambda: {key: row for key, row in self._throttles().items() if key not in before}
        for failures, delay_ms in ((1, 0), (2, 0), (3, 0), (4, 1000)):
            self.assert_refused(guess(), 401, WRONG)
            self.assertEqual(list(counted().values()), [(failures, delay_ms)])
        (key,) = counted()
        with self.server.offline() as database:
            database.execute('UPDATE login_throttle SET blocked_until = blocked_until + 3600000 WHERE key = ?', (key,))
        for password in ('a wrong password', PASSWORD):
            answer = guess(password)
            self.assert_refused(answer, 429, 'Too many log-in attempts; try again later')
            self.assertTrue(3000 < int(answer.header('Retry-After')) <= 3601, answer.header('Retry-After'))
        self.assert_ok(self.log_in('patient@lettings.example'))
        with self.server.offline() as database:
            database.execute('UPDATE login_throttle SET blocked_until = 0 WHERE key = ?', (key,))
        self.assert_ok(guess(PASSWORD))
        self.assertEqual(counted(), {})

    def _throttles(self):
        """Failures and the delay after the last of them, by the hash of the account or address."""
        with self.server.offline() as database:
            rows = database.execute('SELECT key, failures, blocked_until - forgotten_at + ? FROM login_throttle', (DAY_MS,)).fetchall()
        return {key: (failures, delay_ms) for key, failures, delay_ms in rows}

    # Tokens

    def test_a_new_log_in_ends_the_token_before(self):
        first = self.server.client_of('twice@lettings.example')
        other = self.server.client_of('patient@lettings.example')
        second = self.server.client_of('twice@lettings.example')
        self.assert_signed_out(first)
        self.assert_signed_in(second)
        self.assert_signed_in(other)

    def test_only_a_bearer_token_as_it_was_given_is_one(self):
        token = self.assert_ok(self.log_in('twice@lettings.example')).json['token']
        for header in (f'Bearer {token}', f'bearer {token}', f'BEARER  {token}'):
            self.assert_signed_in(self.server.client(Authorization=header))
        for header in ('Bearer', 'Bearer ', token, f'Basic {token}', f'Bearer {token}0', f'Bearer {token[:-1]}', f'Bearer {token.upper()}', 'Bearer ' + 'x' * 200):
            self.assert_signed_out(self.server.client(Authorization=header))
        self.assert_signed_out(self.server.client())

    # Browsers

    def test_remember_me_decides_which_cookies_are_set(self):
        for members, ages in (({}, {}), ({'remember_me': None}, {}), ({'remember_me': False}, {'DYNAMO_SESSION': 7200}),
                              ({'remember_me': 'true'}, {'DYNAMO_SESSION': 7200, 'remember_token': 30 * 86400})):
            answer = self.assert_ok(self.log_in('remembered@lettings.example', **members))
            lines = answer.header_values('Set-Cookie')
            self.assertEqual({line.split('=')[0]: int(line.split('Max-Age=')[1].split(';')[0]) for line in lines}, ages)
            for line in lines:
                self.assertIn('; HttpOnly; SameSite=Lax', line)
            self.assertNotIn(answer.json['token'], answer.cookies().values())

    def test_a_session_cookie_works_as_a_token_does(self):
        cookies = self.assert_ok(self.log_in(email_of('officer'), remember_me=False)).cookies()
        browser = self.browser(cookies)
        self.assert_ok(browser.post('/api/tenants/manage', {'tenant_name': 'Coo Kie'}))
        self.assertEqual(self.assert_signed_in(browser).cookies(), {})
        self.assert_signed_out(self.server.client(Cookie=f'DYNAMO_SESSION={cookies["DYNAMO_SESSION"]}; DYNAMO_SESSION={"0" * 64}'))
        self.assert_signed_out(self.server.client('0' * 64, Cookie=f'DYNAMO_SESSION={cookies["DYNAMO_SESSION"]}'))

    def test_a_browser_session_ends_when_it_is_idle_or_old(self):
        for change in ('last_active_at = last_active_at - 31 * 60 * 1000', 'expires_at = expires_at - 2 * 60 * 60 * 1000'):
            answer = self.assert_ok(self.log_in('remembered@lettings.example', remember_me=False))
            self.assert_signed_in(self.browser(answer.cookies()))
            with self.server.offline() as database:
                database.execute(f'UPDATE session SET {change} WHERE kind IN (1, 2)')
            self.assert_signed_out(self.browser(answer.cookies()))
            self.assert_signed_in(self.server.client(answer.json['token']))

    def test_remember_me_opens_a_new_session_once_the_browsers_has_ended(self):
        old = self._remembered_with_ended_session()
        opened = self.assert_signed_in(self.browser(old)).cookies()
        self.assertEqual(opened.keys(), {'DYNAMO_SESSION', 'remember_token'})
        self.assertFalse(set(opened.values()) & set(old.values()))
        self.assert_signed_out(self.browser(old))
        self.assertEqual(self.assert_signed_in(self.browser(opened)).cookies(), {})
        self.assertEqual(self.assert_signed_in(self.browser({'remember_token': opened['remember_token']})).cookies().keys(), opened.keys())

    def test_remember_me_is_no_credential_beside_a_bearer_token_or_in_place_of_a_session(self):
        old = self._remembered_with_ended_session()
        self.assert_signed_out(self.server.client('0' * 64, Cookie=f'remember_token={old["remember_token"]}'))
        self.assert_signed_out(self.server.client(old['remember_token']))
        self.assert_signed_out(self.browser({'DYNAMO_SESSION': old['remember_token']}))
        self.assert_signed_in(self.browser(old))

    def test_a_refused_write_opens_no_session_and_spends_no_remember_me(self):
        old = self._remembered_with_ended_session()
        refused = self.browser(old).request('POST', '/api/tenants/manage', json={'tenant_name': 'Not Made'}, headers={'X-CSRF-Token': 'x' * 75})
        self.assertEqual((refused.status, refused.cookies()), (403, {}))
        self.assert_signed_in(self.browser(old))

    def _remembered_with_ended_session(self):
        cookies = self.assert_ok(self.log_in('remembered@lettings.example', remember_me=True)).cookies()
        with self.server.offline() as database:
            database.execute('UPDATE session SET expires_at = 1 WHERE kind = 2')
        return cookies

    # Logging out

    def test_logging_out_ends_the_session_and_remember_me(self):
        cookies = self.assert_ok(self.log_in('remembered@lettings.example', remember_me=True)).cookies()
        answer = self.assert_ok(self.browser(cookies).get('/logout'))
        self.assertEqual(answer.json, {'success': True, 'message': 'Logged out'})
        self.assertEqual(answer.cookies(), {'DYNAMO_SESSION': '', 'remember_token': ''})
        self.assertTrue(all('; Max-Age=0;' in line for line in answer.header_values('Set-Cookie')))
        self.assert_signed_out(self.browser(cookies))
        self.assert_signed_out(self.browser({'remember_token': cookies['remember_token']}))

    def test_logging_out_ends_a_bearer_token(self):
        client = self.server.client_of('twice@lettings.example')
        self.assert_ok(client.get('/logout'))
        self.assert_signed_out(client)

    def test_logging_out_without_a_session_is_no_error(self):
        for client in (self.server.client(), self.server.client('0' * 64), self.browser({'DYNAMO_SESSION': 'x', 'remember_token': 'y'})):
            self.assert_ok(client.get('/logout'))


if __name__ == '__main__':
    unittest.main()
