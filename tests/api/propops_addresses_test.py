"""Addresses: our extension in PropOps' style."""
import unittest

from support.case import BEYOND, NOBODY, STALE, ApiTest

ADDRESSES = '/api/addresses/manage'
FIELDS = {'address_line_1': 'Flat 2', 'address_line_2': '9 Weir Lane', 'town': 'Otley', 'county': 'West Yorkshire', 'postcode': 'LS21 3AB'}


class Addresses(ApiTest):
    roles = ('officer', 'admin')

    def test_a_created_address_is_answered_and_found_whole(self):
        for extra in ({}, {'action': 'create'}):
            answer = self.assert_ok(self.officer.post(ADDRESSES, FIELDS | extra))
            address = answer.data
            self.assertEqual((answer.json['address_id'], answer.json['address_uuid']), (address['ID'], address['uuid']))
            self.assertEqual({name: address[name] for name in FIELDS}, FIELDS)
            self.assertEqual(address['full_address'], 'Flat 2, 9 Weir Lane, Otley, LS21 3AB')
            for identity in ({'uuid': address['uuid']}, {'id': address['ID']}, {'uuid': address['uuid'], 'id': address['ID']}):
                self.assertEqual(self.assert_ok(self.officer.get(ADDRESSES, action='get', **identity)).data, address)

    def test_a_form_creates_as_json_does(self):
        address = self.assert_ok(self.officer.post(ADDRESSES, form=FIELDS | {'county': ''})).data
        self.assertEqual((address['town'], address['county']), ('Otley', None))

    def test_a_create_refuses_what_is_missing_or_malformed(self):
        for name in ('address_line_1', 'postcode'):
            self.assert_invalid(self.officer.post(ADDRESSES, {key: value for key, value in FIELDS.items() if key != name}), name)
            for value in (None, '', '  ', 5, [], 'x\ny'):
                self.assert_invalid(self.officer.post(ADDRESSES, FIELDS | {name: value}), name)
        for name in FIELDS:
            self.assert_invalid(self.officer.post(ADDRESSES, FIELDS | {name: 'x' * (13 if name == 'postcode' else 121)}), name)

    def test_an_address_without_an_action_is_never_guessed(self):
        address = self.create_address()
        for identity in ({'uuid': address['uuid']}, {'id': address['ID']}):
            self.assert_invalid(self.officer.post(ADDRESSES, FIELDS | identity), 'action')
        for action in ('list', 'get', 'x'):
            self.assert_invalid(self.officer.post(ADDRESSES, FIELDS | {'action': action}), 'action')
        self.assert_invalid(self.officer.put(ADDRESSES, {'uuid': address['uuid'], 'action': 'delete'}), 'action')
        self.assert_invalid(self.officer.delete(ADDRESSES, {'uuid': address['uuid'], 'action': 'update'}), 'action')
        self.assert_invalid(self.officer.get(ADDRESSES, action='create'), 'action')

    def test_an_update_changes_what_is_given_and_leaves_the_rest(self):
        address = self.assert_ok(self.officer.post(ADDRESSES, FIELDS)).data
        ways = (lambda change: self.officer.put(ADDRESSES, {'uuid': address['uuid'], **change}),
                lambda change: self.officer.put(ADDRESSES, {'id': address['ID'], 'action': 'update', **change}),
                lambda change: self.officer.put(ADDRESSES, change, query={'uuid': address['uuid']}),
                lambda change: self.officer.post(ADDRESSES, {'action': 'update', 'uuid': address['uuid'], **change}),
                lambda change: self.officer.post(ADDRESSES, form={'action': 'update', 'id': address['ID'], **change}))
        for turn, way in enumerate(ways):
            before = self.officer.get(ADDRESSES, action='get', uuid=address['uuid']).data
            change = {'address_line_1': f'Flat {turn}', 'town': 'Ilkley'}
            after = self.assert_ok(way(change)).data
            expected = change | {'full_address': f'Flat {turn}, 9 Weir Lane, Ilkley, LS21 3AB', 'version': before['version'] + 1,
                                 'updated_at': after['updated_at']}
            self.assertEqual(after, before | expected)
            self.assertEqual(self.officer.get(ADDRESSES, action='get', uuid=address['uuid']).data, after)
        cleared = self.assert_ok(self.officer.put(ADDRESSES, {'uuid': address['uuid'], 'address_line_2': None, 'county': ''})).data
        self.assertEqual((cleared['address_line_2'], cleared['county']), (None, None))
        for name in ('address_line_1', 'postcode'):
            self.assert_invalid(self.officer.put(ADDRESSES, {'uuid': address['uuid'], name: None}), name)

    def test_a_tenants_full_address_follows_a_change(self):
        address = self.assert_ok(self.officer.post(ADDRESSES, FIELDS)).data
        tenant = self.create_tenant('Fol Low', tenant_address_id=address['ID'])
        self.assert_ok(self.officer.put(ADDRESSES, {'id': address['ID'], 'town': 'Ilkley'}))
        self.assertEqual(self.get_tenant(tenant)['full_address'], 'Flat 2, 9 Weir Lane, Ilkley, LS21 3AB')

    def test_an_unused_address_is_deleted(self):
        ways = (lambda a: self.officer.delete(ADDRESSES, {'uuid': a['uuid']}), lambda a: self.officer.delete(ADDRESSES, query={'id': a['ID']}),
                lambda a: self.officer.post(ADDRESSES, {'action': 'delete', 'uuid': a['uuid'], 'version': a['version']}))
        for way in ways:
            address = self.create_address('Gone Street')
            self.assert_done(way(address))
            self.assert_refused(self.officer.get(ADDRESSES, action='get', uuid=address['uuid']), 404, 'No such address')
            self.assert_refused(way(address), 404, 'No such address')
        self.assertEqual(self.officer.get(ADDRESSES, search='gone street').data, [])

    def test_an_address_that_is_or_was_used_stays(self):
        address = self.create_address('Used Street')
        tenant = self.create_tenant('Us Er', tenant_address_id=address['ID'])
        self.assert_refused(self.officer.delete(ADDRESSES, {'uuid': address['uuid']}), 400, 'This address is in use')
        self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_id': tenant['ID'], 'address_id': None}))
        self.assert_refused(self.officer.delete(ADDRESSES, {'uuid': address['uuid']}), 400, 'This address is in use')
        self.assertEqual([row['ID'] for row in self.officer.get(ADDRESSES, search='used street').data], [address['ID']])

    def test_a_record_that_is_not_there_or_not_named_is_refused(self):
        address, other = self.create_address(), self.create_address()
        for send in (self.officer.put, self.officer.delete):
            self.assert_invalid(send(ADDRESSES, {}), 'uuid')
            self.assert_refused(send(ADDRESSES, {'uuid': NOBODY}), 404, 'No such address')
            self.assert_refused(send(ADDRESSES, {'id': BEYOND}), 404, 'No such address')
            self.assert_refused(send(ADDRESSES, {'uuid': address['uuid'], 'id': other['ID']}), 400, 'The parameters name different addresses')
        self.assert_invalid(self.officer.get(ADDRESSES, action='get'), 'uuid')
        self.assert_refused(self.officer.get(ADDRESSES, action='get', id=BEYOND), 404, 'No such address')

    def test_a_stale_version_is_refused(self):
        address = self.create_address()
        self.assert_ok(self.officer.put(ADDRESSES, {'uuid': address['uuid'], 'version': 1, 'town': 'Otley'}))
        for send in (self.officer.put, self.officer.delete):
            self.assert_refused(send(ADDRESSES, {'uuid': address['uuid'], 'version': 1}), 400, STALE)

    def test_addresses_are_searched_and_paged(self):
        made = [self.create_address(f'{turn} Quay Side', postcode='HU1 1QS', town='Kingston-upon-Hull') for turn in range(5)]
        for search in ('quay side', 'QUAY', 'hu1 1qs', 'kingston upon hull', 'side quay'):
            answer = self.assert_ok(self.officer.get(ADDRESSES, action='list', search=search)).json
            self.assertEqual((answer['data'], answer['count'], answer['total']), (made, 5, 5))
        page = self.assert_ok(self.officer.get(ADDRESSES, search='quay', limit=2, offset=3)).json
        self.assertEqual((page['data'], page['count'], page['total']), (made[3:], 2, 5))
        for name, value in (('limit', 0), ('limit', 201), ('offset', -1), ('search', 'x' * 201)):
            self.assert_invalid(self.officer.get(ADDRESSES, **{name: value}), name)


if __name__ == '__main__':
    unittest.main()
