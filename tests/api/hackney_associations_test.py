"""Associations and who speaks for them (contract 4.10), changes as section 6 fixes them."""
import urllib.parse

from support.hackney import ZERO, HackneyTest, error

PATCH = 'bb000000-0000-4000-8000-000000000001'
TAKEN = 'Request contains Estate Ids that are already used.'


class Associations(HackneyTest):
    roles = ('officer', 'admin')
    files = {'estates.csv': [{'estate_reference': '00000001', 'name': 'Sample Estate'}, {'estate_reference': '00000002', 'name': 'Spare Estate'}],
             'blocks.csv': [{'block_reference': '00000011', 'name': 'Sample House', 'estate_reference': '00000001'}]}
    made = 0

    def create(self, **members):
        """Adds an association with a name of its own; its number and name."""
        type(self).made += 1
        name = members.pop('name', f'TRA {self.made}')
        members = {'notes': 'n', 'email': 'tra@mail.example', 'areaId': 3, 'patchId': PATCH, 'estateRefs': [], **members}
        self.assert_empty(self.service.post('/v1/TRA', {'name': name, **members}), 200)
        listed = self.service.get('/v1/TRA/GetTRAForPatch', patchId=members['patchId']).json['results']
        return max(one['traId'] for one in listed if one['name'] == name), name

    def information(self, number):
        return self.service.get('/v1/TRA/GetTRAInformation', TRAId=number).json['results']

    def test_the_associations_of_a_patch_tell_number_name_and_area(self):
        patch = 'bb000000-0000-4000-8000-000000000009'
        number, name = self.create(patchId=patch, areaId='5')
        answer = self.service.request('GET', '/V1/tra/gettraforpatch', {'PATCHID': patch.upper()})
        self.assert_json(answer, 200, f'{{"results":[{{"traId":{number},"name":"{name}","notes":null,"email":null,"areaId":5,"patchId":"{ZERO}"}}]}}')
        self.assert_json(self.service.get('/v1/TRA/GetTRAForPatch', patchId='{' + ZERO.replace('0', '1') + '}'), 200, '{"results":[]}')

    def test_a_patch_is_needed(self):
        for query in ({}, {'patchId': ''}, {'patchId': ' '}, {'patchId': 'x'}, {'patchId': PATCH[:-1]}):
            answer = self.service.get('/v1/TRA/GetTRAForPatch', **query)
            self.assert_json(answer, 400, [error('Bad Request', 'Please provide a valid patch ID')])

    def test_an_association_tells_its_estates_and_representatives(self):
        number, name = self.create(estateRefs=['00000001', ' 00000001 ', '404'])
        for role, person in (('chair', 'Cy Chair'), ('Secretary', 'Zoë O’Brien'), ('chair', 'Cy Chair')):
            path = f'/v1/TRA/{number}/representative/{urllib.parse.quote(person)}/{role}'
            self.assert_json(self.service.request('POST', path), 200, '{"result":true}')
        answer = self.service.get('/v1/TRA/GetTRAInformation', TRAId=number)
        self.assert_json(answer, 200, f'{{"results":{{"traId":{number},"name":"{name}","notes":"n","email":"tra@mail.example","areaId":3,"patchId":"{PATCH}",'
                         '"listOfEstates":[{"estateUHReference":"00000001","estateName":"Sample Estate"},{"estateUHReference":"404","estateName":""}],'
                         '"listOfRoles":[{"role":"chair","roleName":null,"personName":"Cy Chair"},'
                         '{"role":"secretary","roleName":null,"personName":"Zoë O’Brien"}]}}')
        answer = self.service.get(f'/v1/TRA/{number}/representatives')
        self.assert_json(answer, 200, f'{{"result":[{{"traId":{number},"contactId":"{ZERO}","role":"chair","personName":"Cy Chair"}},'
                         f'{{"traId":{number},"contactId":"{ZERO}","role":"secretary","personName":"Zoë O’Brien"}}]}}')

    def test_an_unknown_association_is_told_in_nulls(self):
        self.assert_json(self.service.get('/v1/TRA/GetTRAInformation', TRAId=404), 200,
                         '{"results":{"traId":0,"name":null,"notes":null,"email":null,"areaId":0,"patchId":null,"listOfEstates":[],"listOfRoles":[]}}')
        self.assertEqual(self.information(-1)['traId'], 0)
        self.assert_json(self.service.get('/v1/TRA/404/representatives'), 200, '{"result":[]}')

    def test_a_number_is_needed(self):
        for query in ({}, {'TRAId': ''}, {'TRAId': '0'}, {'TRAId': 'x'}, {'TRAId': '1.5'}, {'TRAId': '2147483648'}):
            answer = self.service.get('/v1/TRA/GetTRAInformation', **query)
            self.assert_json(answer, 400, [error('Bad Request', 'Please provide a valid TRA ID')])

    def test_a_name_is_given_once(self):
        _, name = self.create()
        answer = self.service.post('/v1/TRA', {'name': name, 'areaId': 3, 'patchId': PATCH})
        self.assertEqual((answer.status, answer.header('Content-Type'), answer.body), (400, 'text/plain; charset=utf-8', b'This Tra already exists.'))
        self.assertEqual(self.service.post('/v1/TRA', {'name': f' {name} '}).status, 400)

    def test_an_estate_is_one_associations(self):
        reference = 'estate of one'
        self.create(estateRefs=[reference])
        answer = self.service.post('/v1/TRA', {'name': 'A rival', 'patchId': PATCH, 'estateRefs': ['another', reference]})
        self.assertEqual((answer.status, answer.body.decode()), (400, TAKEN))
        number, name = self.create(name='A rival', estateRefs=['another'])  # nothing of the refused one stayed
        answer = self.service.patch(f'/v1/TRA/{number}', {'name': name, 'email': 'new@mail.example', 'estateRefs': [reference]})
        self.assertEqual((answer.status, answer.body.decode()), (400, TAKEN))
        self.assertEqual(self.information(number)['email'], 'tra@mail.example')

    def test_a_body_is_needed_and_a_name(self):
        for body in (None, b'', b'null', b'[]', b'{', b'{"name":"x","patchId":"x"}', b'{"name":{}}', b'{"name":" "}', b'{"email":"x@mail.example"}',
                     b'{"name":"x","estateRefs":[[]]}', b'{"name":"x","areaId":"x"}', ('{"name":"' + 'x' * 201 + '"}').encode()):
            self.assert_failed(self.service.request('POST', '/v1/TRA', body=body, content_type='application/json'), 'filter')

    def test_blank_texts_are_kept_and_absent_ones_are_null(self):
        number, _ = self.create(notes='', email=None)
        self.assertEqual((self.information(number)['notes'], self.information(number)['email']), ('', None))

    def test_a_change_takes_mail_notes_and_estates_of_the_one_in_the_path(self):
        number, name = self.create(estateRefs=['first of two'])
        other, other_name = self.create()
        body = {'Name': other_name, 'EMAIL': 'new@mail.example', 'notes': '', 'areaId': 7, 'estateRefs': ['second of two', 'first of two']}
        answer = self.service.patch(f'/v1/tra/{number}', body)
        self.assert_json(answer, 200, f'{{"result":{{"traId":{number},"name":"{name}","notes":"n","email":"new@mail.example","areaId":3,"patchId":"{PATCH}"}}}}')
        self.assertEqual([one['estateUHReference'] for one in self.information(number)['listOfEstates']], ['first of two', 'second of two'])
        self.assertEqual(self.information(other)['listOfEstates'], [])
        self.assertEqual(self.service.patch(f'/v1/TRA/{number}', {'notes': 'line\nline'}).json['result']['notes'], 'line\nline')
        self.assertEqual(self.information(number)['email'], 'new@mail.example')

    def test_what_is_not_there_cannot_be_changed(self):
        for path in ('404', '0', 'x', '99999999999999999999'):
            self.assert_empty(self.service.patch(f'/v1/TRA/{path}', {'email': 'x@mail.example'}), 404)
        self.assert_failed(self.service.request('PATCH', '/v1/TRA/404', body=b'null', content_type='application/json'), 'filter')

    def test_a_representative_needs_an_association_and_a_role(self):
        number, _ = self.create()
        for path in (f'{number}/representative/Cy/king', '404/representative/Cy/chair', f'{number}/representative/%20/chair',
                     f'{number}/representative/' + 'x' * 201 + '/chair'):
            self.assert_failed(self.service.request('POST', f'/v1/TRA/{path}'), 'filter')

    def test_representatives_are_removed_by_their_name(self):
        number, _ = self.create()
        for role in ('chair', 'treasurer'):
            self.service.request('POST', f'/v1/TRA/{number}/representative/Cy%20Chair/{role}')
        self.service.request('POST', f'/v1/TRA/{number}/representative/chair/secretary')
        self.assert_json(self.service.delete(f'/v1/TRA/{number}/representative/Cy%20Chair'), 200, '{"result":true}')
        names = [one['personName'] for one in self.service.get(f'/v1/TRA/{number}/representatives').json['result']]
        self.assertEqual(names, ['chair'])
        for path in (f'{number}/representative/Cy%20Chair', '404/representative/Cy', 'x/representative/Cy'):
            self.assert_json(self.service.delete(f'/v1/TRA/{path}'), 200, '{"result":true}')

    def test_the_roles(self):
        self.assert_json(self.service.get('/v1/tRaRoLe/ROLES'), 200, '{"result":[{"role":"chair","name":"Chair"},{"role":"vice_chair","name":"Vice chair"},'
                         '{"role":"secretary","name":"Secretary"},{"role":"treasurer","name":"Treasurer"}]}')

    def test_changes_and_readings_are_journaled(self):
        officer = self.client_with(self.as_role('officer').token)
        number, _ = self.create()
        officer.get('/v1/TRA/GetTRAInformation', TRAId=number)
        entry = self.wait_for_activity(lambda one: one['action'] == 'association.read' and one['resource_id'] == number)
        self.assertIsNotNone(entry)

    def test_a_viewer_reads_and_changes_nothing(self):
        number, _ = self.create()
        viewer = self.as_token('viewer')
        self.assertEqual(viewer.get('/v1/TRA/GetTRAInformation', TRAId=number).status, 200)
        self.assert_empty(viewer.patch(f'/v1/TRA/{number}', {'email': 'x@mail.example'}), 403)
        self.assertEqual(self.information(number)['email'], 'tra@mail.example')
