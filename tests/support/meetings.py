"""What the cases of meetings share: a patch, its officer and their manager, an association, and the outbox."""
import email
import email.policy
import json
import re
import time

from support.hackney import HackneyTest, token

PATCH = 'bb000000-0000-4000-8000-000000000001'
MANAGER_AREA = 'aa000000-0000-4000-8000-000000000001'
OFFICER = 'cc000000-0000-4000-8000-000000000001'
MANAGER = 'dd000000-0000-4000-8000-000000000001'
OFFICER_MAIL = 'olu@landlord.example'
MANAGER_MAIL = 'mo@landlord.example'
NOBODY = '99999999-0000-4000-8000-000000000001'
TICKET = r'CAS-\d{5}-[A-Z0-9]{6}'
LINK = 'https://meetings.example/sign?token='


class MeetingsTest(HackneyTest):
    settings = {**HackneyTest.settings, 'TENANTRY_MEETING_LINK': LINK}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.plant(OFFICER_MAIL, MANAGER_MAIL)
        cls.import_files({
            'areas.csv': [{'area_id': 3, 'name': 'Homerton 1'}],
            'officers.csv': [{'officer_uuid': OFFICER, 'first_name': 'Olu', 'last_name': 'Officer', 'email': OFFICER_MAIL},
                             {'officer_uuid': MANAGER, 'first_name': 'Mo', 'last_name': 'Manager', 'email': MANAGER_MAIL}],
            'manager_areas.csv': [{'manager_area_uuid': MANAGER_AREA, 'name': 'Homerton 1 manager', 'area_id': 3, 'officer_uuid': MANAGER}],
            'patches.csv': [{'patch_uuid': PATCH, 'name': 'HN7', 'area_id': 3, 'manager_area_uuid': MANAGER_AREA, 'officer_uuid': OFFICER}],
            'code_lists.csv': [{'list': 'nature_of_enquiry', 'code': '28', 'label': 'ETRA'},
                               {'list': 'enquiry_subject', 'code': '100000501', 'label': 'ASB South'}]})

    def setUp(self):
        self.mail = f'tra.{time.monotonic_ns()}@mail.example'
        self.server.plant(self.mail)
        self.association = self.create_association(self.mail)

    def create_association(self, mail):
        name = f'TRA {time.monotonic_ns()}'
        self.assert_empty(self.service.post('/v1/TRA', {'name': name, 'email': mail, 'areaId': 3, 'patchId': PATCH}), 200)
        return next(one['traId'] for one in self.service.get('/v1/TRA/GetTRAForPatch', patchId=PATCH).json['results'] if one['name'] == name)

    # Letters

    def letters(self):
        """All in the outbox, the newest last."""
        folder = self.server.data / 'outbox'
        paths = sorted(folder.glob('*.eml'), key=lambda path: path.stat().st_mtime_ns) if folder.exists() else []
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]

    def letters_to_association(self, count=1):
        """The letters to this case's association, of which there must be so many. The sender looks once a second; ten are given."""
        ends = time.monotonic() + 10
        while True:
            came = [letter for letter in self.letters() if letter['To'] == self.mail]
            if len(came) >= count:
                self.assertEqual(len(came), count)
                return came
            self.assertLess(time.monotonic(), ends, f'only {len(came)} letters came')
            time.sleep(0.05)

    @staticmethod
    def token_in(letter):
        return re.search(r'[\w-]+\.[\w-]+\.[\w-]+$', letter.get_content().strip())[0]

    # Tokens and calls of the second version

    @staticmethod
    def officer_claim(**members):
        return json.dumps({'estateOfficerLoginId': NOBODY, 'officerId': OFFICER, 'username': 'oofficer', 'fullName': 'Olu Officer',
                           'areaManagerId': MANAGER_AREA, 'officerPatchId': PATCH, 'areaId': '3', **members})

    @property
    def officer_client(self):
        return self.client_with(token(sub='nobody in particular', jti='', meeting=self.officer_claim()))

    def meeting_body(self, **members):
        return {'traId': self.association, 'meetingName': 'March meeting',
                'meetingAttendance': {'councillors': '', 'hackneyStaff': '', 'attendees': 4}, **members}

    def save(self, **members):
        answer = self.officer_client.post('/v2/tra/meeting', self.meeting_body(**members))
        self.assertEqual(answer.status, 200, str(answer))
        return answer.json
