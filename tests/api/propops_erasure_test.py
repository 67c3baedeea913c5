"""Erasure on request and legal holds, through the API."""
import contextlib
import datetime
import time
import unittest

from support.case import NOBODY, NOT_PERMITTED, ApiTest
from support.engine import looks_at_files, read_register

TODAY = datetime.date.today().isoformat()
LONG_AGO = 1_300_000_000_000  # 2011
REFUSED = 'Nothing of this tenant may be erased: '


class ErasureTest(ApiTest):
    settings = {'TENANTRY_RATE_LIMIT': '0', 'TENANTRY_RETENTION_HOURS': '0', 'TENANTRY_REPORTS_AN_HOUR': '0'}

    @property
    def records(self):
        return self.as_role('records')

    def preview(self, tenant):
        return self.assert_ok(self.records.post('/api/tenants/erasure', {'action': 'preview', 'tenant_uuid': tenant['uuid']})).data

    @staticmethod
    def steady(tables):
        """Without what the server may change at any moment: it enters events into their index by itself."""
        return [one for one in tables if one['table'] not in ('event_of_person', 'audit_event')]

    def erase(self, tenant, **members):
        return self.records.post('/api/tenants/erasure', {'action': 'erase', 'tenant_uuid': tenant['uuid'], 'ground': 'a', 'requested_on': TODAY, **members})

    def create_former_tenant(self, name='Lena Leaver', **members):
        """Who left so long ago that no period keeps anything."""
        home = self.create_address()
        tenant = self.create_tenant(name, address_id=home['ID'], **members)
        self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_uuid': tenant['uuid'], 'address_id': None}))
        self.server.is_sound = False  # the past is made behind the server's back
        with self.server.offline() as database:
            database.execute('UPDATE occupancy SET from_at = ?, to_at = ? WHERE person_id = ?', (LONG_AGO, LONG_AGO + 1, tenant['ID']))
        return tenant

    def reasons(self, data, table='person'):
        return [reason['reason'] for kept in data['kept'] if kept['table'] == table for reason in kept['reasons']]

    def wait_for_scrub(self):
        ends = time.monotonic() + 20
        while 'wanted_scrub' in self.watermarks():
            self.assertLess(time.monotonic(), ends, 'the files were not scrubbed')
            time.sleep(0.2)

    def watermarks(self):
        with contextlib.closing(read_register(self.server.data, self.server.database)) as database:
            return {name for name, in database.execute('SELECT name FROM watermark')}

    # Erasure

    def test_a_former_tenant_is_gone_everywhere(self):
        tenant = self.create_former_tenant('Quirin Vanishing', tenant_email='quirin@mail.example')
        report = self.records.get('/api/tenants/manage', action='get', uuid=tenant['uuid'])
        self.assert_ok(report)
        planned = self.preview(tenant)
        self.assertTrue(planned['may_erase'])
        done = self.assert_ok(self.erase(tenant)).data
        self.assertEqual(self.steady(done['erased']), self.steady(planned['erased']))
        self.assertIn({'table': 'person', 'erased': 1, 'pseudonymised': 0}, done['erased'])
        self.assertIn({'table': 'person_contact', 'erased': 1, 'pseudonymised': 0}, done['erased'])
        self.assert_refused(self.officer.get('/api/tenants/manage', action='get', uuid=tenant['uuid']), 404, 'No such tenant')
        for search in ('quirin', 'quirin@mail.example'):
            self.assertEqual(self.officer.get('/api/tenants/list', action='list', search=search).json['total'], 0)
        self.assert_refused(self.erase(tenant), 404, 'No such tenant')
        self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], action='tenant.erased')

    def test_a_preview_changes_nothing(self):
        tenant = self.create_former_tenant()
        first, second = self.preview(tenant), self.preview(tenant)
        for part in ('erased', 'kept'):
            self.assertEqual(self.steady(first[part]), self.steady(second[part]))
        self.assertEqual(self.get_tenant(tenant)['tenant_name'], 'Lena Leaver')
        self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], action='tenant.erasure_previewed')

    def test_who_lives_here_stays_and_is_told_why(self):
        home = self.create_address()
        tenant = self.create_tenant(address_id=home['ID'])
        data = self.preview(tenant)
        self.assertFalse(data['may_erase'])
        self.assertEqual(self.reasons(data), ['current_home'])
        self.assert_refused(self.erase(tenant), 400, REFUSED + 'the person lives in one of the homes')
        self.assertEqual(self.get_tenant(tenant)['version'], 1)

    def test_who_left_lately_stays_until_the_period_is_over(self):
        home = self.create_address()
        tenant = self.create_tenant(address_id=home['ID'])
        self.officer.post('/api/tenants/assign-address', {'tenant_uuid': tenant['uuid'], 'address_id': None})
        data = self.preview(tenant)
        kept = next(one for one in data['kept'] if one['table'] == 'person')['reasons'][0]
        self.assertEqual(kept['reason'], 'retention_period')
        self.assertEqual(kept['until'][:4], str(datetime.date.today().year + 6))
        self.assertIn('Limitation Act 1980', kept['why'])
        self.assertEqual(self.erase(tenant).status, 400)

    def test_every_parameter_is_checked(self):
        tenant = self.create_former_tenant()
        tomorrow = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
        for name, value in (('ground', 'g'), ('ground', ''), ('ground', 'ab'), ('requested_on', 'yesterday'), ('requested_on', tomorrow), ('requested_on', None),
                            ('tenant_uuid', 'x'), ('tenant_uuid', None), ('action', 'vanish')):
            self.assert_invalid(self.erase(tenant, **{name: value}), name)
        self.assert_refused(self.erase({'uuid': NOBODY}), 404, 'No such tenant')
        self.assertEqual(self.get_tenant(tenant)['version'], 2)

    def test_what_was_recorded_about_an_erasure_holds_no_personal_value(self):
        tenant = self.create_former_tenant('Zacharias Unrecorded', tenant_number_primary='07700900733')
        self.assert_ok(self.erase(tenant, ground='d'))
        with self.server.offline() as database:
            row = database.execute('SELECT ground, erased, kept, account_id IS NOT NULL FROM erasure WHERE person_id = ?', (tenant['ID'],)).fetchone()
        self.assertEqual((row[0], row[3]), ('d', 1))
        self.assertIn('"table":"person_name"', row[1])
        self.assertNotIn('acharias', row[1] + row[2])

    @looks_at_files
    def test_nothing_is_left_in_the_files_of_the_running_server(self):
        for number in range(20):
            self.create_tenant(f'Neighbour Number {number}')
        tenant = self.create_former_tenant('Xzqj Wqxz', tenant_email='xzqj@mail.example', tenant_number_primary='07700900734')
        with self.server.offline() as database:
            values = [value for row in database.execute('SELECT name, email, telephone_1, row_seal FROM person WHERE id = ?', (tenant['ID'],)) for value in row]
            values += [row[0] for row in database.execute('SELECT hash FROM person_contact WHERE person_id = ?', (tenant['ID'],))]
        values += [b'xzqj wqxz', b'zqj']
        self.assertEqual([value for value in values if value not in self.content()], [], 'the search must find what is there')
        self.assert_ok(self.erase(tenant))
        self.wait_for_scrub()
        self.assertEqual([value for value in values if value in self.content()], [])

    def content(self):
        return b''.join(path.read_bytes() for path in self.server.data.rglob('*') if path.is_file())

    def test_an_old_report_cannot_be_fetched_again_and_lies_nowhere(self):
        tenant = self.create_former_tenant('Rhona Reported', tenant_email='rhona@mail.example')
        report = {'tenant_uuid': tenant['uuid'], 'format': 'json', 'reason': 'Asked in writing'}
        before = {path for path in self.server.folder.rglob('*')}
        first = self.raw_report(report)
        self.assertEqual(first.status, 200)
        self.assertIn(b'Rhona', first.body)
        self.assertEqual(self.raw_report(report | {'format': 'zip'}).status, 200)
        self.assertEqual({path for path in self.server.folder.rglob('*')} - before, set(), 'a report is never stored')
        self.assert_ok(self.erase(tenant))
        self.assertEqual(self.raw_report(report).status, 404)
        self.assertEqual({path for path in self.server.folder.rglob('*')} - before, set())

    def raw_report(self, query):
        """Not through the client: its answers that are no JSON are held against the description elsewhere."""
        import urllib.parse  # pylint: disable=import-outside-toplevel
        import http.client  # pylint: disable=import-outside-toplevel
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60)
        try:
            connection.request('GET', '/api/tenants/gdpr-report?' + urllib.parse.urlencode(query), headers={'Authorization': f'Bearer {self.records.token}'})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        answer.body = body
        return answer

    # Legal holds

    def place(self, tenant, reason='County Court claim about damp'):
        return self.assert_ok(self.records.post('/api/tenants/legal-hold', {'action': 'place', 'tenant_uuid': tenant['uuid'], 'reason': reason})).data

    def lift(self, hold):
        return self.records.post('/api/tenants/legal-hold', {'action': 'lift', 'uuid': hold['uuid']})

    def test_a_hold_keeps_a_tenant_until_it_is_lifted(self):
        tenant = self.create_former_tenant()
        hold = self.place(tenant)
        self.assertEqual(self.reasons(self.preview(tenant)), ['legal_hold'])
        self.assert_refused(self.erase(tenant), 400, REFUSED + 'a legal hold is on the records')
        self.assert_refused(self.officer.delete('/api/tenants/manage', {'uuid': tenant['uuid']}), 400, "This tenant's records are under a legal hold")
        self.assert_ok(self.lift(hold))
        self.assert_ok(self.erase(tenant))

    def test_a_tenant_is_deleted_when_the_hold_is_lifted(self):
        tenant = self.create_tenant()
        hold = self.place(tenant)
        self.assertEqual(self.officer.delete('/api/tenants/manage', {'uuid': tenant['uuid']}).status, 400)
        self.assert_ok(self.lift(hold))
        self.assert_done(self.officer.delete('/api/tenants/manage', {'uuid': tenant['uuid']}))

    def test_holds_are_listed_with_who_and_why(self):
        tenant = self.create_tenant()
        first, second = self.place(tenant), self.place(tenant, 'Ombudsman')
        self.assert_ok(self.lift(first))
        self.assert_refused(self.lift(first), 400, 'This legal hold was lifted before')
        listed = self.assert_ok(self.records.get('/api/tenants/legal-hold', tenant_uuid=tenant['uuid'])).data
        self.assertEqual([(one['uuid'], one['reason'], one['lifted_at'] is None) for one in listed],
                         [(first['uuid'], 'County Court claim about damp', False), (second['uuid'], 'Ombudsman', True)])
        self.assertIsNotNone(listed[0]['placed_by'])
        self.assertEqual(listed[0]['placed_by'], listed[0]['lifted_by'])
        self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], action='legal_hold.listed')
        self.assertNotIn(b'Ombudsman', self.content())

    def test_holds_are_checked(self):
        tenant = self.create_tenant()
        self.assert_invalid(self.records.post('/api/tenants/legal-hold', {'action': 'place', 'tenant_uuid': tenant['uuid']}), 'reason')
        self.assert_invalid(self.records.post('/api/tenants/legal-hold', {'action': 'place', 'tenant_uuid': tenant['uuid'], 'reason': 'x' * 501}), 'reason')
        self.assert_refused(self.records.post('/api/tenants/legal-hold', {'action': 'place', 'tenant_uuid': NOBODY, 'reason': 'x'}), 404, 'No such tenant')
        self.assert_refused(self.lift({'uuid': NOBODY}), 404, 'No such legal hold')
        self.assert_refused(self.records.get('/api/tenants/legal-hold', tenant_uuid=NOBODY), 404, 'No such tenant')

    def test_only_staff_of_records_and_administrators_may(self):
        tenant = self.create_former_tenant()
        for role in ('service', 'manager', 'officer', 'viewer'):
            self.assert_refused(self.as_role(role).post('/api/tenants/erasure', {'action': 'preview', 'tenant_uuid': tenant['uuid']}), 403, NOT_PERMITTED)
            self.assert_refused(self.as_role(role).get('/api/tenants/legal-hold', tenant_uuid=tenant['uuid']), 403, NOT_PERMITTED)
        self.server.add_user('agent@lettings.example', 'Agnes Agent', 'records', account_type='Agent')
        agent = self.server.client_of('agent@lettings.example')
        self.assert_refused(agent.post('/api/tenants/erasure', {'action': 'preview', 'tenant_uuid': tenant['uuid']}), 403, NOT_PERMITTED)


if __name__ == '__main__':
    unittest.main()
