"""A small landlord with officers, and what the cases of interactions share."""
from support.hackney import HackneyTest

PATH = '/v1/TenancyManagementInteractions'
OFFICER = 'cc000000-0000-4000-8000-000000000001'
MANAGER = 'cc000000-0000-4000-8000-000000000002'
PATCH = 'bb000000-0000-4000-8000-000000000001'
EMPTY_PATCH = 'bb000000-0000-4000-8000-000000000002'
MANAGER_AREA = 'aa000000-0000-4000-8000-000000000001'
HOUSEHOLD = '66000000-0000-4000-8000-000000000001'
ADA = '1c9e0000-0000-4000-8000-000000000001'
ZOE = '1c9e0000-0000-4000-8000-000000000002'
SUBJECT = 'c1f72d01-28dc-e711-8115-70106faa6a11'
UNKNOWN = '99999999-9999-4999-8999-999999999999'
NOTHING = '{"result":{}}'

FILES = {
    'areas.csv': [{'area_id': '3', 'name': 'Homerton 1'}, {'area_id': '4', 'name': 'Homerton 2'}],
    'officers.csv': [
        {'officer_uuid': OFFICER, 'first_name': 'Olu', 'last_name': 'Officer', 'email': 'olu@example.org'},
        {'officer_uuid': MANAGER, 'first_name': 'Mo', 'last_name': 'Manager', 'email': 'mo@example.org'}],
    'manager_areas.csv': [{'manager_area_uuid': MANAGER_AREA, 'name': 'Homerton 1 manager', 'area_id': '3', 'officer_uuid': MANAGER}],
    'patches.csv': [
        {'patch_uuid': PATCH, 'name': 'HN7', 'area_id': '3', 'manager_area_uuid': MANAGER_AREA, 'officer_uuid': OFFICER},
        {'patch_uuid': EMPTY_PATCH, 'name': 'HN8', 'area_id': '3'}],
    'properties.csv': [
        {'property_uuid': '77000000-0000-4000-8000-000000000001', 'uprn': '100023000001', 'address_line_1': 'FLAT 2 SAMPLE HOUSE',
         'address_line_2': 'EXAMPLE ROAD', 'city': 'LONDON', 'postcode': 'E8 9ZZ', 'patch_uuid': PATCH}],
    'tenancies.csv': [
        {'tenancy_uuid': '55000000-0000-4000-8000-000000000001', 'tag_reference': '004512/01', 'uprn': '100023000001', 'household_uuid': HOUSEHOLD,
         'present': 'true', 'terminated': 'false', 'created_at': '2020-01-02T03:04:05Z'}],
    'people.csv': [
        {'person_uuid': ADA, 'title': 'Ms', 'first_name': 'Ada', 'last_name': 'Sample', 'date_of_birth': '1981-11-12', 'email': 'ada@example.org',
         'telephone_1': '02000000000', 'larn': 'LARN0000001', 'uprn': '100023000001', 'tag_reference': '004512/01', 'responsible': 'true'},
        {'person_uuid': ZOE, 'first_name': 'Zoë', 'last_name': "O'Brien"}],
    'code_lists.csv': [
        {'list': 'nature_of_enquiry', 'code': '15', 'label': 'Tenancy process'},
        {'list': 'enquiry_subject', 'code': '100000156', 'label': "Tenancy & household check"}],
}


def new_interaction(**changes):
    """A request that logs a plain interaction about Ada in the officer's tray. None leaves a member out."""
    service_request = {'title': 'Tenancy Management', 'description': 'Starting a check', 'subject': SUBJECT, **changes.pop('serviceRequest', {})}
    request = {'contactId': ADA, 'enquirySubject': '100000156', 'estateOfficerId': OFFICER, 'estateOfficerName': 'Olu Officer', 'subject': SUBJECT,
               'source': '1', 'natureofEnquiry': '15', 'officerPatchId': PATCH, 'areaName': 3, 'processType': 0, **changes,
               'serviceRequest': {name: value for name, value in service_request.items() if value is not None}}
    return {name: value for name, value in request.items() if value is not None}


class InteractionsTest(HackneyTest):
    files = FILES

    def log(self, **changes):
        answer = self.service.post(PATH + '/CreateTenancyManagementInteraction', new_interaction(**changes))
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json

    def close(self, logged, officer):
        answer = self.service.patch(PATH, {'interactionId': logged['interactionId'], 'estateOfficerId': officer, 'status': 0,
                                           'serviceRequest': {'id': logged['serviceRequest']['id']}})
        self.assertEqual(answer.status, 200, str(answer))

    def tray(self, person_type, uuid):
        """The items by interactionId."""
        answer = self.service.get(PATH, contactId=uuid, personType=person_type)
        self.assertEqual(answer.status, 200, str(answer))
        return {item['interactionId']: item for item in answer.json.get('results', [])}

    def item(self, logged, person_type='contact', uuid=ADA):
        return self.tray(person_type, uuid)[logged['interactionId']]

    def notes(self, logged):
        return [note['noteText'] for note in self.item(logged)['AnnotationList']]
