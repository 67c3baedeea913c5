"""Idempotency-Key on both APIs: a call that is sent again is carried out once, and answered as it was the first time."""
import contextlib
import http.client
import json
import re
import time
import uuid

from support.case import NOT_SIGNED_IN
from support.engine import read_register
from support.hackney import HackneyTest, error, token
from support.hackney_people import OFFICER
from support.races import at_once
from support.server import PASSWORD, email_of

TENANTS = '/api/tenants/manage'
KEY_REFUSED = 'The Idempotency-Key is not one, or was used for another request'
TWINS = 20


def new_key():
    return f'"{uuid.uuid4()}"'


class IdempotencyKey(HackneyTest):
    roles = ('officer', 'admin')
    settings = {**HackneyTest.settings, 'TENANTRY_RATE_LIMIT': '0'}

    def send(self, members, key, client=None, path=TENANTS, csrf=None):
        client = client or self.officer
        return client.request('POST', path, json=members, headers={'X-CSRF-Token': csrf or client.csrf(), 'Idempotency-Key': key})

    def count(self, name):
        return self.assert_ok(self.officer.get('/api/tenants/list', action='list', search=name)).json['total']

    def assert_same(self, first, again):
        self.assertEqual((again.status, again.body, again.header('Content-Type')), (first.status, first.body, first.header('Content-Type')))

    def assert_key_refused(self, answer):
        self.assert_refused(answer, 422, KEY_REFUSED)

    def ask(self, statement, change=None):
        with self.server.offline() as database:
            if change:
                database.execute(change)
            return database.execute(statement).fetchall()

    def kept_answers(self):
        with contextlib.closing(read_register(self.server.data, self.server.database)) as database:
            return database.execute('SELECT count(*) FROM kept_answer').fetchone()[0]

    def test_a_call_sent_again_writes_once_and_is_answered_as_before(self):
        key, csrf = new_key(), self.officer.csrf()
        first = self.assert_ok(self.send({'tenant_name': 'Sent Again'}, key, csrf=csrf))
        self.assert_same(first, self.send({'tenant_name': 'Sent Again'}, key, csrf=csrf))  # with the token that is spent by now
        self.assert_same(first, self.send({'tenant_name': 'Sent Again'}, key, client=self.server.client_of(email_of('officer'))))
        self.server._clients.clear()  # that log-in ended the session before it
        self.assertEqual(self.count('sent again'), 1)
        self.assertEqual(len([entry for entry in self.activity(action='tenant.created', limit=200) if entry['resource_id'] == first.data['ID']]), 1)
        self.server.stop()
        self.server.start()
        self.assert_same(first, self.send({'tenant_name': 'Sent Again'}, key))
        self.assertEqual(self.count('sent again'), 1)

    def test_without_a_key_each_call_writes(self):
        for _ in range(2):
            self.assert_ok(self.officer.post(TENANTS, {'tenant_name': 'Said Twice'}))
        self.assertEqual(self.count('said twice'), 2)

    def test_a_key_is_good_for_one_request_of_one_caller_on_one_path(self):
        key = new_key()
        self.assert_ok(self.send({'tenant_name': 'Own Key'}, key))
        self.assert_key_refused(self.send({'tenant_name': 'Other Body'}, key))
        query = self.officer.request('POST', TENANTS, {'action': 'create'}, json={'tenant_name': 'Own Key'},
                                     headers={'X-CSRF-Token': self.officer.csrf(), 'Idempotency-Key': key})
        self.assert_key_refused(query)
        self.assert_ok(self.send({'tenant_name': 'Own Key'}, key, client=self.admin))
        self.assert_ok(self.send({'address_line_1': '1 Key Street', 'postcode': 'LS21 3AB'}, key, path='/api/addresses/manage'))
        self.assert_ok(self.send({'tenant_name': 'Own Key'}, new_key()))
        self.assertEqual((self.count('own key'), self.count('other body')), (3, 0))

    def test_credentials_and_csrf_are_asked_for_again(self):
        key = new_key()
        self.assert_ok(self.send({'tenant_name': 'Asked Again'}, key))
        nobody = self.server.client('0' * 64)
        self.assert_refused(self.send({'tenant_name': 'Asked Again'}, key, client=nobody, csrf='x'), 401, NOT_SIGNED_IN)
        self.assertEqual(self.send({'tenant_name': 'Asked Again'}, key, csrf='x').status, 403)
        self.assertEqual(self.send({'tenant_name': 'Asked Again'}, key, csrf=self.admin.csrf()).status, 403)

    def test_what_was_refused_is_not_kept(self):
        key = new_key()
        self.assert_invalid(self.send({'tenant_name': ''}, key), 'tenant_name')
        self.assert_ok(self.send({'tenant_name': 'Now Right'}, key))
        self.assertEqual(self.count('now right'), 1)

    def test_what_is_no_key_is_refused(self):
        for key in ('', 'x' * 256, 'tab\there', 'ümlaut'):
            self.assert_key_refused(self.send({'tenant_name': 'No Key'}, key))
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port)
        self.addCleanup(connection.close)
        connection.putrequest('POST', TENANTS)
        for name, value in (('Authorization', 'Bearer ' + self.officer.token), ('Content-Length', '0'), ('Idempotency-Key', 'a'), ('Idempotency-Key', 'a')):
            connection.putheader(name, value)
        connection.endheaders()
        self.assertEqual(json.loads(connection.getresponse().read())['error'], KEY_REFUSED)
        self.assertEqual(self.count('no key'), 0)
        for key in ('~', 'two words', 'x' * 255):
            self.assert_ok(self.send({'tenant_name': 'A Key'}, key))

    def twins(self, headers):
        tokens = [self.officer.csrf() for _ in range(TWINS)]
        clients = [self.server.client(self.officer.token) for _ in range(TWINS)]
        return at_once(TWINS, lambda number: clients[number].request('POST', TENANTS, json={'tenant_name': headers['X-Twin']},
                                                                    headers={**headers, 'X-CSRF-Token': tokens[number]}))

    def test_of_many_twins_at_once_one_writes_and_all_are_answered_alike(self):
        answers = self.twins({'X-Twin': 'Parallel Twin', 'Idempotency-Key': new_key()})
        self.assertEqual({(answer.status, answer.body) for answer in answers}, {(200, answers[0].body)})
        self.assertEqual(self.count('parallel twin'), 1)
        self.assertEqual({answer.status for answer in self.twins({'X-Twin': 'Keyless Twin'})}, {200})
        self.assertEqual(self.count('keyless twin'), TWINS)

    def test_a_new_user_is_made_once(self):
        members = {'action': 'create_user', 'first_name': 'Una', 'last_name': 'Keyed', 'email': 'una@lettings.example', 'password': 'a password nobody has',
                   'account_type_id': 1, 'role_id': 6}
        key = new_key()
        first = self.assert_ok(self.send(members, key, self.admin, '/api/users/users'))
        self.assert_same(first, self.send(members, key, self.admin, '/api/users/users'))
        self.assert_key_refused(self.send({**members, 'first_name': 'Ula'}, key, self.admin, '/api/users/users'))

    def test_a_sessions_token_is_not_kept(self):
        answers = [self.send({'action': 'validate_token', 'token': self.officer.token}, '"mobile"', path='/api/security/mobile-auth') for _ in range(2)]
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertNotEqual(*[answer.json['session_token'] for answer in answers])

    def test_a_consent_without_credentials_is_the_addresss(self):
        consent = {'consent_type': 'keyed_cookies', 'consent_version': '1', 'accepted': True}
        client, key = self.server.client(), new_key()
        for _ in range(2):
            self.assert_ok(client.request('POST', '/api/gdpr/consent', json=consent, headers={'Idempotency-Key': key}))
        self.assert_key_refused(client.request('POST', '/api/gdpr/consent', json={**consent, 'accepted': False}, headers={'Idempotency-Key': key}))
        self.assertEqual(self.ask("SELECT count(*) FROM consent WHERE consent_type = 'keyed_cookies'"), [(1,)])

    def test_an_answer_is_sealed_lasts_through_new_keys_and_ends_after_a_day(self):
        key = new_key()
        body = {'tenant_name': 'Sealed Answer', 'tenant_email': 'sealed.answer@mail.example'}
        first = self.assert_ok(self.send(body, key))
        self.server.command('keys', 'rotate')
        former = re.search(r'^ *(\d+)  field +decrypt-only', self.server.command('keys', 'list'), re.MULTILINE)[1]
        self.server.command('keys', 'retire', '--id', former)
        self.assert_same(first, self.send(body, key))
        rows = self.ask('SELECT key_hash, request_hash, answer FROM kept_answer')
        self.assertGreater(len(rows), 0)
        for word in (key.strip('"'), 'Sealed', 'sealed.answer', first.data['uuid']):
            self.assertNotIn(word.encode(), b''.join(b''.join(row) for row in rows))
        self.assertEqual(self.count('sealed answer'), 1)
        self.ask('SELECT 1', change='UPDATE kept_answer SET expires_at = expires_at - 86400000')
        again = self.assert_ok(self.send(body, key))
        self.assertNotEqual(again.data['uuid'], first.data['uuid'])
        self.assertEqual(self.count('sealed answer'), 2)
        ends = time.monotonic() + 10
        while self.kept_answers() > 1:  # the server removes what has ended
            self.assertLess(time.monotonic(), ends)
            time.sleep(0.05)

    def hackney_twice(self, path, members, **query):
        """The same call with two tokens; the second one's answer."""
        key = new_key()
        first, again = (self.service.request('POST', path, query, json=members, headers={'Idempotency-Key': key}) for _ in range(2))
        self.assertLess(first.status, 300, str(first))
        self.assert_same(first, again)
        other = self.service.request('POST', path, query, json={**members, 'more': 1}, headers={'Idempotency-Key': key})
        self.assert_json(other, 422, [error(KEY_REFUSED)])
        return again

    def test_the_other_apis_calls_are_carried_out_once_whatever_token_each_comes_with(self):
        made = self.hackney_twice('/v1/Contacts', {'createdByOfficer': OFFICER, 'firstName': 'Hack', 'lastName': 'Keyedson', 'email': 'hack@mail.example'})
        self.assertEqual(made.status, 201)
        self.assertEqual(self.count('keyedson'), 1)
        self.hackney_twice('/v1/TRA', {'name': 'Keyed TRA', 'notes': 'n', 'email': 'tra@mail.example', 'areaId': 3,
                                       'patchId': 'bb000000-0000-4000-8000-000000000001', 'estateRefs': []})
        officer = {'officeraccount': {'hackney_firstname': 'Kay', 'hackney_lastname': 'Keyed', 'hackney_emailaddress': 'kay@example.org'},
                   'officerloginaccount': {'hackney_username': 'kaykeyed', 'hackney_password': PASSWORD}}
        self.assertEqual(self.hackney_twice('/v1/OfficerAccounts/CreateOfficerAccount', officer).status, 201)

    def test_there_a_role_has_keys_of_its_own(self):
        members, key = {'createdByOfficer': OFFICER, 'firstName': 'Ro', 'lastName': 'Leson', 'email': 'ro@mail.example'}, new_key()
        for client in (self.client_with(token('officer')), self.client_with(token('manager')), self.client_with(token('officer', seconds=60))):
            self.assertEqual(client.request('POST', '/v1/Contacts', json=members, headers={'Idempotency-Key': key}).status, 201)
        self.assertEqual(self.count('leson'), 2)
        self.assert_json(self.service.request('POST', '/v1/Contacts', json=members, headers={'Idempotency-Key': 'x' * 256}), 422, [error(KEY_REFUSED)])
