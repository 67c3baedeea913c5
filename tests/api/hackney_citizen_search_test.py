"""The citizen index search (contract 4.4: C1)."""
import json

from support.hackney import ZERO, HackneyTest
from support.hackney_people import ADA, BEN, DISPLAY, FILES, HOUSEHOLD, LINES, SEARCH, TENANCIES, UPRN

PATH = '/v1/CitizenIndexSearch'
NO_CRITERION = 'Please provide atleast one search criteria'
FORMER = {**TENANCIES[0], 'tenancy_uuid': '7d0c1a52-0000-4b11-9a10-5e0000000002', 'tag_reference': '004512/00',
          'household_uuid': '66000000-0000-4000-8000-000000000002', 'terminated': 'true', 'present': 'false'}
GONE = {'person_uuid': '1c9e0000-0000-4000-8000-000000000003', 'first_name': 'Gone', 'last_name': 'Sample', 'uprn': UPRN, 'tag_reference': '004512/00'}
NEXT_DOOR = {'property_uuid': 'a1000000-0000-4000-8000-000000000003', 'uprn': '100023000003', 'address_line_1': '1 ALPHA WAY', 'postcode': 'N1 1AA'}
NEIGHBOURS = [{'person_uuid': f'1c9e0000-0000-4000-8000-00000000001{i}', 'first_name': name, 'last_name': 'Neighbour', 'uprn': NEXT_DOOR['uprn'],
               'tag_reference': '004512/01'} for i, name in enumerate(('Amy', 'Cai', 'Bob'))]
CITIZENS = [{'usn': 'U1', 'person_uuid': ADA, 'first_name': 'Ada', 'last_name': 'Sample'},
            {'usn': 'U2', 'larn': 'LARN0000001', 'first_name': 'A', 'last_name': 'Sample'},
            {'usn': 'U3', 'uprn': '5', 'larn': 'LARN3', 'hackney_homes_id': 'H3', 'title': 'Mr', 'first_name': 'Cy', 'last_name': "O'Sample", 'date_of_birth': '1950-01-02',
             'address_line_1': 'FLAT 9', **LINES},
            {'usn': 'U4', 'last_name': 'Sampleton'}]

ADA_FOUND = {
    'id': None, 'hackneyhomesId': '90001', 'title': 'Ms', 'surname': 'Sample', 'firstName': 'Ada', 'dateOfBirth': '1981-11-12', 'address': None,
    'addressLine1': 'FLAT 2 SAMPLE HOUSE', 'addressLine2': 'EXAMPLE ROAD', 'addressLine3': 'HACKNEY', 'addressCity': 'LONDON', 'addressCountry': None,
    'postCode': 'E8 9ZZ', 'systemName': 'CRM365', 'larn': 'LARN0000001', 'uprn': UPRN, 'usn': None, 'fullAddressSearch': SEARCH,
    'fullAddressDisplay': DISPLAY, 'cautionaryAlert': False, 'propertyCautionaryAlert': False, 'crmContactId': ADA, 'emailAddress': None,
    'telephone1': '02000000000', 'telephone2': None, 'telephone3': None, 'fullName': 'Ada Sample', 'isActiveTenant': True, 'householdId': HOUSEHOLD,
    'accounttype': '1', 'mainTenant': True}
CY_FOUND = {
    'id': None, 'hackneyhomesId': 'H3', 'title': 'Mr', 'surname': "O'Sample", 'firstName': 'Cy', 'dateOfBirth': '1950-01-02',
    'address': 'FLAT 9 EXAMPLE ROAD HACKNEY LONDON E8 9ZZ', 'addressLine1': 'FLAT 9', 'addressLine2': 'EXAMPLE ROAD', 'addressLine3': 'HACKNEY',
    'addressCity': 'LONDON', 'addressCountry': '', 'postCode': 'E8 9ZZ', 'systemName': 'CitizenIndex', 'larn': 'LARN3', 'uprn': '5', 'usn': 'U3',
    'fullAddressSearch': 'flat9exampleroad', 'fullAddressDisplay': 'FLAT 9\r\nEXAMPLE ROAD\r\nHACKNEY\r\nLONDON E8 9ZZ', 'cautionaryAlert': None,
    'propertyCautionaryAlert': None, 'crmContactId': ZERO, 'emailAddress': None, 'telephone1': None, 'telephone2': None, 'telephone3': None,
    'fullName': "Cy O'Sample", 'isActiveTenant': False, 'householdId': None, 'accounttype': None, 'mainTenant': False}


