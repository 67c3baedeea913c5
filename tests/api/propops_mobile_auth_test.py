"""Changing a token for a mobile session, and ending it."""
import datetime
import unittest

from support.case import NOT_PERMITTED, NOT_SIGNED_IN, ApiTest
from support.server import email_of

MOBILE = '/api/security/mobile-auth'


class MobileAuth(ApiTest):
    def validate(self, client, **members):
        return client.request('POST', MOBILE, json={'action': 'validate_token', 'token': client.token, **members})

    def test_a_token_is_changed_for_a_session_of_a_year(self):
        answer = self.assert_ok(self.validate(self.officer, platform='ios', device_type='phone', app_version='1.2')).json
        self.assertEqual((answer['user']['email'], answer['user']['role_name']), (email_of('officer'), 'officer'))
        mobile = self.server.client(answer['session_token'])
        self.assert_ok(mobile.request('POST', '/api/tenants/manage', json={'tenant_name': 'Mo Bile'}, headers={'X-CSRF-Token': answer['csrf_token']}))
        session = next(row for row in self.admin.get('/api/security/sessions', action='list').data if row['kind'] == 'mobile')
        created, expires = (datetime.datetime.fromisoformat(session[name]) for name in ('created_at', 'expires_at'))
        self.assertEqual(expires - created, datetime.timedelta(days=365))

    def test_a_form_and_the_query_work_too(self):
        client = self.as_role('manager')
        self.assert_ok(client.request('POST', MOBILE, form={'action': 'validate_token', 'token': client.token, 'platform': 'android'}))
        self.assert_ok(client.request('POST', MOBILE, {'action': 'validate_token'}, json={'token': client.token}))

    def test_only_a_live_token_of_the_callers_own_account_is_taken(self):
        for token in ('0' * 64, 'x', self.as_role('manager').token, self.officer.token[:-1]):
            self.assert_refused(self.validate(self.officer, token=token), 401, NOT_SIGNED_IN)
        for token in (None, '', 5, 'x' * 129):
            self.assert_invalid(self.validate(self.officer, token=token), 'token')

    def test_what_is_malformed_is_refused(self):
        for platform in ('windows', 'IOS', 5):
            self.assert_invalid(self.validate(self.officer, platform=platform), 'platform')
        for name in ('device_type', 'app_version'):
            self.assert_invalid(self.validate(self.officer, **{name: 'x' * 65}), name)
        for action in (None, '', 'login', 5):
            self.assert_invalid(self.officer.request('POST', MOBILE, json={'action': action}), 'action')

    def test_who_lacks_the_permission_is_refused(self):
        for role in ('viewer', 'records'):
            self.assert_refused(self.validate(self.as_role(role)), 403, NOT_PERMITTED)
        self.assert_refused(self.server.client().request('POST', MOBILE, json={'action': 'logout'}), 401, NOT_SIGNED_IN)

    def test_logging_out_ends_the_session_of_the_call_only(self):
        mobile = self.server.client(self.assert_ok(self.validate(self.officer)).json['session_token'])
        self.assert_done(mobile.request('POST', MOBILE, json={'action': 'logout'}))
        self.assert_refused(mobile.get('/api/users/permissions'), 401, NOT_SIGNED_IN)
        self.assert_ok(self.officer.get('/api/users/permissions'))

    def test_a_new_log_in_leaves_a_mobile_session(self):
        client = self.server.client_of(email_of('service'))
        mobile = self.server.client(self.assert_ok(self.validate(client)).json['session_token'])
        self.server.client_of(email_of('service'))
        self.assert_ok(mobile.get('/api/users/permissions'))


if __name__ == '__main__':
    unittest.main()
