"""A home, its people and their tenancy, as the contract's samples have them, for cases of contacts, alerts and the citizen index."""
UPRN = '100023000001'
EMPTY_UPRN = '100023000002'
ADA = '1c9e0000-0000-4000-8000-000000000001'
BEN = '1c9e0000-0000-4000-8000-000000000002'
HOME = 'a1000000-0000-4000-8000-000000000001'
HOUSEHOLD = '66000000-0000-4000-8000-000000000001'
TENANCY = '7d0c1a52-0000-4b11-9a10-5e0000000001'
OFFICER = 'cc000000-0000-4000-8000-000000000001'
DISPLAY = 'FLAT 2 SAMPLE HOUSE\r\nEXAMPLE ROAD\r\nHACKNEY\r\nLONDON E8 9ZZ'
SEARCH = 'flat2samplehouseexampleroad'
LINES = {'address_line_2': 'EXAMPLE ROAD', 'address_line_3': 'HACKNEY', 'city': 'LONDON', 'postcode': 'E8 9ZZ'}

PROPERTIES = [{'property_uuid': HOME, 'uprn': UPRN, 'property_reference': '00004512', 'house_reference': '004512',
               'address_line_1': 'FLAT 2 SAMPLE HOUSE', **LINES},
              {'property_uuid': 'a1000000-0000-4000-8000-000000000002', 'uprn': EMPTY_UPRN, 'address_line_1': 'FLAT 3 SAMPLE HOUSE', **LINES}]
PEOPLE = [{'person_uuid': ADA, 'title': 'Ms', 'first_name': 'Ada', 'last_name': 'Sample', 'date_of_birth': '1981-11-12', 'telephone_1': '02000000000',
           'larn': 'LARN0000001', 'hackney_homes_id': '90001', 'member_id': '5500001', 'person_number': '1', 'uprn': UPRN,
           'tag_reference': '004512/01', 'responsible': 'true', 'relationship': 'Person 1'},
          {'person_uuid': BEN, 'first_name': 'Ben', 'last_name': "O'Sample", 'uprn': UPRN, 'tag_reference': '004512/01', 'disabled': 'true',
           'relationship': 'Person 2', 'extended_relationship': 'Son'}]
TENANCIES = [{'tenancy_uuid': TENANCY, 'tag_reference': '004512/01', 'uprn': UPRN, 'household_uuid': HOUSEHOLD, 'terminated': 'false', 'present': 'true',
              'account_type': '1', 'created_at': '2012-01-23T00:00:00Z'}]
FILES = {'properties.csv': PROPERTIES, 'tenancies.csv': TENANCIES, 'people.csv': PEOPLE}
