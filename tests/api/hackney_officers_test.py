"""Officers' accounts (contract 4.8)."""
import re

from support.case import NOBODY
from support.hackney import HackneyTest, error
from support.places import FILES, LEA, MO, OLU, PASSWORD, UNA

CREATE = '/v1/OfficerAccounts/CreateOfficerAccount'
DISABLE = '/v1/OfficerAccounts/DisableOfficerAccount'
LOGIN = '/v1/Login/AuthenticateNHOfficers'
UNASSIGNED = '/v1/AreaPatch/GetAllUnassignedOfficers'
NO_OFFICER = 'EstateOfficerAccount object or any of its state member is empty or null.'
NO_LOGIN = 'EstateOfficerLoginAccount object or any of its state member is empty or null.'
TAKEN = 'This e-mail address or username is already in use'


def new_officer(first='Nia', last='New', email=None, username=None, password='s3cret'):
    return {'officeraccount': {'hackney_firstname': first, 'hackney_lastname': last, 'hackney_emailaddress': email or f'{first}@example.org'},
            'officerloginaccount': {'hackney_username': username or f'{first}{last}'.lower(), 'hackney_password': password}}


class Officers(HackneyTest):
    roles = ('admin', 'manager')
    files = FILES

    def create(self, **wishes):
        answer = self.service.post(CREATE, new_officer(**wishes))
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json['result']

    def log_in(self, username, password):
        return self.service.post(LOGIN, {'username': username, 'password': password}).json['result']

    def disable(self, officer, client=None):
        return (client or self.service).request('PATCH', DISABLE, {'officerId': officer['EstateOfficerid'], 'officerLoginId': officer['EstateOfficerLoginId']})

    def test_a_new_officer_is_told_whole(self):
        answer = self.service.post(CREATE, new_officer())
        officer, login = re.findall(r'Id"?i?d?":"([0-9a-f-]{36})"', answer.body.decode().replace('Officerid', 'OfficerId'))
        self.assert_json(answer, 201, '{"result":{"EstateOfficerid":"' + officer + '","Name":"Nia New","FirstName":"Nia","LastName":"New",'
                         '"EmailAddress":"Nia@example.org","OfficerAccountStatus":"Active","EstateOfficerLoginId":"' + login + '","UserName":"nianew",'
                         '"LoginAccountStatus":"Active"}}')
        self.assertNotEqual(officer, login)
        self.assertIn(officer, [one['officerId'] for one in self.service.get(UNASSIGNED).json['results']])

    def test_a_new_officer_logs_in_to_both_apis_with_the_role_of_one(self):
        made = self.create(first='Bo', password='x')
        logged_in = self.log_in('bonew', 'x')
        self.assertEqual((logged_in['officerId'], logged_in['estateOfficerLoginId']), (made['EstateOfficerid'], made['EstateOfficerLoginId']))
        answer = self.assert_ok(self.server.log_in('BoNew', 'x'))
        self.assertEqual(answer.json['user'], {'name': 'Bo New', 'email': 'Bo@example.org', 'account_type': 'Staff'})
        client = self.client_with(answer.json['token'])
        self.assertEqual(client.get(UNASSIGNED).status, 200)
        self.assert_empty(client.post(CREATE, new_officer(first='Ed')), 403)
        role = self.admin.get('/api/users/users', action='search', search='Bo@example.org').data[0]
        self.assertEqual(role['role_name'], 'officer')

    def test_members_are_read_in_any_case_and_numbers_as_text(self):
        body = {'OfficerAccount': {'Hackney_FirstName': 'Num', 'hackney_LASTNAME': 5, 'hackney_emailaddress': 'num@example.org'},
                'OFFICERLOGINACCOUNT': {'hackney_username': 77, 'hackney_password': 12345}}
        made = self.service.post(CREATE.upper(), body).json['result']
        self.assertEqual((made['Name'], made['UserName']), ('Num 5', '77'))
        self.assertEqual(self.log_in(77, '12345')['officerId'], made['EstateOfficerid'])

    def test_what_is_missing_is_refused_the_officer_before_the_login(self):
        for part, text in (('officeraccount', NO_OFFICER), ('officerloginaccount', NO_LOGIN)):
            for value in (None, {}):
                self.assert_refused_with(self.service.post(CREATE, {**new_officer(first='Ref'), part: value}), text)
            for key in new_officer()[part]:
                for value in (None, '', '  '):
                    body = new_officer(first='Ref')
                    body[part][key] = value
                    self.assert_refused_with(self.service.post(CREATE, body), text)
        self.assert_refused_with(self.service.post(CREATE, {}), NO_OFFICER)
        body = new_officer(first='Ref', email='no address')
        self.assert_refused_with(self.service.post(CREATE, body), NO_OFFICER)

    def test_a_body_that_cannot_be_read_is_a_failure(self):
        for body in (None, b'', b'{', b'null', b'[]', b'"x"'):
            self.assert_failed(self.service.request('POST', CREATE, body=body, content_type='application/json'), 'filter')
        for wrong in ({**new_officer(), 'officeraccount': 'x'}, new_officer(first='x' * 201), new_officer(password='x' * 257), new_officer(password=[])):
            self.assert_failed(self.service.post(CREATE, wrong), 'filter')

    def test_a_taken_username_or_email_is_a_conflict_whoever_has_it(self):
        left = {'username': 'LLEFT'}  # disabled
        for wishes in ({'username': 'oofficer'}, left, {'email': 'OLU.Officer@lettings.example'}, {'email': 'manager@lettings.example'}):
            answer = self.service.post(CREATE, new_officer(first='Tak', **wishes))
            self.assert_json(answer, 409, [error(TAKEN)])
        self.assertNotIn('Tak', [one['firstName'] for one in self.service.get(UNASSIGNED).json['results']])

    def test_managers_create_and_disable_and_officers_do_not(self):
        for role in ('officer', 'records', 'viewer'):
            self.assert_empty(self.as_token(role).post(CREATE, new_officer(first='Den')), 403)
            self.assert_empty(self.as_token(role).request('PATCH', DISABLE, {'officerId': OLU, 'officerLoginId': OLU}), 403)
        for role in ('manager', 'admin', 'service'):
            made = self.as_token(role).post(CREATE, new_officer(first=role)).json['result']
            self.assert_empty(self.disable(made, self.as_token(role)), 204)

    def test_a_disabled_officer_logs_in_nowhere_and_every_session_ends(self):
        made = self.create(first='Dis')
        token = self.assert_ok(self.server.log_in('disnew', 's3cret')).json['token']
        self.assertEqual(self.client_with(token).get('/Values').status, 200)
        self.assert_empty(self.disable(made), 204)
        self.assert_empty(self.client_with(token).get('/Values'), 401)
        self.assertEqual(self.log_in('disnew', 's3cret'), {})
        self.assertEqual(self.server.log_in('disnew', 's3cret').status, 401)
        self.assertNotIn(made['EstateOfficerid'], [one['officerId'] for one in self.service.get(UNASSIGNED).json['results']])
        self.assert_empty(self.disable(made), 204)
        self.assert_json(self.service.post(CREATE, new_officer(first='Dis')), 409, [error(TAKEN)])

    def test_both_ids_are_asked_for(self):
        no_officer = "EstateOfficerAccount Id Can't be Null or Empty"
        no_login = "EstateOfficerLoginAccount  Id Can't be Null or Empty"
        for value in ('', '  '):
            self.assert_refused_with(self.service.request('PATCH', DISABLE, {'officerId': value, 'officerLoginId': NOBODY}), no_officer)
            self.assert_refused_with(self.service.request('PATCH', DISABLE, {'officerId': NOBODY, 'officerLoginId': value}), no_login)
        self.assert_refused_with(self.service.request('PATCH', DISABLE), no_officer, no_login)

    def test_an_unknown_id_or_somebody_elses_is_a_failure_and_nobody_is_disabled(self):
        one, other = self.create(first='One'), self.create(first='Other')
        for officer, login in ((NOBODY, one['EstateOfficerLoginId']), (one['EstateOfficerid'], NOBODY), (one['EstateOfficerid'], other['EstateOfficerLoginId']),
                               ('x', 'x'), (one['EstateOfficerLoginId'], one['EstateOfficerid'])):
            self.assert_failed(self.service.request('PATCH', DISABLE, {'OFFICERID': officer, 'officerloginid': login}), 'filter')
        self.assertTrue(self.log_in('onenew', 's3cret'))
        self.assertTrue(self.log_in('othernew', 's3cret'))

    def test_who_became_more_than_a_manager_is_not_disabled_by_less(self):
        made = self.create(first='Adm')
        user = self.admin.get('/api/users/users', action='search', search='Adm@example.org').data[0]
        roles = {'admin': 2, 'manager': 3}
        self.assert_done(self.admin.post('/api/users/users', {'action': 'update_role', 'uuid': user['uuid'], 'role_id': roles['admin']}))
        for role in ('service', 'manager'):
            self.assert_empty(self.disable(made, self.as_token(role)), 403)
        self.assertTrue(self.log_in('admnew', 's3cret'))
        self.assert_empty(self.disable(made, self.as_token('admin')), 204)

    def test_an_imported_officer_with_a_manager_area_is_a_manager(self):
        token = self.assert_ok(self.server.log_in('mmanager', PASSWORD)).json['token']
        self.assertEqual(self.client_with(token).post(CREATE, new_officer(first='Byman')).status, 201)
        token = self.assert_ok(self.server.log_in('oofficer', PASSWORD)).json['token']
        self.assert_empty(self.client_with(token).post(CREATE, new_officer(first='Byoff')), 403)

    def test_what_was_done_is_journaled(self):
        made = self.create(first='Jo')
        self.disable(made)
        for action in ('officer.created', 'officer.disabled', 'user.disabled'):
            self.assertEqual(self.activity(action=action, limit=1)[0]['outcome'], 'ok')
