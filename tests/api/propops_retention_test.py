"""Retention through the API: rules, proposals, decisions, and the server that carries them out."""
import time
import unittest

from support.case import ApiTest

LONG_AGO = 1_300_000_000_000  # 2011
KINDS = ['job', 'interaction', 'citizen', 'tenancy', 'person']


class RetentionTest(ApiTest):
    settings = {'TENANTRY_RATE_LIMIT': '0', 'TENANTRY_RETENTION_HOURS': '0'}

    @property
    def records(self):
        return self.as_role('records')

    def change(self, **members):
        return self.records.post('/api/admin/retention', members)

    def proposals(self, **query):
        return self.assert_ok(self.records.get('/api/admin/retention', action='proposals', limit=200, **query)).data

    def wait_for(self, condition):
        ends = time.monotonic() + 20
        while not condition():
            self.assertLess(time.monotonic(), ends, 'the server did not do it')
            time.sleep(0.2)

    def create_former_tenants(self, count):
        home = self.create_address()
        tenants = [self.create_tenant(f'Lena Leaver{number}', address_id=home['ID']) for number in range(count)]
        for tenant in tenants:
            self.officer.post('/api/tenants/assign-address', {'tenant_uuid': tenant['uuid'], 'address_id': None})
        self.server.is_sound = False  # the past is made behind the server's back
        with self.server.offline() as database:
            for tenant in tenants:
                database.execute('UPDATE occupancy SET from_at = ?, to_at = ? WHERE person_id = ?', (LONG_AGO, LONG_AGO + 1, tenant['ID']))
        return tenants

    def propose(self, tenants):
        """Has what is due proposed, and answers the proposals about these tenants."""
        self.assert_done(self.change(action='propose'))
        numbers = {tenant['ID'] for tenant in tenants}

        def about():
            return [one for one in self.proposals(state='proposed') if one['what'] == 'person' and one['record_id'] in numbers]
        self.wait_for(lambda: len(about()) >= len(tenants))
        return about()

    def test_rules_are_read_and_changed(self):
        rules = self.assert_ok(self.records.get('/api/admin/retention', action='rules')).data
        self.assertEqual([rule['what'] for rule in rules], KINDS)
        self.assertTrue(all(rule['why'] and rule['since'] for rule in rules))
        self.assert_done(self.change(action='set_rule', what='citizen', months=36))
        rule = next(rule for rule in self.records.get('/api/admin/retention', action='rules').data if rule['what'] == 'citizen')
        self.assertEqual(rule['months'], 36)
        self.assertIsNotNone(rule['updated_at'])
        for name, value in (('what', 'home'), ('what', None), ('months', 0), ('months', 1201), ('months', None)):
            self.assert_invalid(self.change(**{'action': 'set_rule', 'what': 'job', 'months': 72, name: value}), name)

    def test_what_is_approved_is_removed_and_nothing_else(self):
        tenants = self.create_former_tenants(3)
        living = self.create_tenant('Lev Living')
        first, second, third = self.propose(tenants)
        self.assertEqual(first['due_on'], '2017-03-13')
        self.assert_ok(self.change(action='approve', id=first['ID']))
        self.assert_done(self.change(action='refuse', id=second['ID']))
        self.assert_done(self.change(action='run'))
        self.wait_for(lambda: first['ID'] in [one['ID'] for one in self.proposals(state='carried_out')])
        done = next(one for one in self.proposals() if one['ID'] == first['ID'])
        self.assertEqual((done['outcome'], done['decided_by'] is not None, done['finished_at'] is not None), ('erased', True, True))
        statuses = {tenant['ID']: self.officer.get('/api/tenants/manage', action='get', uuid=tenant['uuid']).status for tenant in [*tenants, living]}
        self.assertEqual(statuses, {first['record_id']: 404, second['record_id']: 200, third['record_id']: 200, living['ID']: 200})
        self.wait_for_activity(lambda entry: entry['resource_id'] == first['ID'], action='retention.carried_out')

    def test_a_hold_placed_after_the_approval_wins(self):
        tenants = self.create_former_tenants(1)
        proposal = self.propose(tenants)[0]
        self.assert_ok(self.change(action='approve', id=proposal['ID']))
        self.assert_ok(self.records.post('/api/tenants/legal-hold', {'action': 'place', 'tenant_uuid': tenants[0]['uuid'], 'reason': 'Claim'}))
        self.assert_done(self.change(action='run'))
        self.wait_for(lambda: proposal['ID'] in [one['ID'] for one in self.proposals(state='refused')])
        self.assertEqual(next(one for one in self.proposals() if one['ID'] == proposal['ID'])['outcome'], 'stays: legal_hold')
        self.get_tenant(tenants[0])

    def test_approving_all_says_how_many(self):
        tenants = self.create_former_tenants(2)
        self.propose(tenants)
        waiting = len(self.proposals(state='proposed'))
        self.assertEqual(self.assert_ok(self.change(action='approve', all=True)).json['approved_count'], waiting)
        self.assertEqual(self.assert_ok(self.change(action='approve', all=True)).json['approved_count'], 0)

    def test_pages_and_decisions_are_checked(self):
        self.propose(self.create_former_tenants(2))
        page = self.assert_ok(self.records.get('/api/admin/retention', action='proposals', limit=1, offset=1))
        self.assertEqual(page.json['count'], 1)
        self.assertGreaterEqual(page.json['total'], 2)
        self.assert_invalid(self.records.get('/api/admin/retention', action='proposals', state='lost'), 'state')
        for action in ('approve', 'refuse'):
            self.assert_invalid(self.change(action=action), 'id')
            self.assert_refused(self.change(action=action, id=999_999), 404, 'No such proposal waits for a decision')
        self.assert_invalid(self.change(action='vanish'), 'action')

    def test_the_server_does_it_by_itself_once_a_day(self):
        proposal = self.propose(self.create_former_tenants(1))[0]
        self.assert_ok(self.change(action='approve', id=proposal['ID']))
        self.server.stop()
        self.server.environment['TENANTRY_RETENTION_HOURS'] = '24'
        try:
            self.server.start()
            self.wait_for(lambda: proposal['ID'] in [one['ID'] for one in self.proposals(state='carried_out')])
        finally:
            self.server.environment['TENANTRY_RETENTION_HOURS'] = '0'


if __name__ == '__main__':
    unittest.main()
