"""The activity log: who did or read what, from where, with what outcome."""
import datetime
import re
import unittest
from uuid import uuid4

from support.case import NOBODY, NOT_PERMITTED, ApiTest
from support.server import email_of

LOG = '/api/admin/activity-log'
MANAGE = '/api/tenants/manage'
LIST = '/api/tenants/list'


class Activity(ApiTest):
    settings = {'TENANTRY_BULK_READ_ALARM': '30'}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.server.offline():
            cls.server.add_user('contractor@lettings.example', 'Con Tractor', 'admin', account_type='Contractor')

    def id_of(self, role):
        return self.admin.get('/api/users/users', action='search', search=email_of(role)).data[0]['ID']

    def test_every_change_of_a_person_is_in_it(self):
        officer = self.id_of('officer')
        tenant, address = self.create_tenant('Chan Ge', tenant_email='change@mail.example'), self.create_address()
        self.assert_ok(self.officer.put(MANAGE, {'uuid': tenant['uuid'], 'tenant_name': 'Chan Ged'}))
        self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_id': tenant['ID'], 'address_id': address['ID']}))
        self.assert_done(self.officer.delete(MANAGE, {'uuid': tenant['uuid']}))
        for action in ('created', 'updated', 'assigned', 'deleted'):
            entry = self.activity(user_id=officer, action=f'tenant.{action}', limit=1)[0]
            self.assertEqual((entry['user_name'], entry['resource_type'], entry['resource_id'], entry['outcome'], entry['ip_address']),
                             ('Sam Officer', 'tenant', tenant['ID'], 'ok', '127.0.0.1'))

    def test_every_reading_of_a_person_is_in_it(self):
        tenant = self.create_tenant('Re Ad')
        for role, path, identity in (('viewer', MANAGE, {'uuid': tenant['uuid']}), ('manager', MANAGE, {'id': tenant['ID']}), ('service', LIST, {'id': tenant['ID']}),
                                     ('records', LIST, {'uuid': tenant['uuid']})):
            self.assert_ok(self.as_role(role).get(path, action='get', **identity))
            self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], user_id=self.id_of(role), action='tenant.viewed')
        for role, path in (('viewer', MANAGE), ('service', LIST)):
            self.assert_ok(self.as_role(role).get(path, action='list', search='re ad'))
            self.wait_for_activity(lambda entry: True, user_id=self.id_of(role), action='tenant.listed')

    def test_what_was_not_read_or_not_done_is_not_in_it(self):
        manager = self.id_of('manager')
        self.assertEqual(self.as_role('manager').get(MANAGE, action='get', uuid=NOBODY).status, 404)
        self.assertEqual(self.as_role('manager').get(MANAGE, action='list', search='nobody of this name').data, [])
        self.assertEqual(self.as_role('manager').post(MANAGE, {'tenant_name': ''}).status, 400)
        self.assert_ok(self.as_role('manager').get(LOG))  # journaled after those would have been
        self.wait_for_activity(lambda entry: True, user_id=manager, action='activity.listed')
        self.assertEqual([entry['action'] for entry in self.activity(user_id=manager) if entry['action'] in ('tenant.listed', 'tenant.created')], [])

    def test_a_refused_call_is_in_it(self):
        viewer = self.id_of('viewer')
        for refuse in (lambda: self.as_role('viewer').post(MANAGE, {'tenant_name': 'Re Fused'}), lambda: self.as_role('viewer').get(LOG),
                       lambda: self.as_role('viewer').request('POST', MANAGE, json={'tenant_name': 'No Token'})):
            newest = max((entry['ID'] for entry in self.activity(user_id=viewer, action='access.denied')), default=0)
            self.assertEqual(refuse().status, 403)
            entry = self.wait_for_activity(lambda found: found['ID'] > newest, user_id=viewer, action='access.denied')
            self.assertEqual((entry['outcome'], entry['user_name'], entry['ip_address']), ('denied', 'Sam Viewer', '127.0.0.1'))

    def test_reading_the_log_is_in_it(self):
        self.assert_ok(self.as_role('records').get(LOG))
        self.wait_for_activity(lambda entry: True, user_id=self.id_of('records'), action='activity.listed')

    def test_what_commands_did_has_no_user_and_no_address(self):
        entry = self.activity(action='user.created', limit=1)[0]
        self.assertEqual((entry['user_id'], entry['user_name'], entry['ip_address'], entry['outcome']), (None, None, None, 'ok'))

    def test_it_holds_nothing_that_a_tenant_told(self):
        tenant = self.create_tenant('Canary Birdsong', tenant_email='canary@mail.example', tenant_number_primary='0113 496 0777')
        self.get_tenant(tenant)
        self.officer.get(LIST, action='list', search='canary@mail.example')
        self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], action='tenant.viewed')
        body = self.assert_ok(self.admin.get(LOG, limit=200)).body.decode()
        for value in ('Canary', 'Birdsong', 'canary', '0777'):
            self.assertNotIn(value, body)

    def test_it_is_newest_first_and_paged(self):
        for _ in range(5):
            self.create_tenant('Pa Ge')
        entries = self.activity(action='tenant.created', limit=5)
        self.assertEqual([entry['ID'] for entry in entries], sorted((entry['ID'] for entry in entries), reverse=True))
        page = self.assert_ok(self.admin.get(LOG, action='tenant.created', limit=2, offset=1)).json
        self.assertEqual((page['data'], page['count']), (entries[1:3], 2))
        self.assertEqual(self.activity(action='tenant.created', offset=1_000_000), [])

    def test_days_narrow_it_and_hold_both_ends(self):
        tenant = self.create_tenant('To Day')
        made = datetime.date.fromisoformat(tenant['created_at'][:10])
        shifted = lambda days: (made + datetime.timedelta(days)).isoformat()
        found = lambda **days: tenant['ID'] in [entry['resource_id'] for entry in self.activity(action='tenant.created', limit=200, **days)]
        for days in ({'date_from': shifted(0)}, {'date_to': shifted(0)}, {'date_from': shifted(0), 'date_to': shifted(0)}, {'date_from': '2000-02-29', 'date_to': '9999-12-31'}):
            self.assertTrue(found(**days), days)
        for days in ({'date_from': shifted(1)}, {'date_to': shifted(-1)}, {'date_from': shifted(1), 'date_to': shifted(-1)}):
            self.assertFalse(found(**days), days)

    def test_it_is_narrowed_to_a_record_and_an_outcome(self):
        tenant, other = self.create_tenant('Re Source'), self.create_tenant('Re Other')
        self.assert_ok(self.officer.put(MANAGE, {'uuid': tenant['uuid'], 'tenant_name': 'Re Sourced'}))
        entries = self.activity(resource_type='tenant', resource_id=tenant['ID'])
        self.assertEqual({entry['action'] for entry in entries} & {'tenant.created', 'tenant.updated'}, {'tenant.created', 'tenant.updated'})
        self.assertEqual({(entry['resource_type'], entry['resource_id']) for entry in entries}, {('tenant', tenant['ID'])})
        self.assertNotEqual(self.activity(resource_type='tenant', resource_id=other['ID']), [])
        self.assertEqual({entry['resource_type'] for entry in self.activity(resource_type='user')}, {'user'})
        self.assertEqual(self.activity(resource_type='tenan'), [])
        self.assertEqual(self.as_role('viewer').post(MANAGE, {'tenant_name': 'Re Fused'}).status, 403)
        viewer = self.id_of('viewer')
        self.wait_for_activity(lambda entry: entry['user_id'] == viewer, outcome='denied')
        self.assertEqual({entry['outcome'] for entry in self.activity(outcome='denied')}, {'denied'})
        self.assertEqual({entry['outcome'] for entry in self.activity(outcome='ok', user_id=viewer)} - {'ok'}, set())
        self.assertEqual(self.activity(resource_type='tenant', outcome='denied'), [])

    def test_a_job_is_named_by_its_uuid(self):
        uuid = str(uuid4())
        with self.server.offline():
            folder = self.server.folder / 'jobs'
            folder.mkdir()
            (folder / 'jobs.csv').write_text('job_uuid,job_reference,title,description,status,created_at,updated_at\n'
                                             f'{uuid},J-1,Boiler,Does not light,Open,2031-04-01,2031-04-01\n', encoding='utf-8')
            self.server.command('import', str(folder))
        entries = self.activity(job_uuid=uuid)
        self.assertEqual([entry['action'] for entry in entries], ['job.created'])
        self.assertEqual(self.activity(job_uuid=uuid, resource_type='job', resource_id=entries[0]['resource_id']), entries)
        self.assertEqual(self.activity(job_uuid=NOBODY), [])
        self.assert_invalid(self.admin.get(LOG, job_uuid=uuid, resource_type='tenant'), 'job_uuid')
        self.assert_invalid(self.admin.get(LOG, job_uuid=uuid, resource_id=entries[0]['resource_id'] + 1), 'job_uuid')

    def test_who_reads_many_records_is_noticed_once(self):
        tenant = self.create_tenant('Bul Ked')
        reader = self.id_of('service')
        alarms = lambda: int(re.search(r'^tenantry_bulk_read_alarms_total (\d+)$', self.server.metrics(), re.MULTILINE)[1])
        before = alarms()
        for _ in range(40):
            self.assert_ok(self.as_role('service').get(MANAGE, action='get', uuid=tenant['uuid']))
        entry = self.wait_for_activity(lambda found: True, user_id=reader, action='alarm.bulk_read')
        self.assertEqual((entry['outcome'], entry['ip_address']), ('ok', '127.0.0.1'))
        self.assertEqual(len(self.activity(user_id=reader, action='alarm.bulk_read')), 1)
        self.assertEqual(alarms(), before + 1)
        self.assertEqual(self.activity(user_id=self.id_of('officer'), action='alarm.bulk_read'), [])

    def test_malformed_filters_are_refused(self):
        for name, values in {'user_id': ('x', '0', '-1'), 'action': ('x' * 65, 'a\nb'), 'date_from': ('2031-02-29', '2031-13-01', '01/04/2031', '2031-4-1', '2031-04-01T00:00:00Z'),
                             'resource_type': ('x' * 65, 'a\nb'), 'resource_id': ('0', 'x'), 'outcome': ('x', 'OK'), 'job_uuid': ('x', '1'),
                             'date_to': ('x',), 'limit': ('0', '201', 'x'), 'offset': ('-1',)}.items():
            for value in values:
                self.assert_invalid(self.admin.get(LOG, **{name: value}), name)
        self.assertEqual(self.activity(action='no.such_action'), [])
        self.assertEqual(self.activity(user_id=4711), [])

    def test_it_is_for_staff_whatever_the_role(self):
        self.assert_refused(self.server.client_of('contractor@lettings.example').get(LOG), 403, NOT_PERMITTED)


if __name__ == '__main__':
    unittest.main()
