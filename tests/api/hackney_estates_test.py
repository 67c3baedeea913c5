"""Estates and blocks (contract 4.11)."""
from support.hackney import HackneyTest

PATCH = 'bb000000-0000-4000-8000-000000000001'
SAMPLE_HOUSE = '{"blockName":"Sample House","blockId":"00000011","estateId":"00000001","estateName":null}'
YEW_HOUSE = '{"blockName":"Yew House","blockId":"00000012","estateId":"00000001","estateName":null}'
ESTATES = [{'estate_reference': '00000001', 'name': 'Sample Estate'}, {'estate_reference': '00000002', 'name': 'Spare Estate'}]
BLOCKS = [{'block_reference': '00000012', 'name': 'Yew House', 'estate_reference': '00000001'},
          {'block_reference': '00000011', 'name': 'Sample House', 'estate_reference': '00000001'}]


class Estates(HackneyTest):
    files = {'estates.csv': ESTATES, 'blocks.csv': BLOCKS}

    def setUp(self):
        self.service.post('/v1/TRA', {'name': 'Sample TRA', 'areaId': 3, 'patchId': PATCH, 'estateRefs': ['00000001']})

    def test_an_associations_estates_have_their_blocks(self):
        answer = self.service.get('/V1/ESTATE/estate/TRA/1')
        self.assert_json(answer, 200, f'{{"result":[{{"estateId":"00000001","estateName":"Sample Estate","blocks":[{SAMPLE_HOUSE},{YEW_HOUSE}]}}]}}')
        for number in ('404', '0', 'x'):
            self.assert_json(self.service.get(f'/v1/Estate/estate/tra/{number}'), 200, '{"result":[]}')

    def test_unassigned_estates_are_told_for_any_patch(self):
        for patch in (PATCH, 'x'):
            answer = self.service.get(f'/v1/Estate/estate/patch/{patch}/unassigned')
            self.assert_json(answer, 200, '{"result":[{"estateId":"00000002","estateName":"Spare Estate","blocks":null}]}')

    def test_the_blocks_of_an_estate(self):
        self.assert_json(self.service.get('/v1/block/BLOCK/estate/00000001'), 200, f'{{"result":[{SAMPLE_HOUSE},{YEW_HOUSE}]}}')
        for estate in ('00000002', '404', '%20'):
            self.assert_json(self.service.get(f'/v1/Block/block/estate/{estate}'), 200, '{"result":[]}')

    def test_the_body_says_which_association_gets_the_estate(self):
        self.service.post('/v1/TRA', {'name': 'Other TRA', 'patchId': PATCH})
        listed = self.service.get('/v1/TRA/GetTRAForPatch', patchId=PATCH).json['results']
        other = next(one['traId'] for one in listed if one['name'] == 'Other TRA')
        self.assert_empty(self.service.post('/v1/Estate/tra/404/estate', {'TRAID': str(other), 'estateId': ' 777 '}), 200)
        listed = self.service.get('/v1/TRA/GetTRAInformation', TRAId=other).json['results']['listOfEstates']
        self.assertEqual(listed, [{'estateUHReference': '777', 'estateName': ''}])
        self.assert_failed(self.service.post('/v1/Estate/tra/2/estate', {'traId': other, 'estateId': '777'}), 'filter')
        self.assert_failed(self.service.post('/v1/Estate/tra/1/estate', {'traId': 1, 'estateId': '777'}), 'filter')

    def test_an_estate_needs_an_association_and_a_reference(self):
        for body in (None, b'null', b'{}', b'{"traId":1}', b'{"estateId":"9"}', b'{"traId":1,"estateId":" "}', b'{"traId":"x","estateId":"9"}',
                     b'{"traId":404,"estateId":"9"}', b'{"traId":1,"estateId":{}}'):
            self.assert_failed(self.service.request('POST', '/v1/Estate/tra/1/estate', body=body, content_type='application/json'), 'filter')

    def test_a_second_import_renames_and_a_block_needs_its_estate(self):
        said = self.import_files({'estates.csv': [{'estate_reference': '5', 'name': 'Old'}], 'blocks.csv': [{'block_reference': '51', 'name': 'Old', 'estate_reference': '5'}]})
        self.assertIn('1 estates, 1 blocks', said)
        self.import_files({'blocks.csv': [{'block_reference': '51', 'name': 'New House', 'estate_reference': '5'}]})
        self.assertEqual(self.service.get('/v1/Block/block/estate/5').json['result'][0]['blockName'], 'New House')
        nowhere = [{'block_reference': number, 'name': 'Nowhere', 'estate_reference': '404'} for number in ('52', '53')]
        said = self.import_files({'blocks.csv': nowhere}, status=1)
        for line in (2, 3):  # each is told: the first did not end what could be read
            self.assertIn(f'blocks.csv:{line}: estate_reference: no estate has this reference', said)
        self.assertNotIn('a statement failed', said)
        self.service.post('/v1/TRA', {'name': 'A third', 'patchId': PATCH, 'estateRefs': ['5']})  # so that other cases see one spare estate
