"""Values planted through the Hackney API are nowhere in clear: next of kin, letter addresses, what officers warned of and wrote,
who speaks for an association, signatures; and no query is in the log."""
import base64

from e2e.canary_test import holds
from support.hackney import HackneyTest, token

OFFICER, PATCH, MANAGER_AREA = (f'{n}0000000-0000-4000-8000-000000000001' for n in ('c', 'b', 'a'))
PROPERTY, TENANCY, PERSON = (f'{n}0000000-0000-4000-8000-000000000001' for n in ('1', '7', '2'))
UPRN = '100023000001'
SIGNATURE = b'a picture of Xanthippe\'s signature, in ink'
PASSWORD = 'hollyhock-and-periwinkle'

SECRETS = {
    'kin': 'Thaddeus Kinsmanship', 'kin_address': '41 Kinfolk Meadow', 'kin_mobile': '07700900555', 'kin_email': 'thaddeus.kin@mail.example',
    'letter_line': 'Poste Restante Quuxborough', 'letter_city': 'Zzyzxford', 'alert_type': 'WARN-OF-ZEPHYRS',
    'title': 'Marzipan dispute', 'description': 'The gazebo burnt down on Tuesday', 'advice': 'Advised to ring the aardvark line',
    'resolution': 'Settled over rhubarb crumble', 'tra_email': 'tra.canary@mail.example', 'tra_notes': 'Meets beside the obelisk',
    'representative': 'Ignatius Chairworthy', 'councillors': 'Cllr Wolfgang Plimsoll', 'staff': 'Beatrix Lampwick', 'signatory': 'Xanthippe Undersigner',
    'meeting': 'Gathering of the hedgehogs', 'location': 'Behind the pergola', 'officer': 'Cuthbert Patchholder', 'citizen_birth': '1947-03-19',
}