class CitizenSearch(HackneyTest):
    roles = ()
    settings = {**HackneyTest.settings, 'TENANTRY_CITIZEN_SEARCH_MOST': '4'}

    files = {'properties.csv': [*FILES['properties.csv'], NEXT_DOOR], 'tenancies.csv': [*TENANCIES, FORMER],
             'people.csv': [*FILES['people.csv'], GONE, *NEIGHBOURS], 'citizen_index.csv': CITIZENS}

    def found(self, **query):
        answer = self.service.get(PATH, **query)
        self.assertEqual(answer.status, 200, str(answer))
        return [one['fullName'] if one['systemName'] == 'CRM365' else 'CI ' + one['fullName'] for one in answer.json['results']]

    def test_the_sample(self):
        answer = self.service.get(PATH, firstname='ada', surname='sample', postcode='E8 9ZZ', IsAdvanceSearch='false')
        self.assert_json(answer, 200, json.dumps({'results': [ADA_FOUND]}, separators=(',', ':')))

    def test_a_criterion_must_be_given(self):
        for query in ({}, {'firstname': ''}, {'firstname': ' ', 'surname': '', 'addressline12': '', 'postcode': '  '}, {'IsAdvanceSearch': 'true'}):
            self.assert_refused_with(self.service.get(PATH, **query), NO_CRITERION)

    def test_every_criterion_narrows_in_any_case_and_an_empty_one_is_none(self):
        both = ["Ben O'Sample", 'Ada Sample']
        for query, names in (({'surname': 'SAMPLE'}, both), ({'SURNAME': 'ampl'}, both), ({'surname': 'sample', 'firstname': 'ben'}, both[:1]),
                             ({'surname': 'sample', 'addressline12': '', 'postcode': ''}, both), ({'postcode': 'e89z'}, both),
                             ({'addressline12': 'house'}, both), ({'addressline12': 'FLAT2SAMPLEHOUSE'}, both), ({'addressline12': 'road FLAT 2'}, both),
                             ({'addressline12': 'flat 3'}, []), ({'addressline12': 'hackney'}, []), ({'surname': 'sample', 'postcode': 'N1'}, []),
                             ({'surname': "O'Sam"}, both[:1]), ({'surname': 'gone'}, []), ({'firstname': 'gone'}, [])):
            self.assertEqual(self.found(**query), names, query)
        for literal in ('%', '_', 's_mple', '"', "'", "' OR 1=1 --", 'sam*', 'sample" OR "x', '(', '\\'):
            self.assertEqual(self.found(surname=literal), [], literal)
            self.assertEqual(self.found(addressline12=literal), [], literal)
        self.assertEqual(len(self.service.request('GET', PATH.lower(), '&surname=osample').json['results']), 1)

    def test_a_part_that_cannot_be_read_does_not_widen_the_search(self):
        for unreadable in ('x' * 201, 'a\x01b'):
            self.assertEqual(self.found(surname='sample', firstname=unreadable), [])

    def test_the_list_is_by_address_then_by_name_backwards_and_cut_after_that(self):
        self.assertEqual(self.found(surname='neighbour'), ['Cai Neighbour', 'Bob Neighbour', 'Amy Neighbour'])
        self.assertEqual(self.found(firstname='a'), ['Cai Neighbour', 'Amy Neighbour', 'Ada Sample'])
        self.assertEqual(self.found(addressline12='a'), ['Cai Neighbour', 'Bob Neighbour', 'Amy Neighbour', "Ben O'Sample"])

    def test_the_citizen_index_is_added_without_whom_the_register_has(self):
        everyone = self.service.get(PATH, surname='sample', IsAdvanceSearch='True').json['results']
        self.assertEqual([one['crmContactId'] for one in everyone[:2]], [BEN, ADA])
        self.assertEqual([one['usn'] for one in everyone], [None, None, 'U4', 'U3'])
        self.assertEqual(json.dumps(everyone[3]), json.dumps(CY_FOUND))
        nothing = everyone[2]
        empty = {key for key, value in nothing.items() if value == ''}
        self.assertEqual(empty, {'hackneyhomesId', 'title', 'firstName', 'dateOfBirth', 'address', 'addressLine1', 'addressLine2', 'addressLine3',
                                 'addressCity', 'addressCountry', 'postCode', 'larn', 'uprn', 'fullAddressSearch', 'fullAddressDisplay'})
        self.assertEqual(nothing['fullName'], 'Sampleton')
        self.assertEqual(self.found(surname='sampleton', isadvancesearch='true'), ['CI Sampleton'])
        self.assertEqual(self.found(surname='sampleton'), [])
        self.assertEqual(self.found(addressline12='flat9', IsAdvanceSearch='true'), ["CI Cy O'Sample"])
        self.assertEqual(self.found(surname='neighbour', IsAdvanceSearch='true'), ['Cai Neighbour', 'Bob Neighbour', 'Amy Neighbour'])

    def test_a_second_import_of_a_usn_updates(self):
        self.import_files({'citizen_index.csv': [{'usn': 'U9', 'first_name': 'Eve', 'last_name': 'Before'}]})
        self.import_files({'citizen_index.csv': [{'usn': 'U9', 'first_name': 'Eve', 'last_name': 'Afterwards'}]})
        self.assertEqual(self.found(firstname='eve', IsAdvanceSearch='true'), ['CI Eve Afterwards'])
        self.import_files({'citizen_index.csv': [{'usn': '', 'last_name': 'Nobody'}]}, status=1)
