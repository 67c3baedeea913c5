"""Meetings, second version: the flow of an officer's tablet and an association's letter (contract 4.14)."""
import base64
import json
import re
import time
import uuid

from support.hackney import ZERO, token
from support.meetings import LINK, MANAGER_MAIL, NOBODY, OFFICER_MAIL, PATCH, TICKET, MeetingsTest

ISSUES = [{'issueType': {'issueId': '100000501'}, 'location': {'name': 'Sample House'}, 'notes': 'Door broken'},
          {'issueType': {'issueId': 100000220}, 'location': {'name': 'Yew House'}, 'notes': 'Damp\nand cold'}]
PICTURE = base64.b64encode(bytes(range(256)) * 20).decode()
SIGN_OFF = {'signature': PICTURE, 'name': 'Cy Chair', 'role': 'chair'}
TICKS = r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$'
ATTENDANCE = {'councillors': '', 'hackneyStaff': '', 'attendees': 4}


class Meetings(MeetingsTest):
    roles = ('officer', 'admin')

    def test_the_whole_flow_from_saving_to_signing_off(self):
        saved = self.save(issues=ISSUES)
        ids = [issue.pop('id') for issue in saved['issues']]
        self.assertEqual(saved, {
            'id': saved['id'], 'incidentId': ZERO, 'meetingName': 'March meeting',
            'issues': [ISSUES[0], {**ISSUES[1], 'issueType': {'issueId': '100000220'}}], 'meetingAttendance': ATTENDANCE, 'signOff': None,
            'createdOn': '0001-01-01T00:00:00', 'isEmailSent': True, 'isSignedOff': False})

        letter, = self.letters_to_association()
        self.assertEqual(letter['Subject'], 'Please sign off the notes of your meeting')
        self.assertIn(LINK, letter.get_content())
        mailed = self.token_in(letter)
        claims = json.loads(base64.urlsafe_b64decode(mailed.split('.')[1] + '=='))
        self.assertEqual((claims['meetingId'], claims['officerName'], claims['traId']), (saved['id'], 'Olu Officer', str(self.association)))
        self.assertEqual(claims['exp'] - claims['iat'], 100 * 24 * 3600)
        self.assertEqual(claims['nbf'], claims['iat'])

        association = self.client_with(mailed)
        shown = association.get('/V2/TRA/meeting').json
        self.assertRegex(shown.pop('createdOn'), r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        self.assertEqual(shown, {
            'id': saved['id'], 'meetingName': 'March meeting', 'issues': [{'id': number, **issue} for number, issue in zip(ids, saved['issues'])],
            'meetingAttendance': ATTENDANCE, 'signOff': None, 'isEmailSent': False, 'isSignedOff': False})

        signed = association.patch('/v2/tra/meeting', {'signOff': SIGN_OFF}).json
        self.assertRegex(signed['signOff'].pop('signOffDate'), TICKS)
        self.assertEqual(signed, {'id': saved['id'], 'signOff': SIGN_OFF, 'isSignedOff': True, 'isEmailSent': True})
        self.assertEqual(self.letters_to_association(2)[1]['Subject'], 'The notes of your meeting are signed off')
        shown = association.get('/v2/tra/meeting').json
        self.assertTrue(shown['isSignedOff'])
        self.assertEqual({key: shown['signOff'][key] for key in SIGN_OFF}, SIGN_OFF)
        details = self.service.get('/v1/ETRA/get-meeting-details/' + saved['id']).json
        self.assertEqual((details['signatoryRole'], details['totalAttendees']), ('chair', 4))

    def test_it_may_be_signed_again(self):
        association = self.client_with(self.letter_token())
        for name, picture in (('Cy Chair', PICTURE), ('Tess Okafor', None)):
            answer = association.patch('/v2/tra/meeting', {'SignOff': {'Name': name, 'role': 'chair', 'signature': picture}})
            self.assertEqual((answer.status, answer.json['signOff']['name']), (200, name))
        shown = association.get('/v2/tra/meeting').json['signOff']
        self.assertEqual((shown['name'], shown['signature']), ('Tess Okafor', None))

    def letter_token(self, **members):
        self.setUp()  # another association, so that the letter is known from others
        self.save(**members)
        return self.token_in(self.letters_to_association()[0])

    def test_a_meeting_signed_there_and_then_is_ended(self):
        saved = self.save(signOff=SIGN_OFF, issues=[])
        self.assertRegex(saved['signOff'].pop('signOffDate'), TICKS)
        self.assertEqual((saved['signOff'], saved['issues'], saved['isSignedOff'], saved['isEmailSent']), (SIGN_OFF, [], True, True))
        self.assertEqual(self.letters_to_association()[0]['Subject'], 'The notes of your meeting are signed off')
        tray = self.service.get('/v1/TenancyManagementInteractions', contactId=PATCH, personType='officer').json['results']
        mine, = [one for one in tray if one['interactionId'] == saved['id']]
        self.assertEqual((mine['stateCode'], mine['processStage'], mine['natureOfEnquiryId'], mine['enquirySubjectId']), (1, 8, 28, 100000219))
        self.assert_empty(self.service.patch('/v1/ETRA/finalise-meeting/' + saved['id'], {}), 403)

    def test_who_has_no_address_gets_no_letter(self):
        silent = self.create_association(mail='')
        wrong = self.create_association(mail='ask at the office')
        for number in (silent, wrong, 0, None, 404, -1):
            saved = self.save(traId=number, issues=None)
            self.assertEqual((saved['isEmailSent'], saved['issues']), (False, None))
        self.assertEqual(len(self.service.get(f'/v1/ETRA/etra-meetings-by-tra/{silent}').json), 1)

    def test_what_an_issue_lacks_is_null(self):
        saved = self.save(issues=[{}, {'issueType': {}, 'location': {}}])
        for issue in saved['issues']:
            issue.pop('id')
        self.assertEqual(saved['issues'], [{'issueType': None, 'location': None, 'notes': None},
                                           {'issueType': {'issueId': None}, 'location': {'name': None}, 'notes': None}])

    # What is refused

    def assert_state(self, answer, state):
        self.assert_json(answer, 400, state)

    def test_a_meeting_that_breaks_rules_is_told_by_place(self):
        name = {'MeetingName': ['The MeetingName field is required.']}
        few = {'MeetingAttendance.Attendees': ['Please enter a value bigger than 1']}
        cases = [({'meetingName': None}, name), ({'meetingName': ' '}, name), ({'meetingAttendance': {}}, few), ({'meetingAttendance': {'attendees': 0}}, few),
                 ({'meetingAttendance': {'attendees': '-4'}}, few),
                 ({'signOff': {}}, {'SignOff.Name': ['The Name field is required.'], 'SignOff.Role': ['The Role field is required.']}),
                 ({'signOff': {'name': 'x', 'role': 'chair', 'signature': 'no base64'}}, {'SignOff.Signature': ['The Signature field is not valid base64.']}),
                 ({'issues': [{}] * 201}, {'Issues': ['A meeting has at most 200 issues.']}),
                 ({'meetingName': '', 'meetingAttendance': {'attendees': 0}, 'signOff': {'name': 'x'}}, {**name, **few, 'SignOff.Role': ['The Role field is required.']})]
        for members, state in cases:
            answer = self.officer_client.post('/v2/tra/meeting', self.meeting_body(**members))
            self.assert_state(answer, state)
            self.assertEqual(list(answer.json), list(state))
        self.assertEqual(self.service.get(f'/v1/ETRA/etra-meetings-by-tra/{self.association}').json, [])

    def test_a_body_that_cannot_be_read_has_no_place(self):
        for client, method in ((self.officer_client, 'POST'), (self.client_with(self.letter_token()), 'PATCH')):
            for body in (None, b'', b' ', b'null'):
                answer = client.request(method, '/v2/tra/meeting', body=body, content_type='application/json')
                self.assert_state(answer, {'': ['A non-empty request body is required.']})
            for body in (b'{', b'[]', b'1', b'{"signOff":1}', b'{"signOff":{"name":{}}}'):
                self.assert_state(client.request(method, '/v2/tra/meeting', body=body, content_type='application/json'), {'': ['The input was not valid.']})
        for members in ({'traId': 'x'}, {'issues': {}}, {'issues': [1]}, {'issues': [{'notes': 'x' * 10_001}]}, {'meetingName': 'x' * 201}):
            self.assert_state(self.officer_client.post('/v2/tra/meeting', self.meeting_body(**members)), {'': ['The input was not valid.']})

    def test_a_sign_off_needs_a_name_and_a_role(self):
        association = self.client_with(self.letter_token())
        for body, state in (({}, {'SignOff': ['The SignOff field is required.']}), ({'signOff': None}, {'SignOff': ['The SignOff field is required.']}),
                            ({'signOff': {'signature': 'AAAA'}}, {'SignOff.Name': ['The Name field is required.'], 'SignOff.Role': ['The Role field is required.']})):
            self.assert_state(association.patch('/v2/tra/meeting', body), state)
        self.assertFalse(association.get('/v2/tra/meeting').json['isSignedOff'])

    def test_a_meeting_without_attendance_fails_and_leaves_nothing(self):
        self.assert_failed(self.officer_client.post('/v2/tra/meeting', self.meeting_body(meetingAttendance=None)), 'filter')
        self.assertEqual(self.service.get(f'/v1/ETRA/etra-meetings-by-tra/{self.association}').json, [])

    def test_what_fails_late_leaves_nothing_and_no_letter(self):
        with self.server.offline() as database:
            self.server.held_to_journal = False
            database.execute("UPDATE sequence SET next = 1 WHERE name = 'mail'")
            database.execute("INSERT INTO mail (id, uuid, recipient, subject, body, attempts, due_at, created_at) VALUES (1, x'00', x'', x'', x'', 0, NULL, 0)")
        self.assert_failed(self.officer_client.post('/v2/tra/meeting', self.meeting_body(issues=ISSUES, signOff=SIGN_OFF)), 'filter')
        with self.server.offline() as database:
            database.execute('DELETE FROM mail')
            self.assertEqual(database.execute('SELECT count(*) FROM signature WHERE id > (SELECT next - 1 FROM sequence WHERE name = ?)', ('signature',)).fetchone(), (0,))
        self.assertEqual(self.service.get(f'/v1/ETRA/etra-meetings-by-tra/{self.association}').json, [])

    # Tokens

    def test_the_officer_is_in_the_named_claim_or_in_the_third(self):
        claim = self.officer_claim()
        for claims in ({'meeting': claim}, {'sub': 'x', 'other': claim}, {'sub': 'x', 'jti': '', 'unique_name': 'y', 'meeting': claim}):
            client = self.client_with(token(**claims))
            self.assertEqual(client.post('/v2/tra/meeting', self.meeting_body()).status, 200, claims)

    def test_another_kind_of_token_fails(self):
        bad = [{}, {'meeting': 'no json'}, {'meeting': '{}'}, {'meeting': 1}, {'a': 'b', 'c': 'd'}, {'meeting': self.officer_claim(officerId=NOBODY)},
               {'meeting': self.officer_claim(officerPatchId=NOBODY)}, {'meeting': self.officer_claim(areaId='404')}, {'meeting': self.officer_claim(areaId='x')},
               {'meeting': self.officer_claim(officerId='x')}]
        for claims in bad:
            self.assert_failed(self.client_with(token(**claims)).post('/v2/tra/meeting', self.meeting_body()), 'filter')
        self.assert_failed(self.officer_client.get('/v2/tra/meeting'), 'filter')
        self.assert_failed(self.service.patch('/v2/tra/meeting', {'signOff': SIGN_OFF}), 'filter')
        self.assert_failed(self.client_with(self.as_role('officer').token).get('/v2/tra/meeting'), 'filter')

    def test_a_meetings_token_opens_nothing_but_its_meeting(self):
        mailed = self.letter_token()
        alike = [mailed, token(meetingId=str(uuid.uuid4())), token(MEETINGID=str(uuid.uuid4()), role='admin'), token('service', meetingid='x'),
                 token(meetingId=1, meeting=self.officer_claim()), token(meetingId=None)]
        closed = [(route['method'], route['path']) for route in self.server.routes()
                  if not route['open'] and (route['path'] == '/Values' or re.match('/v[12]/', route['path']))
                  and (route['method'], route['path']) not in (('GET', '/v2/tra/meeting'), ('PATCH', '/v2/tra/meeting'))]
        self.assertGreater(len(closed), 30)
        for one in alike:
            client = self.client_with(one)
            for method, path in closed:
                self.assert_empty(client.request(method, path.replace('{', '').replace('}', '')), 403)
            self.assertEqual(self.server.client(one).get('/api/tenants/list').status, 401)
        for one in alike[1:]:
            client = self.client_with(one)
            self.assert_failed(client.get('/v2/tra/meeting'), 'filter')
            self.assert_failed(client.patch('/v2/tra/meeting', {'signOff': SIGN_OFF}), 'filter')

    def test_a_token_of_one_meeting_shows_no_other(self):
        first, second = self.letter_token(meetingName='First'), self.letter_token(meetingName='Second')
        self.assertEqual([self.client_with(one).get('/v2/tra/meeting').json['meetingName'] for one in (first, second)], ['First', 'Second'])
        self.assert_empty(self.client_with(first[:-2] + 'AA').get('/v2/tra/meeting'), 401)
        self.assert_empty(self.client_with(None).get('/v2/tra/meeting'), 401)

    # Escalation

    def make_due(self, *issues, days=0):
        """The deadline of these issues is so many days from today. The row's seal goes with it, so their rows are damaged."""
        with self.server.offline() as database:
            for number in issues:
                database.execute('UPDATE issue SET deadline_on = ? WHERE interaction_id = (SELECT id FROM interaction WHERE uuid = ?)',
                                 (int(time.time()) // 86_400 + days, uuid.UUID(number).bytes))

    def test_nothing_due_is_three_nulls(self):
        self.save(issues=ISSUES)
        self.assert_json(self.service.request('POST', '/v2/tra/meeting/issues'), 200,
                         '{"issuesToEscalate":null,"successfullyEscalatedIssues":null,"failedToEscalateIssues":null}')

    def test_an_issue_whose_deadline_was_moved_by_others_is_not_escalated(self):
        # What is due in good order is escalated in register/issue_test.cpp, whose clock can be moved.
        saved = self.save(issues=ISSUES)
        first = saved['issues'][0]['id']
        self.make_due(first)
        try:
            answer = self.service.request('POST', '/v2/tra/meeting/issues').json
            self.assertIsNone(answer['successfullyEscalatedIssues'])
            item, = answer['failedToEscalateIssues']
            self.assertRegex(item['ticketNumber'], TICKET)
            self.assertEqual((item['id'], item['areaId'], item['traId'], item['housingOfficerName'], item['issueName'], item['issueType'], item['notes']),
                             (first, 3, self.association, 'Olu Officer', 'ASB South', {'issueId': '100000501'}, 'Door broken'))
            self.assertEqual({item[key] for key in item if key.endswith('EmailSent')}, {False})
            self.assertFalse({OFFICER_MAIL, MANAGER_MAIL} & {letter['To'] for letter in self.letters()})
        finally:
            with self.server.offline() as database:
                self.server.held_to_journal = False
                database.execute('DELETE FROM issue WHERE interaction_id = (SELECT id FROM interaction WHERE uuid = ?)', (uuid.UUID(first).bytes,))
