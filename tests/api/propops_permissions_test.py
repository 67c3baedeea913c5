"""Permissions of users and roles, and that a change counts from the very next request."""
import unittest

from support.case import BEYOND, NOBODY, NOT_PERMITTED, ApiTest
from support.server import email_of

PERMISSIONS = '/api/users/permissions'
STAFF = '/api/admin/staff-permissions'
SEARCH = 'api.search.global.manage'
LOG = 'api.admin.activity_log.view'
OWN_RIGHT = 'Your own role cannot give up the right to change permissions'
ROLE = {'service': 1, 'admin': 2, 'manager': 3, 'officer': 4, 'records': 5, 'viewer': 6}


class Permissions(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.server.offline():
            cls.server.add_user('deputy@lettings.example', 'Dep Uty', 'manager')
        keys = ['api.users.permissions.manage', 'api.admin.staff_permissions.manage']
        cls.assert_done(cls(), cls.server.as_role('admin').put(PERMISSIONS, {'action': 'grant', 'user_uuid': cls.uuid_of(cls(), 'deputy'), 'permissions': keys}))

    def uuid_of(self, role):
        return self.admin.get('/api/users/users', action='search', search=email_of(role)).data[0]['uuid']

    def keys_of(self, role):
        return set(self.assert_ok(self.as_role(role).get(PERMISSIONS)).data['permissions'])

    def change(self, action, role, keys, client=None):
        return (client or self.admin).put(PERMISSIONS, {'action': action, 'user_uuid': self.uuid_of(role), 'permissions': keys})

    def set_role(self, *settings, client=None):
        rows = [{'role_id': ROLE[role], 'permission_key': key, 'permission_value': value} for role, key, value in settings]
        return (client or self.admin).post(STAFF, {'permissions': rows})

    def may_search(self, role):
        answer = self.as_role(role).get('/api/search', q='anything')
        self.assertIn(answer.status, (200, 403), str(answer))
        return answer.status == 200

    # Reading one's own

    def test_everybody_reads_their_own_permissions_role_and_type(self):
        for role, level in (('service', 50), ('admin', 100), ('manager', 60), ('officer', 40), ('records', 60), ('viewer', 20)):
            data = self.assert_ok(self.as_role(role).get(PERMISSIONS)).data
            self.assertEqual((data['role'], data['account_type']), ({'id': ROLE[role], 'name': role, 'level': level}, {'id': 1, 'name': 'Staff'}))

    def test_a_key_with_another_spelling_is_listed_under_both(self):
        keys = self.keys_of('admin')
        for pair in (('api.admin.activity_log.view', 'api.admin.activity-log.manage'), ('api.tenants.assign_address.manage', 'api.tenants.assign-address.manage'),
                     ('api.security.mobile_auth.use', 'api.security.mobile-auth.use'), ('api.users.logout_user.manage', 'api.users.logout-user.manage')):
            self.assertTrue(set(pair) <= keys, pair)
        self.assertEqual(self.keys_of('service') & {'api.users.users.manage', LOG}, set())

    # A user's

    def test_grant_and_revoke_count_from_the_very_next_request(self):
        officer = self.officer
        reads_log = lambda: officer.get('/api/admin/activity-log').status == 200
        for _ in range(2):
            self.assertFalse(reads_log())
            self.assert_done(self.change('grant', 'officer', [LOG]))
            self.assertTrue(reads_log())
            self.assertIn(LOG, self.keys_of('officer'))
            self.assert_done(self.change('revoke', 'officer', [LOG]))
        self.assertFalse(reads_log())

    def test_a_revoked_permission_of_the_role_is_gone_for_that_user_only(self):
        tenant = {'tenant_name': 'Revo Ked'}
        self.assert_done(self.change('revoke', 'officer', ['api.tenants.manage.manage']))
        self.assert_refused(self.officer.post('/api/tenants/manage', tenant), 403, NOT_PERMITTED)
        self.assert_ok(self.as_role('service').post('/api/tenants/manage', tenant))
        self.assert_done(self.change('grant', 'officer', ['api.tenants.manage.manage']))
        self.assert_ok(self.officer.post('/api/tenants/manage', tenant))

    def test_sync_makes_exactly_these_the_users_keys(self):
        before = self.keys_of('service')
        self.assert_done(self.change('sync', 'service', ['api.tenants.manage.view', LOG]))
        self.assertEqual(self.keys_of('service'), {'api.tenants.manage.view', LOG, 'api.admin.activity-log.manage'})
        self.assertFalse(self.may_search('service'))
        self.assert_done(self.change('sync', 'service', []))
        self.assertEqual(self.keys_of('service'), set())
        held_by_admin = sorted(before & self.keys_of('admin'))
        self.assert_done(self.change('sync', 'service', held_by_admin))
        self.assertEqual(self.keys_of('service'), before)

    def test_every_spelling_of_a_key_means_the_same(self):
        reads_log = lambda: self.as_role('viewer').get('/api/admin/activity-log').status == 200
        for key in (LOG, 'api.admin.activity-log.view', 'api.admin.activity-log.manage', 'api.admin.activity_log.manage'):
            self.assert_done(self.change('grant', 'viewer', [key]))
            self.assertTrue(reads_log(), key)
            self.assert_done(self.change('revoke', 'viewer', [key]))
            self.assertFalse(reads_log(), key)

    def test_what_is_missing_malformed_or_unknown_is_refused(self):
        before = self.keys_of('viewer')
        for keys in (None, 'api.search.global.manage', {}, [5], [None], ['api.search.global'], ['page.everything.view'], [SEARCH, 'api.unknown.key.manage'], [''],
                     [SEARCH] * 201):
            self.assert_invalid(self.change('revoke', 'viewer', keys), 'permissions')
        self.assert_invalid(self.admin.put(PERMISSIONS, {'action': 'grant', 'user_uuid': self.uuid_of('viewer')}), 'permissions')
        self.assert_invalid(self.admin.put(PERMISSIONS, {'action': 'grant', 'permissions': [SEARCH]}), 'user_uuid')
        for action in (None, 'set', ''):
            self.assert_invalid(self.change(action, 'viewer', [SEARCH]), 'action')
        for identity in ({'user_uuid': NOBODY}, {'user_id': BEYOND}):
            self.assert_refused(self.admin.put(PERMISSIONS, {'action': 'grant', 'permissions': [SEARCH], **identity}), 404, 'No such user')
        self.assertEqual(self.keys_of('viewer'), before)

    def test_nobody_grants_what_they_lack_or_to_whom_they_must_not(self):
        deputy = self.server.client_of('deputy@lettings.example')
        before = self.keys_of('viewer')
        for action in ('grant', 'sync'):
            self.assert_refused(self.change(action, 'viewer', [SEARCH, 'api.users.users.manage'], client=deputy), 403, NOT_PERMITTED)
        for action in ('grant', 'revoke', 'sync'):
            self.assert_refused(self.change(action, 'admin', [SEARCH], client=deputy), 403, NOT_PERMITTED)
        self.assertEqual(self.keys_of('viewer'), before)
        self.assert_done(self.change('grant', 'viewer', ['api.addresses.manage.manage'], client=deputy))
        self.assert_done(self.change('revoke', 'viewer', ['api.addresses.manage.manage'], client=deputy))

    # A role's

    def test_a_roles_permission_counts_from_the_very_next_request(self):
        for value in (False, True):
            answer = self.assert_ok(self.set_role(('manager', SEARCH, value), ('manager', 'api.admin.activity-log.manage', value)))
            self.assertEqual(answer.json['updated_count'], 2)
            self.assertEqual(self.may_search('manager'), value)
            self.assertEqual(self.as_role('manager').get('/api/admin/activity-log').status, 200 if value else 403)

    def test_all_settings_are_made_or_none(self):
        before = self.keys_of('manager')
        bad = {'role_id': ROLE['manager'], 'permission_key': 'api.unknown.key.manage', 'permission_value': False}
        rows = [{'role_id': ROLE['manager'], 'permission_key': SEARCH, 'permission_value': False}, bad]
        self.assert_invalid(self.admin.post(STAFF, {'permissions': rows}), 'permissions')
        self.assertEqual(self.keys_of('manager'), before)

    def test_malformed_settings_are_refused(self):
        good = {'role_id': ROLE['manager'], 'permission_key': SEARCH, 'permission_value': True}
        rows = [[], {}, 'x', None, [good] * 201, [5], [[good]]]
        rows += [[{key: value for key, value in good.items() if key != missing}] for missing in good]
        rows += [[good | change] for change in ({'role_id': '3'}, {'role_id': 1.5}, {'permission_key': 5}, {'permission_key': 'x'}, {'permission_value': 1},
                                                {'permission_value': 'true'}, {'permission_value': None})]
        for permissions in rows:
            self.assert_invalid(self.admin.post(STAFF, {'permissions': permissions}), 'permissions')
        self.assert_invalid(self.admin.post(STAFF, {}), 'permissions')
        self.assert_invalid(self.admin.post(STAFF, {'permissions': [good | {'role_id': 99}]}), 'role_id')

    def test_nobody_changes_a_role_above_their_own_or_gives_what_they_lack(self):
        deputy = self.server.client_of('deputy@lettings.example')
        for setting in (('admin', SEARCH, False), ('viewer', 'api.users.users.manage', True)):
            self.assert_refused(self.set_role(setting, client=deputy), 403, NOT_PERMITTED)
        self.assert_ok(self.set_role(('viewer', SEARCH, True), client=deputy))

    def test_nobody_takes_this_right_from_their_own_role(self):
        for key in ('api.admin.staff_permissions.manage', 'api.admin.staff-permissions.manage'):
            self.assert_refused(self.set_role(('admin', key, False)), 400, OWN_RIGHT)
        self.assert_ok(self.set_role(('admin', SEARCH, True)))

    def test_changes_are_in_the_activity_log(self):
        self.assert_done(self.change('grant', 'viewer', [SEARCH]))
        self.assert_ok(self.set_role(('viewer', SEARCH, True)))
        for action in ('permission.granted', 'role.granted'):
            self.assertEqual(self.activity(action=action, limit=1)[0]['user_name'], 'Sam Admin')


if __name__ == '__main__':
    unittest.main()
