"""Who answers for which homes (contract 4.3)."""
from support.case import NOBODY
from support.hackney import HackneyTest, error
from support.places import AREA, FILES, LEA, MO, OLU, PATCH, UNA

AREA_PATCH = '/v1/AreaPatch/GetAreaPatch'
OF_AREA = '/v1/AreaPatch/GetAllOfficersPerArea'
ASSIGN = '/v1/AreaPatch/UpdateOfficerPatchOrAreaManager'
UNASSIGNED = '/v1/AreaPatch/GetAllUnassignedOfficers'

HOME = ('{"result":{"hackneyAreaId":"3","hackneyareaName":"Homerton 1","hackneyPropertyReference":"00004512","hackneyPostCode":"E8 9ZZ",'
        '"hackneyllpgReference":"100023000001","hackneyManagerPropertyPatchId":"' + AREA(1) + '","hackneyManagerPropertyPatchName":"Mo Manager",'
        '"hackneyWardId":"6","hackneyWardName":"Hackney Central","hackneyEstateofficerPropertyPatchId":"' + PATCH(1) + '",'
        '"hackneyEstateofficerPropertyPatchName":"Olu Officer","hackneyEstateOfficerId":"' + OLU + '"}}')
BARE_HOME = ('{"result":{"hackneyAreaId":null,"hackneyareaName":null,"hackneyPropertyReference":null,"hackneyPostCode":"N16 8QR",'
             '"hackneyllpgReference":"100023000002","hackneyManagerPropertyPatchId":null,"hackneyManagerPropertyPatchName":" ",'
             '"hackneyWardId":null,"hackneyWardName":null,"hackneyEstateofficerPropertyPatchId":null,'
             '"hackneyEstateofficerPropertyPatchName":" ","hackneyEstateOfficerId":null}}')


