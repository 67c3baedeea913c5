"""Whether an officer's password is right, and what they answer for (contract 4.6)."""
import json
import time
import urllib.parse

from support.hackney import HackneyTest
from support.places import AREA, FILES, MO, OLU, PASSWORD, PATCH, UNA

LOGIN = '/v1/Login/AuthenticateNHOfficers'
README = '/v1/Login/authenticatenhoofficers'
EMPTY = '{"result":{}}'
MISSING = 'Please provide Username and Password'


class LogIn(HackneyTest):
    roles = ('admin',)
    files = FILES

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.plant(PASSWORD, 'mmanager', 'usigned', 'not the password')

    def ask(self, username='oofficer', password=PASSWORD):
        return self.service.get(LOGIN, username=username, password=password)

    def login_id(self, username):
        (user,) = [one for one in self.admin.get('/api/users/users', action='search', search='@lettings.example').data if one['username'] == username]
        return user['uuid']

    def answer(self, username, officer, first, last, is_manager, area, patch, area_id):
        quoted = lambda text: 'null' if text is None else f'"{text}"'
        return ('{"result":{"estateOfficerLoginId":"' + self.login_id(username) + f'","officerId":"{officer}","firstName":"{first}","surName":"{last}",'
                f'"username":"{username}","fullName":"{first} {last}","isManager":{is_manager},"areamanagerId":{quoted(area)},'
                f'"officerPatchId":{quoted(patch)},"areaId":{area_id}' + '}}')

    def test_officer_manager_and_unassigned(self):
        self.assert_json(self.ask(), 200, self.answer('oofficer', OLU, 'Olu', 'Officer', 'false', AREA(1), PATCH(1), 3))
        self.assert_json(self.ask('mmanager'), 200, self.answer('mmanager', MO, 'Mo', 'Manager', 'true', AREA(1), None, 3))
        self.assert_json(self.ask('usigned'), 200, self.answer('usigned', UNA, 'Una', 'Signed', 'false', None, None, 'null'))

    def test_both_spellings_both_methods_json_and_forms(self):
        expected = self.answer('oofficer', OLU, 'Olu', 'Officer', 'false', AREA(1), PATCH(1), 3)
        members = {'username': 'oofficer', 'password': PASSWORD}
        form = urllib.parse.urlencode(members).encode()
        for path in (LOGIN, README):
            for spelled in (path, path.lower(), path.upper(), '/manageatenancy' + path):
                self.assert_json(self.service.get(spelled, **members), 200, expected)
                self.assert_json(self.service.post(spelled, {'UserName': 'oofficer', 'PASSWORD': PASSWORD}), 200, expected)
                self.assert_json(self.service.request('POST', spelled, body=form, content_type='application/x-www-form-urlencoded'), 200, expected)
        self.assert_json(self.service.get(LOGIN, USERNAME='OOfficer', Password=PASSWORD), 200, expected)
        self.assert_json(self.service.request('GET', LOGIN, '&' + form.decode()), 200, expected)
        self.assertEqual(self.service.request('HEAD', LOGIN, members).status, 200)
        self.assert_empty(self.service.request('POST', LOGIN, body=b'x', content_type='text/plain'), 415)

    def test_it_gives_no_token_and_is_kept_by_no_cache(self):
        answer = self.ask()
        self.assertEqual((answer.header('Cache-Control'), answer.header_values('Set-Cookie')), ('no-store', []))

    def test_wrong_unknown_and_disabled_look_the_same(self):
        for username, password in (('oofficer', 'not the password'), ('oofficer', PASSWORD + ' '), ('oofficer', PASSWORD.upper()), ('nobody', PASSWORD),
                                   ('lleft', PASSWORD), ('admin@lettings.example', 'staple-correct-battery-horse'), ('oofficer', "nobody's password")):
            self.assert_json(self.ask(username, password), 200, EMPTY)
            self.assert_json(self.service.post(LOGIN, {'username': username, 'password': password}), 200, EMPTY)
        self.ask()  # so that no failures are left

    def test_username_and_password_are_asked_for(self):
        form = 'application/x-www-form-urlencoded'
        for members in ({}, {'username': 'oofficer'}, {'password': PASSWORD}, {'username': '', 'password': PASSWORD}, {'username': 'oofficer', 'password': '  '},
                        {'username': 'x' * 201, 'password': PASSWORD}, {'username': 'oofficer', 'password': 'x' * 257}):
            self.assert_refused_with(self.service.get(LOGIN, **members), MISSING)
            self.assert_refused_with(self.service.post(LOGIN, members), MISSING)
            self.assert_refused_with(self.service.request('POST', LOGIN, body=urllib.parse.urlencode(members).encode(), content_type=form), MISSING)
        for body in (b'', b'{', b'null', b'[]', json.dumps({'username': ['oofficer'], 'password': PASSWORD}).encode()):
            self.assert_refused_with(self.service.request('POST', LOGIN, body=body, content_type='application/json'), MISSING)
        # A password in the query of a POST does not count.
        self.assert_refused_with(self.service.request('POST', LOGIN, {'username': 'oofficer', 'password': PASSWORD}), MISSING)

    def test_who_may_ask(self):
        for role in ('service', 'admin', 'manager', 'officer'):
            self.assertEqual(self.as_token(role).get(LOGIN, username='oofficer', password=PASSWORD).json['result']['officerId'], OLU)
        for role in ('records', 'viewer'):
            self.assert_empty(self.as_token(role).get(LOGIN, username='oofficer', password=PASSWORD), 403)
        self.assert_empty(self.client_with(None).get(LOGIN, username='oofficer', password=PASSWORD), 401)

    def test_both_outcomes_are_journaled(self):
        account = next(one['ID'] for one in self.admin.get('/api/users/users', action='search', search='una.signed').data)
        self.ask('usigned', 'not the password')
        failed = self.wait_for_activity(lambda entry: entry['resource_id'] == account, action='login.failed')
        self.assertEqual(failed['outcome'], 'denied')
        self.ask('usigned')
        succeeded = self.activity(action='login.succeeded', limit=1)[0]
        self.assertEqual((succeeded['resource_id'], succeeded['user_id'], succeeded['outcome'], succeeded['ip_address']), (account, account, 'ok', '127.0.0.1'))


