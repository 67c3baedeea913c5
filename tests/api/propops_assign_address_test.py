"""Assigning tenants to addresses, moving them, and unassigning them."""
import unittest

from support.case import BEYOND, NOBODY, STALE, ApiTest

ASSIGN = '/api/tenants/assign-address'


class AssignAddress(ApiTest):
    roles = ('officer', 'admin')

    def setUp(self):
        self.tenant = self.create_tenant('Mo Ver')
        self.first, self.second = self.create_address('1 First Street'), self.create_address('2 Second Street')

    def address_of_tenant(self):
        tenant = self.get_tenant(self.tenant)
        self.assertEqual(tenant['address_id'], tenant['tenant_address_id'])
        return tenant['address_id']

    def test_a_tenant_is_assigned_moved_and_unassigned(self):
        for address in (self.first, self.second, self.first):
            self.assert_done(self.officer.post(ASSIGN, {'tenant_uuid': self.tenant['uuid'], 'address_id': address['ID']}))
            tenant = self.get_tenant(self.tenant)
            self.assertEqual((tenant['address_id'], tenant['full_address']), (address['ID'], address['full_address']))
        for nothing in (None, ''):
            self.assert_done(self.officer.post(ASSIGN, {'tenant_uuid': self.tenant['uuid'], 'address_id': nothing}))
            self.assertIsNone(self.address_of_tenant())
        self.assertIsNone(self.get_tenant(self.tenant)['full_address'])

    def test_every_spelling_of_both_records_works(self):
        uuid, number = self.tenant['uuid'], self.tenant['ID']
        tenants = ({'tenant_uuid': uuid}, {'uuid': uuid}, {'tenant_id': number}, {'id': number}, {'tenant_id': str(number)},
                   {'tenant_uuid': uuid, 'uuid': uuid, 'tenant_id': number, 'id': str(number)})
        addresses = (lambda a: {'address_id': a['ID']}, lambda a: {'tenant_address_id': a['ID']}, lambda a: {'address_uuid': a['uuid']},
                     lambda a: {'address_id': a['ID'], 'tenant_address_id': str(a['ID']), 'address_uuid': a['uuid']})
        for turn, tenant in enumerate(tenants):
            for spell in addresses:
                address = (self.first, self.second)[turn % 2]
                self.assert_done(self.officer.post(ASSIGN, {**tenant, **spell(address)}))
                self.assertEqual(self.address_of_tenant(), address['ID'])
        self.assert_done(self.officer.post(ASSIGN, form={'tenant_id': number, 'address_id': self.first['ID']}))
        self.assertEqual(self.address_of_tenant(), self.first['ID'])
        self.assert_done(self.officer.post(ASSIGN, form={'tenant_id': number, 'address_id': ''}))
        self.assertIsNone(self.address_of_tenant())

    def test_what_names_different_records_is_refused(self):
        other = self.create_tenant('Ot Her')
        uuid, number, address = self.tenant['uuid'], self.tenant['ID'], self.first['ID']
        for tenant in ({'tenant_uuid': uuid, 'tenant_id': other['ID']}, {'uuid': other['uuid'], 'id': number}):
            self.assert_refused(self.officer.post(ASSIGN, {**tenant, 'address_id': address}), 400, 'The parameters name different tenants')
        self.assert_invalid(self.officer.post(ASSIGN, {'tenant_uuid': uuid, 'uuid': other['uuid'], 'address_id': address}), 'uuid')
        self.assert_invalid(self.officer.post(ASSIGN, {'tenant_id': number, 'id': other['ID'], 'address_id': address}), 'id')
        for addresses in ({'address_id': address, 'address_uuid': self.second['uuid']}, {'address_id': None, 'address_uuid': self.second['uuid']}):
            self.assert_refused(self.officer.post(ASSIGN, {'tenant_uuid': uuid, **addresses}), 400, 'The parameters name different addresses')
        self.assert_invalid(self.officer.post(ASSIGN, {'tenant_uuid': uuid, 'address_id': address, 'tenant_address_id': self.second['ID']}),
                            'tenant_address_id')
        self.assertIsNone(self.address_of_tenant())

    def test_what_is_missing_or_malformed_is_refused(self):
        uuid, address = self.tenant['uuid'], self.first['ID']
        self.assert_invalid(self.officer.post(ASSIGN, {'address_id': address}), 'tenant_uuid')
        self.assert_invalid(self.officer.post(ASSIGN, {}), 'tenant_uuid')
        self.assert_invalid(self.officer.post(ASSIGN, {'tenant_uuid': uuid}), 'address_id')
        for name, value in (('tenant_uuid', 'x'), ('uuid', 5), ('tenant_id', 0), ('id', 'x'), ('address_id', 'x'), ('address_id', -1),
                            ('tenant_address_id', 1.5), ('address_uuid', 'x')):
            self.assert_invalid(self.officer.post(ASSIGN, {'tenant_uuid': uuid, 'address_id': address, name: value}), name)

    def test_unknown_records_are_not_found(self):
        for tenant in ({'tenant_uuid': NOBODY}, {'tenant_id': BEYOND}):
            self.assert_refused(self.officer.post(ASSIGN, {**tenant, 'address_id': self.first['ID']}), 404, 'No such tenant')
        for address in ({'address_id': BEYOND}, {'address_uuid': NOBODY}):
            self.assert_refused(self.officer.post(ASSIGN, {'tenant_uuid': self.tenant['uuid'], **address}), 404, 'No such address')
        self.assertIsNone(self.address_of_tenant())

    def test_a_stale_version_is_refused(self):
        self.assert_done(self.officer.post(ASSIGN, {'tenant_uuid': self.tenant['uuid'], 'address_id': self.first['ID'], 'version': 1}))
        self.assert_refused(self.officer.post(ASSIGN, {'tenant_uuid': self.tenant['uuid'], 'address_id': self.second['ID'], 'version': 1}), 400, STALE)
        self.assertEqual(self.address_of_tenant(), self.first['ID'])

    def test_assigning_and_unassigning_are_in_the_activity_log(self):
        for address, action in ((self.first['ID'], 'tenant.assigned'), (None, 'tenant.unassigned')):
            self.assert_done(self.officer.post(ASSIGN, {'tenant_uuid': self.tenant['uuid'], 'address_id': address}))
            self.assertEqual(self.activity(action=action, limit=1)[0]['resource_id'], self.tenant['ID'])


if __name__ == '__main__':
    unittest.main()
