"""Areas, officers and patches for cases of the Hackney API."""
AREA = 'aa000000-0000-4000-8000-00000000000{}'.format
PATCH = 'bb000000-0000-4000-8000-00000000000{}'.format
OLU = 'cc000000-0000-4000-8000-000000000001'
MO = 'dd000000-0000-4000-8000-000000000001'
UNA = 'ee000000-0000-4000-8000-000000000001'
LEA = 'ee000000-0000-4000-8000-000000000002'
HOME = 'f1000000-0000-4000-8000-00000000000{}'.format
PASSWORD = 's3cret of an officer'


def officer(uuid, first, last, **more):
    return {'officer_uuid': uuid, 'first_name': first, 'last_name': last, 'email': f'{first}.{last}@lettings.example'.lower(), **more}


FILES = {
    'areas.csv': [{'area_id': 3, 'name': 'Homerton 1'}, {'area_id': 4, 'name': 'Homerton 2'}, {'area_id': 5, 'name': 'Shoreditch'}],
    'officers.csv': [
        officer(OLU, 'Olu', 'Officer', username='oofficer', password=PASSWORD),
        officer(MO, 'Mo', 'Manager', username='mmanager', password=PASSWORD),
        officer(UNA, 'Una', 'Signed', username='usigned', password=PASSWORD),
        officer(LEA, 'Lea', 'Left', username='lleft', password=PASSWORD, active='false'),
    ],
    'manager_areas.csv': [
        {'manager_area_uuid': AREA(1), 'name': 'Homerton 1 manager', 'area_id': 3, 'officer_uuid': MO},
        {'manager_area_uuid': AREA(2), 'name': 'Homerton 2 manager', 'area_id': 4},
    ],
    'patches.csv': [
        {'patch_uuid': PATCH(1), 'name': 'HN7', 'area_id': 3, 'manager_area_uuid': AREA(1), 'officer_uuid': OLU},
        {'patch_uuid': PATCH(2), 'name': 'HN9', 'area_id': 4, 'manager_area_uuid': AREA(2), 'officer_uuid': OLU},
        {'patch_uuid': PATCH(3), 'name': 'HN8', 'area_id': 3, 'manager_area_uuid': AREA(1)},
    ],
    'properties.csv': [
        {'property_uuid': HOME(1), 'uprn': '100023000001', 'property_reference': '00004512', 'address_line_1': 'FLAT 2 SAMPLE HOUSE',
         'postcode': 'E8 9ZZ', 'ward_id': '6', 'ward_name': 'Hackney Central', 'patch_uuid': PATCH(1)},
        {'property_uuid': HOME(2), 'uprn': '100023000002', 'address_line_1': '1 EXAMPLE ROAD', 'postcode': 'N16 8QR'},
        {'property_uuid': HOME(3), 'uprn': '100023000003', 'address_line_1': '2 EXAMPLE ROAD', 'postcode': 'N16 8QR', 'patch_uuid': PATCH(3)},
    ],
}
