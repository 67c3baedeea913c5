"""A home, its people and their tenancy, as the contract's samples have them, for cases of contacts, alerts and the citizen index."""
import uuid

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
FILES = {'properties.csv': PROPERTIES, 'people.csv': PEOPLE}


def add_tenancies(server, *tenancies):
    """Rows for tenancies (uuid, household's uuid, tag reference, whether present), to be there before their people are imported."""
    with server.offline() as database:
        for tenancy, household, tag, present in tenancies:
            number = database.execute("SELECT next FROM sequence WHERE name = 'tenancy'").fetchone()[0]
            home = database.execute("SELECT next FROM sequence WHERE name = 'household'").fetchone()[0]
            database.execute("UPDATE sequence SET next = next + 1 WHERE name IN ('tenancy', 'household')")
            database.execute('INSERT INTO household (id, uuid, tag_reference, created_at) VALUES (?, ?, ?, 0)', (home, uuid.UUID(household).bytes, tag))
            database.execute('INSERT INTO tenancy (id, uuid, version, tag_reference, household_id, terminated, present, account_type, created_at, '
                             'updated_at) VALUES (?, ?, 1, ?, ?, ?, ?, ?, 0, 0)',
                             (number, uuid.UUID(tenancy).bytes, tag, home, not present, present, '1'))