class Guessing(HackneyTest):
    files = FILES

    def ask(self, username, password):
        began = time.monotonic()
        answer = self.service.post(LOGIN, {'username': username, 'password': password})
        return answer, time.monotonic() - began

    def throttles(self):
        with self.server.offline() as database:
            return {key for key, in database.execute('SELECT key FROM login_throttle')}

    def test_whoever_guesses_waits_and_is_not_told(self):
        self.assertTrue(self.ask('oofficer', PASSWORD)[0].json['result'])  # from here on the address is known
        before = self.throttles()
        for _ in range(4):
            self.assert_json(self.ask('oofficer', 'a guess')[0], 200, EMPTY)
        with self.server.offline() as database:
            database.execute('UPDATE login_throttle SET blocked_until = blocked_until + 3600000')
        answer, blocked = self.ask('oofficer', PASSWORD)
        self.assert_json(answer, 200, EMPTY)
        self.assertEqual(self.server.log_in('oofficer', PASSWORD).status, 429, 'the other API counts the same attempts')
        with self.server.offline() as database:
            database.execute('UPDATE login_throttle SET blocked_until = 0')
        answer, checked = self.ask('oofficer', PASSWORD)
        self.assertEqual(answer.json['result']['officerId'], OLU)
        self.assertGreater(blocked, checked / 10, 'a password was hashed all the same')
        self.assertEqual(self.throttles(), before, "the account's failures are forgotten")

    def test_an_account_that_nobody_can_log_in_to_takes_no_less_time(self):
        self.import_files({'officers.csv': [
            {'officer_uuid': UNA, 'last_name': 'Nameless', 'email': 'una@lettings.example', 'password': PASSWORD},
            {'officer_uuid': MO, 'last_name': 'Passless', 'email': 'mo@lettings.example', 'username': 'passless'}]})
        # Mo had a password; Una's went with the username.
        self.assertEqual(self.ask('passless', PASSWORD)[0].json['result']['officerId'], MO)
        times = {}
        for name, username, password in (('no password', 'una@lettings.example', PASSWORD), ('known by none', 'una@lettings.example', "nobody's password"),
                                         ('unknown', 'nobody@lettings.example', PASSWORD)):
            answer, times[name] = self.ask(username, password)
            self.assert_json(answer, 200, EMPTY)
        self.assertGreater(times['no password'], times['unknown'] / 10)
        self.assertEqual(self.server.log_in('una@lettings.example', "nobody's password").status, 401)


class WithoutGet(HackneyTest):
    settings = {**HackneyTest.settings, 'TENANTRY_NO_LOGIN_BY_GET': 'true'}
    files = FILES

    def test_a_password_in_a_query_can_be_switched_off(self):
        for path in (LOGIN, README):
            self.assert_empty(self.service.get(path, username='oofficer', password=PASSWORD), 404)
            self.assert_empty(self.service.get(path), 404)
            self.assertEqual(self.service.post(path, {'username': 'oofficer', 'password': PASSWORD}).json['result']['officerId'], OLU)