class AreaPatches(HackneyTest):
    files = FILES

    def test_a_home_has_an_area_a_patch_and_its_officers(self):
        self.assert_json(self.service.get(AREA_PATCH, postcode='e8 9zz', UPRN='100023000001'), 200, HOME)

    def test_names_are_read_in_any_case(self):
        self.assert_json(self.service.request('GET', AREA_PATCH.lower(), '?&POSTCODE=E89ZZ&uprn=100023000001'[1:]), 200, HOME)

    def test_a_home_in_no_patch_and_a_patch_of_nobody(self):
        self.assert_json(self.service.get(AREA_PATCH, postcode='N16 8QR', UPRN='100023000002'), 200, BARE_HOME)
        vacant = self.service.get(AREA_PATCH, postcode='N16 8QR', UPRN='100023000003').json['result']
        self.assertEqual([vacant[key] for key in ('hackneyEstateofficerPropertyPatchId', 'hackneyEstateofficerPropertyPatchName', 'hackneyEstateOfficerId')],
                         [PATCH(3), ' ', None])

    def test_a_postcode_is_read_however_it_is_written(self):
        for postcode in ('N168QR', 'n16 8qr', 'N16   8QR', ' N168QR ', 'n 168qr', 'n168 qr', ' n16 8qr '):
            self.assert_json(self.service.get(AREA_PATCH, postcode=postcode, UPRN='100023000002'), 200, BARE_HOME)
        for postcode in ('NR7 2RE', 'n 168re', 'e70nn'):  # good ones, of other homes
            self.assert_json(self.service.get(AREA_PATCH, postcode=postcode, UPRN='100023000002'), 200, '{"result":{}}')

    def test_what_is_no_postcode_and_a_missing_uprn_are_refused(self):
        refused = [error(' Bad Request', "The request isn't right; please verify the parameters")]
        for postcode in ('NR', 'NR5677', '8QR', '', '  ', 'N16', 'N16 8QR' + 'x' * 300):
            self.assert_json(self.service.get(AREA_PATCH, postcode=postcode, UPRN='100023000002'), 400, refused)
        for query in ({}, {'UPRN': '100023000002'}, {'postcode': 'N16 8QR'}, {'postcode': 'N16 8QR', 'UPRN': ''}, {'postcode': 'N16 8QR', 'UPRN': '  '}):
            self.assert_json(self.service.get(AREA_PATCH, **query), 400, refused)

    def test_uprn_and_postcode_must_both_be_the_homes(self):
        for postcode, uprn in (('E8 9ZZ', '100023000002'), ('N16 8QR', '100023000001'), ('E8 9ZZ', '1'), ('E8 9ZZ', 'x'), ('E8 9ZZ', '9' * 30)):
            self.assert_json(self.service.get(AREA_PATCH, postcode=postcode, UPRN=uprn), 200, '{"result":{}}')

    def test_an_areas_officers_are_a_managers_row_and_one_for_each_held_patch(self):
        self.assert_json(self.service.get(OF_AREA, areaId=3), 200, '{"results":['
            '{"propertyAreaPatchId":"","estateOfficerPropertyPatchId":"","estateOfficerPropertyPatchName":"","llpgReferenece":"","patchId":"",'
            '"patchName":"","propetyReference":"","wardName":"","wardId":"","areaName":null,"areaId":3,"managerPropertyPatchId":"' + AREA(1) + '",'
            '"managerPropertyPatchName":"Homerton 1 manager","areaManagerName":"Mo Manager","areamanagerId":"' + MO + '","isaManager":true,'
            '"officerId":"' + AREA(1) + '","officerName":"Mo Manager (Area Manager)"},'
            '{"propertyAreaPatchId":null,"estateOfficerPropertyPatchId":"' + PATCH(1) + '","estateOfficerPropertyPatchName":"HN7",'
            '"llpgReferenece":null,"patchId":"' + OLU + '","patchName":"Olu Officer","propetyReference":null,"wardName":null,"wardId":null,'
            '"areaName":null,"areaId":3,"managerPropertyPatchId":"' + AREA(1) + '","managerPropertyPatchName":"Homerton 1 manager",'
            '"areaManagerName":"Mo Manager","areamanagerId":"' + MO + '","isaManager":false,"officerId":"' + PATCH(1) + '",'
            '"officerName":"Olu Officer"}]}')

    def test_a_manager_area_of_nobody_still_leads_its_patches(self):
        rows = self.service.get(OF_AREA, AREAID='4').json['results']
        self.assertEqual([(row['isaManager'], row['areaManagerName'], row['areamanagerId'], row['officerId'], row['officerName']) for row in rows],
                         [(True, ' ', None, AREA(2), '(Area Manager)'), (False, ' ', None, PATCH(2), 'Olu Officer')])

    def test_an_area_without_officers_is_an_empty_object(self):
        for area in (5, 77, -1):
            self.assert_json(self.service.get(OF_AREA, areaId=area), 200, '{"results":{}}')

    def test_an_area_must_be_a_number(self):
        for query in ({}, {'areaId': ''}, {'areaId': ' '}, {'areaId': 'Homerton'}, {'areaId': '3.5'}):
            self.assert_json(self.service.get(OF_AREA, **query), 400, '[]')

    def test_unassigned_is_who_is_active_and_has_nothing(self):
        una = '{"firstName":"Una","lastName":"Signed","fullName":"Una Signed","officerId":"' + UNA + '"}'
        self.assert_json(self.service.get(UNASSIGNED), 200, '{"results":[' + una + ']}')