class HackneyCanaries(HackneyTest):
    files = {
        'areas.csv': [{'area_id': 3, 'name': 'Homerton 1'}],
        'officers.csv': [{'officer_uuid': OFFICER, 'first_name': 'Cuthbert', 'last_name': 'Patchholder', 'email': 'cuthbert.canary@lettings.example',
                          'username': 'cuthbert', 'password': PASSWORD}],
        'manager_areas.csv': [{'manager_area_uuid': MANAGER_AREA, 'name': 'Homerton manager', 'area_id': 3}],
        'patches.csv': [{'patch_uuid': PATCH, 'name': 'HN7', 'area_id': 3, 'manager_area_uuid': MANAGER_AREA, 'officer_uuid': OFFICER}],
        'properties.csv': [{'property_uuid': PROPERTY, 'uprn': UPRN, 'address_line_1': '9 Weir Lane', 'postcode': 'E8 9ZZ', 'patch_uuid': PATCH}],
        'tenancies.csv': [{'tenancy_uuid': TENANCY, 'tag_reference': '004512/01', 'uprn': UPRN, 'present': 'true'}],
        'people.csv': [{'person_uuid': PERSON, 'first_name': 'Ada', 'last_name': 'Sample', 'uprn': UPRN, 'tag_reference': '004512/01'}],
        'citizen_index.csv': [{'usn': 'U1', 'first_name': 'Cy', 'last_name': 'Citizen', 'date_of_birth': SECRETS['citizen_birth']}],
    }

    def ok(self, answer):
        self.assertLess(answer.status, 300, str(answer))
        return answer

    def use_contacts(self):
        s = SECRETS
        self.ok(self.service.patch('/v1/Contacts/UpdateNextOfKin', {'contactID': PERSON, 'nextOfKinName': s['kin'], 'nextOfKinAddress': s['kin_address'],
                                                                     'nextOfKinMobile': s['kin_mobile'], 'nextOfKinEmail': s['kin_email']}))
        self.ok(self.service.put('/v1/Contacts', {'address1': s['letter_line'], 'city': s['letter_city'], 'updatedByOfficer': OFFICER}, contactId=PERSON))
        self.ok(self.service.post('/v1/Contacts/CreateCautionaryAlerts', {'contactId': PERSON, 'uprn': UPRN, 'cautionaryAlertType': [s['alert_type']]}))
        for query in ({'surname': 'sample'}, {'addressline12': s['letter_line']}, {'firstname': s['kin'], 'IsAdvanceSearch': 'true'}):
            self.ok(self.service.get('/v1/CitizenIndexSearch', **query))
        self.ok(self.service.get('/v1/Login/AuthenticateNHOfficers', username='cuthbert', password=PASSWORD))
        self.ok(self.service.get('/v1/Login/AuthenticateNHOfficers', username='cuthbert.canary@lettings.example', password='wrong ' + s['kin']))

    def use_interactions(self):
        s = SECRETS
        logged = self.ok(self.service.post('/v1/TenancyManagementInteractions/CreateTenancyManagementInteraction', {
            'contactId': PERSON, 'enquirySubject': '100000005', 'estateOfficerId': OFFICER, 'estateOfficerName': s['officer'], 'subject': 'x', 'source': '1',
            'natureofEnquiry': '3', 'areaName': 3, 'officerPatchId': PATCH, 'processType': 0, 'adviceGiven': s['advice'],
            'serviceRequest': {'title': s['title'], 'description': s['description'], 'subject': 'x'}})).json
        self.ok(self.service.patch('/v1/TenancyManagementInteractions', {
            'interactionId': logged['interactionId'], 'estateOfficerId': OFFICER, 'status': 0,
            'serviceRequest': {'id': logged['serviceRequest']['id'], 'description': s['resolution']}}))
        tray = self.ok(self.service.get('/v1/TenancyManagementInteractions', contactId=PERSON, personType='contact'))
        self.assertIn(s['description'], tray.body.decode())

    def use_meetings(self):
        s = SECRETS
        self.ok(self.service.post('/v1/TRA', {'name': 'Sample TRA', 'notes': s['tra_notes'], 'email': s['tra_email'], 'areaId': 3, 'patchId': PATCH, 'estateRefs': []}))
        tra = self.service.get('/v1/TRA/GetTRAForPatch', patchId=PATCH).json['results'][0]['traId']
        self.ok(self.service.post(f'/v1/TRA/{tra}/representative/{s["representative"].replace(" ", "%20")}/chair'))
        claims = f'{{"officerId":"{OFFICER}","officerPatchId":"{PATCH}","areaId":"3","fullName":"{s["officer"]}"}}'
        officer = self.client_with(token(meeting=claims))
        self.ok(officer.post('/v2/tra/meeting', {
            'traId': tra, 'meetingName': s['meeting'], 'meetingAttendance': {'councillors': s['councillors'], 'hackneyStaff': s['staff'], 'attendees': 4},
            'issues': [{'issueType': {'issueId': '100000501'}, 'location': {'name': s['location']}, 'notes': s['description']}],
            'signOff': {'signature': base64.b64encode(SIGNATURE).decode(), 'name': s['signatory'], 'role': 'chair'}}))

    def stored(self):
        """Every file of the instance but the outbox, whose letters are in clear for the operator."""
        return {path: path.read_bytes() for path in self.server.folder.rglob('*')
                if path.is_file() and not {'import', 'outbox'} & set(path.parts)}

    def test_planted_values_lie_nowhere_in_clear(self):
        self.use_contacts()
        self.use_interactions()
        self.use_meetings()
        contents = list(self.stored().items())
        with self.server.offline():
            contents += self.stored().items()
        values = [*SECRETS.values(), PASSWORD, 'cuthbert.canary@lettings.example', SIGNATURE.decode(), base64.b64encode(SIGNATURE).decode()[4:]]
        for path, content in contents:
            for value in values:
                self.assertFalse(holds(content, value), f'{path.name} holds {value!r}')
        # The same search finds what is meant to be in clear.
        self.assertTrue(any(holds(content, '9 Weir Lane') for _, content in contents))
        self.assertTrue(any(holds(content, 'ada sample') for _, content in contents))
