"""Listing and ending sessions, and the blacklist, at each of the places that offer it."""
import unittest

from support.case import BEYOND, NOBODY, NOT_PERMITTED, NOT_SIGNED_IN, ApiTest
from support.server import PASSWORD, email_of

SESSIONS = '/api/security/sessions'
USERS = '/api/users/users'
LOG_OUT = '/api/users/logout-user'
ANY = '/api/users/permissions'


class Sessions(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.server.offline():
            for name in ('target', 'blacklisted', 'browser'):
                cls.server.add_user(f'{name}@lettings.example', 'Tar Get', 'officer')
            cls.server.add_user('contractor@lettings.example', 'Con Tractor', 'admin', account_type='Contractor')
            cls.server.add_user('deputy@lettings.example', 'Dep Uty', 'manager')
        deputy = cls.user_of(cls(), 'deputy')
        keys = ['api.security.sessions.list', 'api.security.sessions.terminate', 'api.users.users.manage', 'api.users.logout_user.manage']
        cls.assert_done(cls(), cls.server.as_role('admin').put('/api/users/permissions', {'action': 'grant', 'user_uuid': deputy['uuid'], 'permissions': keys}))

    def user_of(self, name):
        return self.admin.get(USERS, action='search', search=f'{name}@lettings.example').data[0]

    def sessions_of(self, name, path=SESSIONS):
        if path == SESSIONS:
            user = self.user_of(name)['ID']
            return [row for row in self.assert_ok(self.admin.get(SESSIONS, action='list', limit=200)).data if row['user_id'] == user]
        return self.assert_ok(self.admin.get(USERS, action='get_user_sessions', uuid=self.user_of(name)['uuid'])).data

    def log_in(self, name):
        return self.server.client_of(f'{name}@lettings.example')

    def assert_ended(self, client):
        self.assert_refused(client.get(ANY), 401, NOT_SIGNED_IN)

    # Listing

    def test_everybodys_sessions_are_listed(self):
        client = self.server.client(**{'User-Agent': 'Invented/1.0 (Test)'})
        client.request('POST', '/api/auth/login', json={'email': 'target@lettings.example', 'password': PASSWORD, 'remember_me': True})
        for path in (SESSIONS, USERS):
            rows = self.sessions_of('target', path)
            self.assertEqual(sorted(row['kind'] for row in rows), ['api', 'browser', 'remember'])
            for row in rows:
                self.assertEqual((row['user_name'], row['ip_address'], row['user_agent'], row['is_current']),
                                 ('Tar Get', '127.0.0.1', 'Invented/1.0 (Test)', False))
        for listing in ({'path': SESSIONS, 'action': 'list'}, {'path': USERS, 'action': 'get_active_sessions'}):
            rows = self.admin.get(listing['path'], action=listing['action'], limit=200)
            self.assertEqual([row['user_id'] for row in rows.data if row['is_current']], [self.user_of('admin')['ID']])
            self.assertEqual(rows.json['total'], len(rows.data))
            page = self.admin.get(listing['path'], action=listing['action'], limit=1, offset=1)
            self.assertEqual((page.data, page.json['count'], page.json['total']), (rows.data[1:2], 1, rows.json['total']))

    def test_a_listing_refuses_what_is_malformed(self):
        for action in (None, 'all', ''):
            self.assert_invalid(self.admin.get(SESSIONS, **({} if action is None else {'action': action})), 'action')
        for name, value in (('limit', 0), ('limit', 201), ('offset', -1)):
            self.assert_invalid(self.admin.get(SESSIONS, action='list', **{name: value}), name)

    # Ending

    def test_one_session_is_ended_at_either_place(self):
        ways = (lambda row: self.admin.post(SESSIONS, {'action': 'terminate', 'session_id': row['session_id'], 'reason': 'Lost laptop'}),
                lambda row: self.admin.post(SESSIONS, form={'action': 'terminate', 'session_id': row['session_id']}),
                lambda row: self.admin.post(USERS, {'action': 'terminate_session', 'session_id': row['session_id']}))
        for way in ways:
            client = self.log_in('target')
            (row,) = [row for row in self.sessions_of('target') if row['kind'] == 'api']
            self.assert_done(way(row))
            self.assert_ended(client)
            self.assert_refused(way(row), 404, 'No such session')

    def test_ending_a_browsers_session_forgets_the_browser(self):
        cookies = self.server.log_in('browser@lettings.example', remember_me=True).cookies()
        (row,) = [row for row in self.sessions_of('browser') if row['kind'] == 'browser']
        self.assert_done(self.admin.post(SESSIONS, {'action': 'terminate', 'session_id': row['session_id']}))
        self.assert_ended(self.server.client(Cookie='; '.join(f'{name}={value}' for name, value in cookies.items())))

    def test_ones_own_current_session_is_not_ended_here(self):
        (current,) = [row for row in self.sessions_of('admin') if row['is_current']]
        for path, action in ((SESSIONS, 'terminate'), (USERS, 'terminate_session')):
            self.assert_refused(self.admin.post(path, {'action': action, 'session_id': current['session_id']}), 400,
                                'Your own current session is ended with /logout')

    def test_what_names_no_session_is_refused(self):
        for path, action in ((SESSIONS, 'terminate'), (USERS, 'terminate_session')):
            for session in (None, '', 'x', 5):
                self.assert_invalid(self.admin.post(path, {'action': action, 'session_id': session}), 'session_id')
            self.assert_refused(self.admin.post(path, {'action': action, 'session_id': NOBODY}), 404, 'No such session')
        for action in (None, 'list', 'end'):
            self.assert_invalid(self.admin.post(SESSIONS, {'action': action}), 'action')
        self.assert_invalid(self.admin.post(SESSIONS, {'action': 'terminate', 'session_id': NOBODY, 'reason': 'x' * 501}), 'reason')

    def test_all_sessions_of_a_user_are_ended_at_once(self):
        user = self.user_of('target')
        for identity in ({'uuid': user['uuid']}, {'user_uuid': user['uuid']}, {'user_id': user['ID']}):
            clients = [self.log_in('target')]
            clients.append(self.server.client(clients[0].request('POST', '/api/security/mobile-auth', json={'action': 'validate_token', 'token': clients[0].token}).json['session_token']))
            self.assert_done(self.admin.post(LOG_OUT, identity))
            for client in clients:
                self.assert_ended(client)
        self.assertEqual(self.sessions_of('target'), [])
        self.assert_invalid(self.admin.post(LOG_OUT, {}), 'uuid')
        self.assert_refused(self.admin.post(LOG_OUT, {'uuid': NOBODY}), 404, 'No such user')
        self.assert_refused(self.admin.post(LOG_OUT, {'uuid': user['uuid'], 'user_id': self.user_of('browser')['ID']}), 400, 'The parameters name different users')
        self.assert_refused(self.admin.post(LOG_OUT, {'uuid': self.user_of('admin')['uuid']}), 400, 'Your own session is ended with /logout')

    # Blacklist

    def test_a_blacklisted_user_is_out_until_taken_off(self):
        user = self.user_of('blacklisted')
        ways = ((SESSIONS, 'blacklist_add', 'blacklist_remove', {'user_id': user['ID'], 'reason': 'Left'}),
                (SESSIONS, 'blacklist_add', 'blacklist_remove', {'user_uuid': user['uuid']}),
                (USERS, 'add_to_blacklist', 'remove_from_blacklist', {'uuid': user['uuid']}))
        for path, add, remove, identity in ways:
            client = self.log_in('blacklisted')
            self.assert_done(self.admin.post(path, {'action': add, **identity}))
            self.assertEqual(self.user_of('blacklisted')['account_status_name'], 'Blacklisted')
            self.assert_ended(client)
            self.assert_refused(self.server.log_in('blacklisted@lettings.example'), 401, 'Invalid email or password')
            self.assert_done(self.admin.post(path, {'action': remove, **identity}))
            self.assertEqual(self.user_of('blacklisted')['account_status_name'], 'Active')
            self.assert_ended(client)
            self.log_in('blacklisted')

    def test_taking_off_the_blacklist_enables_nobody_who_is_disabled(self):
        user = self.user_of('viewer')
        for path, remove in ((SESSIONS, 'blacklist_remove'), (USERS, 'remove_from_blacklist')):
            self.assert_refused(self.admin.post(path, {'action': remove, 'user_uuid': user['uuid']}), 400, 'This user is not blacklisted')
        self.assert_done(self.admin.post(USERS, {'action': 'toggle_status', 'uuid': user['uuid']}))
        self.assert_refused(self.admin.post(SESSIONS, {'action': 'blacklist_remove', 'user_id': user['ID']}), 400, 'This user is not blacklisted')
        self.assertEqual(self.user_of('viewer')['account_status_name'], 'Disabled')

    def test_nobody_blacklists_themselves_or_nobody(self):
        admin = self.user_of('admin')
        for path, add in ((SESSIONS, 'blacklist_add'), (USERS, 'add_to_blacklist')):
            self.assert_refused(self.admin.post(path, {'action': add, 'user_uuid': admin['uuid']}), 400, 'You cannot do this to your own account')
            self.assert_refused(self.admin.post(path, {'action': add, 'user_uuid': NOBODY}), 404, 'No such user')
            self.assert_refused(self.admin.post(path, {'action': add, 'user_id': BEYOND}), 404, 'No such user')
        self.assert_invalid(self.admin.post(SESSIONS, {'action': 'blacklist_add'}), 'user_id')

    # Level and type

    def test_nobody_ends_a_session_above_their_own_level(self):
        deputy = self.log_in('deputy')
        admin, (above,) = self.user_of('admin'), self.sessions_of('admin')
        for answer in (deputy.post(SESSIONS, {'action': 'terminate', 'session_id': above['session_id']}),
                       deputy.post(SESSIONS, {'action': 'blacklist_add', 'user_id': admin['ID']}),
                       deputy.post(USERS, {'action': 'terminate_session', 'session_id': above['session_id']}),
                       deputy.post(USERS, {'action': 'add_to_blacklist', 'uuid': admin['uuid']}),
                       deputy.post(LOG_OUT, {'uuid': admin['uuid']})):
            self.assert_refused(answer, 403, NOT_PERMITTED)
        client = self.log_in('target')
        self.assert_done(deputy.post(LOG_OUT, {'uuid': self.user_of('target')['uuid']}))
        self.assert_ended(client)

    def test_sessions_are_for_staff_whatever_the_role(self):
        contractor = self.log_in('contractor')
        self.assert_refused(contractor.get(SESSIONS, action='list'), 403, NOT_PERMITTED)
        self.assert_refused(contractor.post(SESSIONS, {'action': 'terminate', 'session_id': NOBODY}), 403, NOT_PERMITTED)
        self.assert_ok(contractor.get(USERS, action='get_all_users'))


if __name__ == '__main__':
    unittest.main()