class Assigning(HackneyTest):
    files = FILES

    def put(self, client=None, **members):
        return (client or self.service).put(ASSIGN, members)

    def unassigned(self):
        return [officer['officerId'] for officer in self.service.get(UNASSIGNED).json['results']]

    def home(self):
        return self.service.get(AREA_PATCH, postcode='E8 9ZZ', UPRN='100023000001').json['result']

    def test_the_four_ways_and_who_is_left_without_anything(self):
        self.assertEqual(self.unassigned(), [UNA])
        # Olu holds another patch, so nobody but Una changes sides.
        patch = {'patchId': PATCH(1), 'isUpdatingPatch': True, 'updatedByOfficer': MO}
        self.assert_json(self.put(officerId=UNA, deleteExistingRelationship=False, **patch), 201, '{"id":"' + PATCH(1) + '","patchName":"HN7"}')
        self.assertEqual(self.home()['hackneyEstateOfficerId'], UNA)
        self.assertEqual(self.unassigned(), [])
        # Once Una is given Olu's second patch as well, Olu has none.
        self.put(officerId=UNA, patchId=PATCH(2), isUpdatingPatch=True, updatedByOfficer=MO)
        self.assertEqual(self.unassigned(), [OLU])

        area = {'areamanagerId': AREA(1), 'isUpdatingPatch': False, 'updatedByOfficer': MO}
        self.assert_json(self.put(officerId=OLU, **area), 201, '{"id":"' + AREA(1) + '","areaName":"Homerton 1 manager"}')
        self.assertEqual(self.unassigned(), [MO])
        self.assertEqual(self.home()['hackneyManagerPropertyPatchName'], 'Olu Officer')

        self.assert_json(self.put(officerId=OLU, deleteExistingRelationship=True, **area), 201, '{"id":"' + AREA(1) + '"}')
        self.assertEqual(self.unassigned(), [OLU, MO])
        self.assertEqual(self.home()['hackneyManagerPropertyPatchName'], ' ')
        # Whoever is named, the holder goes.
        self.assert_json(self.put(officerId=MO, deleteExistingRelationship=True, **patch), 201, '{"id":"' + PATCH(1) + '"}')
        self.assertEqual(self.home()['hackneyEstateOfficerId'], None)
        self.assertEqual(self.unassigned(), [OLU, MO])

        # Everything back, as clients write it: other cases, text for truth, braces.
        self.assertEqual(self.put(OfficerID='{' + OLU + '}', PATCHID=PATCH(1).upper(), isupdatingpatch='True', UpdatedByOfficer=MO,
                                  deleteExistingRelationship='false', extra=[1]).status, 201)
        self.put(officerId=OLU, patchId=PATCH(2), isUpdatingPatch=1, updatedByOfficer=MO)
        self.put(officerId=MO, areamanagerId=AREA(1), updatedByOfficer=MO)
        self.assertEqual(self.unassigned(), [UNA])

    def test_what_is_missing_is_refused_without_a_word(self):
        whole = {'officerId': OLU, 'updatedByOfficer': MO, 'isUpdatingPatch': True, 'patchId': PATCH(1)}
        bodies = [{**whole, key: value} for key in ('officerId', 'updatedByOfficer', 'patchId') for value in (None, '', '  ')]
        bodies += [{**whole, 'isUpdatingPatch': False}, {**whole, 'isUpdatingPatch': None}, {**whole, 'isUpdatingPatch': 'yes'},
                   {**whole, 'officerId': []}, {**whole, 'officerId': 'x' * 201}, {}, [], 'text']
        bodies += [{key: value for key, value in whole.items() if key != left_out} for left_out in whole]
        for body in bodies:
            self.assert_json(self.service.put(ASSIGN, body), 400, '[]')
        for body in (None, b'', b'{', b'null'):
            self.assert_json(self.service.request('PUT', ASSIGN, body=body, content_type='application/json'), 400, '[]')
        self.assertEqual(self.home()['hackneyEstateOfficerId'], OLU)

    def test_what_nobody_knows_is_a_failure_and_changes_nothing(self):
        patch = {'officerId': UNA, 'updatedByOfficer': MO, 'isUpdatingPatch': True, 'patchId': PATCH(1)}
        area = {'officerId': UNA, 'updatedByOfficer': MO, 'areamanagerId': AREA(1)}
        for wrong in (NOBODY, 'no uuid', 5):
            for body in ([{**patch, key: wrong} for key in ('officerId', 'updatedByOfficer', 'patchId')] +
                         [{**area, key: wrong} for key in ('officerId', 'updatedByOfficer', 'areamanagerId')] +
                         [{**patch, 'patchId': wrong, 'deleteExistingRelationship': True}]):
                self.assert_failed(self.service.put(ASSIGN, body), 'object')
        self.assertEqual((self.home()['hackneyEstateOfficerId'], self.home()['hackneyManagerPropertyPatchName']), (OLU, 'Mo Manager'))

    def test_managers_assign_and_officers_do_not(self):
        body = {'officerId': LEA, 'updatedByOfficer': MO, 'isUpdatingPatch': True, 'patchId': PATCH(3)}
        for role in ('officer', 'records', 'viewer'):
            self.assert_empty(self.as_token(role).put(ASSIGN, body), 403)
        for role in ('manager', 'admin', 'service'):
            self.assertEqual(self.as_token(role).put(ASSIGN, body).status, 201)
        body['deleteExistingRelationship'] = True
        self.assertEqual(self.as_token('manager').put(ASSIGN, body).status, 201)
