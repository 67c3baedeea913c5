"""Users and profiles: every action, and that nobody acts above their own level or on themselves."""
import unittest

from support.case import BAD_CSRF, BEYOND, NOBODY, NOT_PERMITTED, NOT_SIGNED_IN, ApiTest
from support.server import PASSWORD, ROLES, email_of

USERS = '/api/users/users'
PROFILE = '/api/users/profile'
ANY = '/api/users/permissions'
ROLE_IDS = {role: number for number, role in enumerate(ROLES, 1)}
TAKEN = 'This e-mail address or username is already in use'
ONESELF = 'You cannot do this to your own account'


class Users(ApiTest):
    made = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.server.offline():
            cls.server.add_user('contractor@lettings.example', 'Con Tractor', 'admin', account_type='Contractor')
        cls.assert_done(cls(), cls.server.as_role('admin').put('/api/users/permissions', {
            'action': 'grant', 'user_id': cls.user_of(cls(), 'manager')['ID'], 'permissions': ['api.users.users.manage']}))

    def user_of(self, role):
        return self.admin.get(USERS, action='search', search=email_of(role)).data[0]

    def members(self, **members):
        Users.made += 1
        return {'action': 'create_user', 'first_name': 'Ada', 'last_name': f'Number{self.made}', 'email': f'ada{self.made}@lettings.example', 'password': PASSWORD,
                'account_type_id': 1, 'role_id': ROLE_IDS['officer'], **members}

    def create(self, client=None, **members):
        return self.assert_ok((client or self.admin).post(USERS, self.members(**members))).data

    def get(self, user):
        return self.assert_ok(self.admin.get(USERS, action='get_user', uuid=user['uuid'])).data

    def change(self, user, action, client=None, **members):
        return (client or self.admin).post(USERS, {'action': action, 'uuid': user['uuid'], **members})

    # Create

    def test_a_created_user_is_answered_whole_and_can_log_in(self):
        members = self.members(username='Ada.L', phone='0113 496 0100', branch_id=7, account_type_id='2', role_id='4')
        answer = self.assert_ok(self.admin.post(USERS, members))
        user = answer.data
        self.assertEqual((answer.json['user_id'], answer.json['user_uuid']), (user['ID'], user['uuid']))
        for name in ('first_name', 'last_name', 'email', 'username', 'phone', 'branch_id'):
            self.assertEqual(user[name], members[name])
        self.assertEqual((user['account_type_id'], user['account_type_name'], user['account_status_name']), (2, 'Agent', 'Active'))
        self.assertEqual((user['role_id'], user['role_name']), (4, 'officer'))
        self.assertEqual(self.get(user), user)
        for login in (members['email'], 'ada.l'):
            self.assert_ok(self.server.log_in(login))

    def test_a_create_refuses_what_is_missing(self):
        for name in ('first_name', 'last_name', 'email', 'password', 'account_type_id', 'role_id'):
            for nothing in ({}, {name: None}, {name: ''}):
                members = {key: value for key, value in self.members().items() if key != name} | nothing
                self.assert_invalid(self.admin.post(USERS, members), name)

    def test_a_create_refuses_what_is_malformed(self):
        for name, values in {'first_name': ('x' * 101, 5, 'a\nb'), 'last_name': ('x' * 101,), 'email': ('no-at', 'a b@c.example', 5), 'phone': ('1' * 41,),
                             'username': ('x' * 101,), 'account_type_id': (0, 6, 'x', 1.5), 'role_id': (0, 99, 'x', BEYOND), 'branch_id': (0, 'x'),
                             'password': ('x' * 257, 5)}.items():
            for value in values:
                self.assert_invalid(self.admin.post(USERS, self.members(**{name: value})), name)

    def test_a_password_needs_fifteen_characters_and_nothing_else(self):
        for password in ('x' * 14, 'é' * 14):
            self.assert_refused(self.admin.post(USERS, self.members(password=password)), 400, 'The password must have at least 15 characters')
        for password in ('x' * 15, ' ' * 15, 'é' * 15, '𝒵' * 64):
            self.assert_ok(self.server.log_in(self.create(password=password)['email'], password))

    def test_an_email_or_username_is_given_once(self):
        user = self.create(username='only.one')
        for members in ({'email': user['email']}, {'email': user['email'].upper()}, {'username': 'ONLY.one'}):
            self.assert_refused(self.admin.post(USERS, self.members(**members)), 400, TAKEN)
        other = self.create()
        self.assert_refused(self.change(other, 'update', email=user['email']), 400, TAKEN)
        self.assertEqual(self.get(other), other)

    def test_an_action_is_required_and_never_guessed(self):
        user = self.create()
        for action in (None, '', 'create', 'get_user', 'bulk_update', 'drop'):
            self.assert_invalid(self.admin.post(USERS, {'action': action, 'uuid': user['uuid'], 'first_name': 'Guessed'}), 'action')
        self.assert_invalid(self.admin.post(USERS, {'uuid': user['uuid'], 'first_name': 'Guessed'}), 'action')
        for action in ({}, {'action': 'update'}, {'action': 'x'}):
            self.assert_invalid(self.admin.get(USERS, **action), 'action')

    def test_no_password_is_looked_at_without_a_csrf_token(self):
        for role in ('admin', 'viewer'):
            for password in (PASSWORD, 'too short'):
                for headers in ({}, {'X-CSRF-Token': 'x' * 75}):
                    self.assert_refused(self.as_role(role).request('POST', USERS, json=self.members(password=password), headers=headers), 403, BAD_CSRF)
        token, members = self.admin.csrf(), self.members()
        self.assert_ok(self.admin.request('POST', USERS, json=members, headers={'X-CSRF-Token': token}))
        self.assert_refused(self.admin.request('POST', USERS, json=self.members(), headers={'X-CSRF-Token': token}), 403, BAD_CSRF)

    # Change

    def test_an_update_changes_what_is_given_and_leaves_the_rest(self):
        user = self.create(username='chan.ged')
        for change in ({'first_name': 'Zoë'}, {'last_name': 'O’Hara'}, {'phone': '0113 496 0101'}, {'phone': None}, {'email': 'changed@lettings.example'},
                       {'username': None}, {'branch_id': 9}, {'branch_id': None}, {'account_type_id': 3}, {'role_id': 6}):
            before = self.get(user)
            after = self.assert_ok(self.change(user, 'update', **change)).data
            names = {'account_type_id': {'account_type_name': 'Landlord'}, 'role_id': {'role_name': 'viewer'}}
            self.assertEqual(after, before | change | names.get(next(iter(change)), {}))
            self.assertEqual(self.get(user), after)
        for name in ('first_name', 'last_name', 'email'):
            self.assert_invalid(self.change(user, 'update', **{name: None}), name)

    def test_a_new_password_ends_the_sessions_and_works(self):
        user = self.create()
        client = self.server.client_of(user['email'])
        self.assert_ok(self.change(user, 'update', password='an entirely new password'))
        self.assert_refused(client.get(ANY), 401, NOT_SIGNED_IN)
        self.assert_refused(self.server.log_in(user['email']), 401, 'Invalid email or password')
        self.assert_ok(self.server.log_in(user['email'], 'an entirely new password'))
        self.assert_refused(self.change(user, 'update', password='too short'), 400, 'The password must have at least 15 characters')

    def test_a_new_role_ends_the_sessions_and_counts(self):
        user = self.create()
        client = self.server.client_of(user['email'])
        self.assert_done(self.change(user, 'update_role', role_id=ROLE_IDS['viewer']))
        self.assert_refused(client.get(ANY), 401, NOT_SIGNED_IN)
        self.assertEqual(self.server.client_of(user['email']).get(ANY).data['role']['name'], 'viewer')
        for role in (None, 0, 99, 'x'):
            self.assert_invalid(self.change(user, 'update_role', role_id=role), 'role_id')

    def test_a_disabled_user_is_out_until_enabled(self):
        user = self.create()
        client = self.server.client_of(user['email'])
        for status, log_in in (('Disabled', 401), ('Active', 200)):
            self.assert_done(self.change(user, 'toggle_status'))
            self.assertEqual(self.get(user)['account_status_name'], status)
            self.assert_refused(client.get(ANY), 401, NOT_SIGNED_IN)
            self.assertEqual(self.server.log_in(user['email']).status, log_in)

    def test_a_toggle_takes_nobody_off_the_blacklist(self):
        user = self.create()
        self.assert_done(self.change(user, 'add_to_blacklist'))
        self.assert_refused(self.change(user, 'toggle_status'), 400, 'This user is blacklisted')
        self.assertEqual(self.get(user)['account_status_name'], 'Blacklisted')

    def test_a_deleted_user_is_gone_and_the_activity_log_keeps_what_they_did(self):
        user = self.create()
        client = self.server.client_of(user['email'])
        tenant = self.assert_ok(client.post('/api/tenants/manage', {'tenant_name': 'Orph An'})).data
        self.assert_done(self.change(user, 'delete_user'))
        self.assert_refused(client.get(ANY), 401, NOT_SIGNED_IN)
        self.assert_refused(self.admin.get(USERS, action='get_user', uuid=user['uuid']), 404, 'No such user')
        self.assert_refused(self.change(user, 'delete_user'), 404, 'No such user')
        created = self.activity(user_id=user['ID'], action='tenant.created')
        self.assertEqual([(entry['resource_id'], entry['user_name']) for entry in created], [(tenant['ID'], '')])

    def test_every_identity_works_and_must_agree(self):
        user, other = self.create(), self.create()
        for identity in ({'uuid': user['uuid']}, {'user_uuid': user['uuid']}, {'user_id': user['ID']}, {'user_id': str(user['ID']), 'uuid': user['uuid']}):
            self.assert_ok(self.admin.post(USERS, {'action': 'update', 'phone': None, **identity}))
        self.assert_ok(self.admin.post(USERS, form={'action': 'update', 'uuid': user['uuid'], 'first_name': 'Forma'}))
        for action in ('update', 'delete_user', 'toggle_status', 'update_role', 'add_to_blacklist', 'remove_from_blacklist'):
            self.assert_invalid(self.admin.post(USERS, {'action': action, 'role_id': 4}), 'uuid')
            self.assert_refused(self.admin.post(USERS, {'action': action, 'uuid': NOBODY}), 404, 'No such user')
            self.assert_refused(self.change(user, action, user_id=other['ID']), 400, 'The parameters name different users')

    # Level, and oneself

    def test_nobody_acts_above_their_own_level(self):
        manager, above = self.as_role('manager'), self.create(role_id=ROLE_IDS['admin'])
        for action, members in (('update', {'first_name': 'Lowered'}), ('delete_user', {}), ('toggle_status', {}), ('update_role', {'role_id': 6}),
                                ('add_to_blacklist', {}), ('remove_from_blacklist', {}), ('update', {'password': 'taken over by a manager'})):
            self.assert_refused(self.change(above, action, client=manager, **members), 403, NOT_PERMITTED)
        self.assert_refused(manager.put(PROFILE, {'user_uuid': above['uuid'], 'first_name': 'Lowered'}), 403, NOT_PERMITTED)
        self.assertEqual(self.get(above), above)

    def test_nobody_gives_a_role_above_their_own_level(self):
        manager, user = self.as_role('manager'), self.create()
        self.assert_refused(manager.post(USERS, self.members(role_id=ROLE_IDS['admin'])), 403, NOT_PERMITTED)
        for action in ('update', 'update_role'):
            self.assert_refused(self.change(user, action, client=manager, role_id=ROLE_IDS['admin']), 403, NOT_PERMITTED)
        self.assert_refused(manager.put(PROFILE, {'user_uuid': user['uuid'], 'role_id': ROLE_IDS['admin']}), 403, NOT_PERMITTED)
        own = self.user_of('manager')
        self.assert_refused(self.change(own, 'update_role', client=manager, role_id=ROLE_IDS['admin']), 403, NOT_PERMITTED)
        self.assertEqual((self.get(user)['role_name'], self.user_of('manager')['role_name']), ('officer', 'manager'))
        self.assertEqual(self.create(client=manager, role_id=ROLE_IDS['manager'])['role_name'], 'manager')

    def test_nobody_shuts_themselves_out(self):
        own = self.user_of('admin')
        for action in ('delete_user', 'toggle_status', 'add_to_blacklist'):
            self.assert_refused(self.change(own, action), 400, ONESELF)
        self.assert_ok(self.admin.get(ANY))

    # Read

    def test_users_are_listed_searched_and_paged(self):
        made = [self.create(last_name='Grün-Müller', email=f'Page{turn}@Paging.example', account_type_id=5) for turn in range(3)]
        for query in ({'action': 'search', 'search': 'grun muller'}, {'action': 'get_all_users', 'search': 'MÜLLER'}, {'action': 'search', 'search': '@paging.ex'},
                      {'action': 'get_all_users', 'search': 'ada grün', 'account_type_id': 5}):
            answer = self.assert_ok(self.admin.get(USERS, **query)).json
            self.assertEqual((answer['data'], answer['count'], answer['total']), (made, 3, 3))
        page = self.assert_ok(self.admin.get(USERS, action='get_all_users', search='paging', limit=1, offset=2)).json
        self.assertEqual((page['data'], page['total']), (made[2:], 3))
        everybody = self.assert_ok(self.admin.get(USERS, action='get_all_users', limit=200)).data
        self.assertEqual([user['ID'] for user in everybody], sorted(user['ID'] for user in everybody))
        self.assertTrue({email_of(role) for role in ROLES} <= {user['email'] for user in everybody})
        self.assertEqual(self.assert_ok(self.admin.get(USERS, action='search', search='grun', account_type_id=1)).data, [])
        self.assert_invalid(self.admin.get(USERS, action='search'), 'search')
        for name, value in (('limit', 201), ('offset', -1), ('account_type_id', 6), ('search', 'x' * 201)):
            self.assert_invalid(self.admin.get(USERS, action='get_all_users', **{name: value}), name)

    def test_a_user_is_got_by_any_identity(self):
        user = self.create()
        for identity in ({'uuid': user['uuid']}, {'user_uuid': user['uuid']}, {'id': user['ID']}, {'user_id': user['ID']}):
            self.assertEqual(self.assert_ok(self.admin.get(USERS, action='get_user', **identity)).data, user)
        for action in ('get_user', 'get_user_sessions'):
            self.assert_invalid(self.admin.get(USERS, action=action), 'uuid')
            self.assert_refused(self.admin.get(USERS, action=action, uuid=NOBODY), 404, 'No such user')
            self.assert_refused(self.admin.get(USERS, action=action, id=BEYOND), 404, 'No such user')
        self.assert_refused(self.admin.get(USERS, action='get_user', uuid=user['uuid'], id=1), 400, 'The parameters name different users')

    def test_types_statuses_and_health_are_told(self):
        types = self.assert_ok(self.admin.get(USERS, action='get_account_types')).data
        self.assertEqual([(row['id'], row['name']) for row in types], list(enumerate(('Staff', 'Agent', 'Landlord', 'Tenant', 'Contractor'), 1)))
        statuses = self.assert_ok(self.admin.get(USERS, action='get_account_statuses')).data
        self.assertEqual([row['name'] for row in statuses], ['Active', 'Disabled', 'Blacklisted'])
        self.assert_done(self.admin.get(USERS, action='health_check'))

    def test_the_audit_log_of_a_user_is_read(self):
        user = self.create()
        self.assert_done(self.change(user, 'toggle_status'))
        admin = self.user_of('admin')
        entry = self.assert_ok(self.admin.get(USERS, action='get_audit_log', uuid=admin['uuid'], activity_type='user.disabled', limit=1)).data[0]
        self.assertEqual((entry['user_id'], entry['action'], entry['resource_type'], entry['resource_id']), (admin['ID'], 'user.disabled', 'user', user['ID']))
        self.assertEqual(self.assert_ok(self.admin.get(USERS, action='get_audit_log', uuid=user['uuid'])).data, [])
        self.assert_refused(self.admin.get(USERS, action='get_audit_log', uuid=NOBODY), 404, 'No such user')
        self.assert_invalid(self.admin.get(USERS, action='get_audit_log', date_from='yesterday'), 'date_from')

    # Profile

    def test_a_profile_is_read_and_changed(self):
        user = self.create()
        self.assertEqual(self.assert_ok(self.admin.get(PROFILE)).data, self.user_of('admin'))
        self.assertEqual(self.assert_ok(self.admin.get(PROFILE, user_uuid=user['uuid'])).data, user)
        change = {'first_name': 'Pro', 'last_name': 'File', 'phone': '0113 496 0102', 'branch_id': 3, 'role_id': 6}
        changed = self.assert_ok(self.admin.put(PROFILE, {'user_uuid': user['uuid'], **change})).data
        self.assertEqual(changed, user | change | {'role_name': 'viewer'})
        ignored = self.assert_ok(self.admin.put(PROFILE, {'user_uuid': user['uuid'], 'email': 'other@lettings.example'})).data
        self.assertEqual(ignored, changed)
        self.assert_ok(self.admin.put(PROFILE, form={'user_uuid': user['uuid'], 'phone': ''}))
        self.assertIsNone(self.get(user)['phone'])

    def test_a_profile_refuses_what_is_missing_or_malformed(self):
        self.assert_invalid(self.admin.put(PROFILE, {'first_name': 'No Body'}), 'user_uuid')
        self.assert_refused(self.admin.put(PROFILE, {'user_uuid': NOBODY}), 404, 'No such user')
        self.assert_refused(self.admin.get(PROFILE, user_uuid=NOBODY), 404, 'No such user')
        self.assert_invalid(self.admin.get(PROFILE, user_uuid='x'), 'user_uuid')
        user = self.create()
        for name, value in (('first_name', None), ('last_name', 'x' * 101), ('phone', '1' * 41), ('branch_id', 0), ('role_id', 99)):
            self.assert_invalid(self.admin.put(PROFILE, {'user_uuid': user['uuid'], name: value}), name)

    def test_who_is_not_staff_reads_their_own_profile_and_gives_no_branch(self):
        contractor, user = self.server.client_of('contractor@lettings.example'), self.create()
        own = self.assert_ok(contractor.get(PROFILE)).data
        self.assertEqual(self.assert_ok(contractor.get(PROFILE, user_uuid=own['uuid'])).data, own)
        self.assert_refused(contractor.get(PROFILE, user_uuid=user['uuid']), 403, NOT_PERMITTED)
        for branch in (3, None):
            self.assert_refused(contractor.put(PROFILE, {'user_uuid': own['uuid'], 'branch_id': branch}), 403, NOT_PERMITTED)
        self.assert_ok(contractor.put(PROFILE, {'user_uuid': own['uuid'], 'phone': '0113 496 0103'}))


if __name__ == '__main__':
    unittest.main()
