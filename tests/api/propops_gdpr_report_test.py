"""The subject access report: whole, of its person only, recorded whatever comes of it, and left nowhere."""
import datetime
import hashlib
import html
import io
import json
import unittest
import zipfile

from support.case import NOBODY, NOT_PERMITTED, ApiTest
from support.server import PASSWORD, email_of

REPORT = '/api/tenants/gdpr-report'
MANAGE = '/api/tenants/manage'
CONFIRM = '/api/security/confirm-password'
IN_TIME = datetime.timedelta(minutes=2)


class GdprReport(ApiTest):
    settings = {'TENANTRY_REPORTS_AN_HOUR': '0'}

    @property
    def records(self):
        return self.as_role('records')

    def report(self, tenant, **query):
        return self.assert_ok(self.records.get(REPORT, tenant_uuid=tenant['uuid'], **query)).data

    def test_a_new_tenants_report_is_exactly_what_the_contract_shows(self):
        tenant = self.create_tenant('Priya Nair', tenant_email='priya@mail.example', tenant_number_primary='07700900461')
        answer = self.assert_ok(self.records.get(REPORT, tenant_uuid=tenant['uuid']))
        self.assertEqual(list(answer.json), ['success', 'message', 'data'])
        data = answer.data
        self.assertEqual(list(data), ['report', 'tenant', 'addresses', 'job_history', 'case_note_references', 'consent_records', 'activity_logs', 'records'])
        made = datetime.datetime.fromisoformat(data['report'].pop('generated_at'))
        self.assertLess(datetime.datetime.now(datetime.timezone.utc) - made, IN_TIME)
        self.assertGreater(data['report'].pop('generated_by'), 0)
        self.assertEqual(data['report'], {'format_version': '1.0', 'legal_basis': 'UK GDPR Art. 15', 'respond_by': None, 'withheld': 0, 'unreadable': 0})
        self.assertEqual(data['tenant'], {'ID': tenant['ID'], 'uuid': tenant['uuid'], 'tenant_name': 'Priya Nair', 'tenant_email': 'priya@mail.example',
                                          'tenant_number_primary': '07700900461', 'tenant_number_work': None, 'created_at': tenant['created_at']})
        self.assertEqual([data[section] for section in ('addresses', 'job_history', 'case_note_references', 'consent_records')], [[], [], [], []])
        self.assertEqual([entry['activity_type'] for entry in data['activity_logs']], ['tenant.created', 'tenant.gdpr_export'])
        self.assertEqual(set(data['records']), {'person', 'audit_event', 'disclosure'})
        person = data['records']['person'][0]
        self.assertEqual((person['name'], person['email'], person['telephone_1'], person['active']), ('Priya Nair', 'priya@mail.example', '07700900461', True))

    def test_where_they_live_and_lived(self):
        tenant, first, second = self.create_tenant('Mo Ver'), self.create_address('1 First Lane'), self.create_address('2 Second Lane')
        for address in (first, second):
            self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_id': tenant['ID'], 'address_id': address['ID']}))
        data = self.report(tenant)
        self.assertEqual([(a['address_id'], a['full_address'], a['is_current'], a['unassigned_at'] is None) for a in data['addresses']],
                         [(first['ID'], first['full_address'], False, False), (second['ID'], second['full_address'], True, True)])
        self.assertEqual([home['address_line_1'] for home in data['records']['property']], ['1 First Lane', '2 Second Lane'])

    def test_who_read_the_record_is_in_it_at_once(self):
        tenant = self.create_tenant('Re Ad')
        self.get_tenant(tenant)
        self.officer.get(MANAGE, action='list', search='re ad')
        self.wait_for_activity(lambda entry: True, action='tenant.listed')
        data = self.report(tenant)
        self.assertEqual({entry['activity_type'] for entry in data['activity_logs']}, {'tenant.created', 'tenant.viewed', 'tenant.listed', 'tenant.gdpr_export'})
        officer = self.admin.get('/api/users/users', action='search', search=email_of('officer')).data[0]['ID']
        self.assertTrue(all(entry['account_id'] == officer for entry in data['records']['audit_event'] if entry['action'] == 'tenant.viewed'))

    def test_nothing_of_another_tenant_is_in_it(self):
        ours, theirs = self.create_tenant("Sinéad O'Neill", tenant_email='ours@mail.example'), self.create_tenant('Theo Other', tenant_email='theirs@mail.example')
        address = self.create_address('3 Shared House')
        for tenant in (ours, theirs):
            self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_id': tenant['ID'], 'address_id': address['ID']}))
        for form in ('json', 'html'):
            body = self.records.get(REPORT, tenant_uuid=ours['uuid'], format=form, include_checked='true').body.decode()
            self.assertIn("Sinéad O'Neill", html.unescape(body))
            for foreign in ('Theo', 'theirs@mail.example', theirs['uuid']):
                self.assertNotIn(foreign, body)

    def test_the_page_is_escaped_and_loads_nothing(self):
        tenant = self.create_tenant('<script>alert("x")</script> & \'Sons\'')
        answer = self.records.get(REPORT, tenant_uuid=tenant['uuid'], format='html')
        self.assertEqual(answer.header('Content-Type'), 'text/html; charset=utf-8')
        self.assertEqual(answer.header('Cache-Control'), 'no-store')
        page = answer.body.decode()
        self.assertNotIn('<script', page)
        self.assertIn('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Sons&#39;', page)
        style = page[page.index('<style>') + 7:page.index('</style>')]
        digest = __import__('base64').b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self.assertIn(f"style-src 'sha256-{digest}'", answer.header('Content-Security-Policy'))
        self.assertNotIn('src=', page)
        self.assertNotIn('href=', page)

    def test_the_pack_holds_both_and_a_table_each_and_their_sums(self):
        tenant = self.create_tenant('=HYPERLINK("evil")', tenant_email='pack@mail.example')
        answer = self.records.get(REPORT, tenant_uuid=tenant['uuid'], format='zip')
        self.assertEqual(answer.header('Content-Type'), 'application/zip')
        self.assertEqual(answer.header('Content-Disposition'), 'attachment; filename="subject-access-report.zip"')
        pack = zipfile.ZipFile(io.BytesIO(answer.body))
        self.assertIsNone(pack.testzip())
        files = {name: pack.read(name) for name in pack.namelist()}
        report = json.loads(files['report.json'])
        self.assertEqual(set(files), {'report.json', 'report.html', 'SHA256SUMS', *(f'{table}.csv' for table in report['data']['records'])})
        sums = dict(reversed(line.split('  ')) for line in files.pop('SHA256SUMS').decode().splitlines())
        self.assertEqual(sums, {name: hashlib.sha256(content).hexdigest() for name, content in files.items()})
        self.assertIn('"\'=HYPERLINK(""evil"")"', files['person.csv'].decode())
        self.assertTrue(files['person.csv'].endswith(b'\r\n'))

    def test_texts_that_may_tell_of_others_wait_for_somebody_to_check_them(self):
        tenant = self.create_tenant('No Tes')
        with self.server.offline():
            import_folder = self.server.folder / 'jobs'
            import_folder.mkdir()
            (import_folder / 'jobs.csv').write_text(
                'job_uuid,job_reference,title,description,status,person_uuids,created_at,updated_at\n'
                f'8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11,JOB-1,Leaking tap,The neighbour has the key,Open,{tenant["uuid"]},2031-02-01T09:00:00Z,2031-02-03T16:20:00Z\n', encoding='utf-8')
            (import_folder / 'case_notes.csv').write_text(
                'note_uuid,job_uuid,text,created_by,created_at\n'
                '5c7c1c55-0b1e-4a4e-8a52-4a3a9f6f7d02,8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11,Rang the neighbour,M. Okafor,2031-02-02T11:00:00Z\n', encoding='utf-8')
            self.server.command('import', str(import_folder))
        data = self.report(tenant)
        self.assertEqual(data['job_history'], [{'ID': data['job_history'][0]['ID'], 'uuid': '8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11', 'job_ref': 'JOB-1', 'job_title': 'Leaking tap',
                                                'status_name': 'Open', 'full_address': None, 'created_at': '2031-02-01T09:00:00Z', 'updated_at': '2031-02-03T16:20:00Z'}])
        self.assertEqual([(n['uuid'], n['job_id'], n['created_by_name'], n['created_at']) for n in data['case_note_references']],
                         [('5c7c1c55-0b1e-4a4e-8a52-4a3a9f6f7d02', data['job_history'][0]['ID'], 'M. Okafor', '2031-02-02T11:00:00Z')])
        self.assertNotIn('neighbour', json.dumps(data))
        self.assertIn('text', data['records']['case_note'][0]['withheld'])
        self.assertGreaterEqual(data['report']['withheld'], 2)
        checked = self.report(tenant, include_checked='true')
        self.assertEqual((checked['records']['job'][0]['description'], checked['records']['case_note'][0]['text']), ('The neighbour has the key', 'Rang the neighbour'))
        self.assertEqual(checked['report']['withheld'], 0)

    def test_a_damaged_field_is_said_to_be_damaged(self):
        tenant = self.create_tenant('Da Maged', tenant_email='damaged@mail.example')
        with self.server.offline() as database:
            sealed = database.execute('SELECT email FROM person WHERE id = ?', (tenant['ID'],)).fetchone()[0]
            database.execute('UPDATE person SET email = zeroblob(100) WHERE id = ?', (tenant['ID'],))
        data = self.report(tenant)
        self.assertEqual((data['tenant']['tenant_email'], data['report']['unreadable'], data['records']['person'][0]['unreadable']), (None, 1, ['email']))
        self.assertIn('cannot be read any more', self.records.get(REPORT, tenant_uuid=tenant['uuid'], format='html').body.decode())
        with self.server.offline() as database:
            database.execute('UPDATE person SET email = ? WHERE id = ?', (sealed, tenant['ID']))

    def test_the_day_to_answer_by(self):
        tenant = self.create_tenant('Du E')
        self.assertEqual(self.report(tenant, received_on='2026-11-25')['report']['respond_by'], '2026-12-29')
        self.assertIn('To be answered by 29 December 2026', self.records.get(REPORT, tenant_uuid=tenant['uuid'], format='html', received_on='2026-11-25').body.decode())

    def test_why_is_kept_sealed_and_shown_where_checked(self):
        tenant = self.create_tenant('Rea Son')
        self.report(tenant, reason='letter of the solicitor Quillfeather')
        disclosure = self.report(tenant, include_checked='true')['records']['disclosure'][0]
        self.assertEqual((disclosure['reason'], disclosure['format'], disclosure['with_checked']), ('letter of the solicitor Quillfeather', 'json', False))

    def test_every_call_is_recorded_refused_ones_too(self):
        tenant = self.create_tenant('Re Corded')
        for role, query, outcome in (('records', {'tenant_uuid': tenant['uuid']}, 'ok'), ('officer', {'tenant_uuid': tenant['uuid']}, 'denied'), ('records', {}, 'denied'),
                                     ('records', {'tenant_uuid': NOBODY}, 'denied'), ('records', {'tenant_uuid': tenant['uuid'], 'format': 'pdf'}, 'denied')):
            user = self.admin.get('/api/users/users', action='search', search=email_of(role)).data[0]['ID']
            newest = max((entry['ID'] for entry in self.activity(user_id=user, action='tenant.gdpr_export')), default=0)
            self.as_role(role).get(REPORT, **query)
            entry = self.wait_for_activity(lambda found: found['ID'] > newest, user_id=user, action='tenant.gdpr_export')
            self.assertEqual(entry['outcome'], outcome, (role, query))
        newest = self.activity(action='tenant.gdpr_export', limit=1)[0]['ID']
        self.assertEqual(self.server.client().get(REPORT, tenant_uuid=tenant['uuid']).status, 401)
        entry = self.wait_for_activity(lambda found: found['ID'] > newest, action='tenant.gdpr_export')
        self.assertEqual((entry['user_id'], entry['outcome']), (None, 'denied'))

    def test_what_is_missing_or_wrong_is_refused(self):
        tenant = self.create_tenant('Wr Ong')
        self.assert_invalid(self.records.get(REPORT), 'tenant_uuid')
        self.assert_invalid(self.records.get(REPORT, tenant_uuid='412'), 'tenant_uuid')
        self.assert_invalid(self.records.get(REPORT, tenant_uuid=tenant['uuid'], format='pdf'), 'format')
        self.assert_invalid(self.records.get(REPORT, tenant_uuid=tenant['uuid'], received_on='2026-02-30'), 'received_on')
        self.assert_refused(self.records.get(REPORT, tenant_uuid=NOBODY), 404, 'No such tenant')
        self.assert_refused(self.officer.get(REPORT, tenant_uuid=tenant['uuid']), 403, NOT_PERMITTED)

    def test_no_file_is_left(self):
        tenant = self.create_tenant('Fi Le')
        for form in ('json', 'html', 'zip'):
            self.assertEqual(self.records.get(REPORT, tenant_uuid=tenant['uuid'], format=form).status, 200)
        known = {'register.db', 'register.db-wal', 'register.db-shm', 'register.db.lock', 'database-seen', 'keys', 'control.sock', 'outbox', 'temporary'}
        self.assertLessEqual({file.name for file in self.server.data.iterdir() if not file.name.startswith('register.db')}, known)


class Guarded(ApiTest):
    """A landlord who wants a reason and a fresh password, and two reports an hour."""
    settings = {'TENANTRY_REPORT_NEEDS_REASON': 'true', 'TENANTRY_REPORT_PASSWORD_MINUTES': '5', 'TENANTRY_REPORTS_AN_HOUR': '2'}
    roles = ('officer', 'admin', 'records')

    def test_it_takes_a_reason_a_fresh_password_and_has_an_end(self):
        records, tenant = self.as_role('records'), self.create_tenant('Gu Arded')
        query = {'tenant_uuid': tenant['uuid'], 'reason': 'asked at the desk'}
        self.assert_invalid(records.get(REPORT, tenant_uuid=tenant['uuid']), 'reason')
        self.assert_ok(records.get(REPORT, **query))  # the log-in was just now
        with self.server.offline() as database:
            database.execute('UPDATE session SET password_at = password_at - 301000')
        self.assert_refused(records.get(REPORT, **query), 403, 'Please confirm your password')
        self.assert_refused(records.request('POST', CONFIRM, json={'password': 'not the password at all'}), 400, 'That is not your password')
        self.assert_refused(records.get(REPORT, **query), 403, 'Please confirm your password')
        self.assert_done(records.request('POST', CONFIRM, json={'password': PASSWORD}))
        self.assert_ok(records.get(REPORT, **query))
        self.assert_refused(records.get(REPORT, **query), 429, 'Too many reports within an hour; try again later')

    def test_a_session_that_was_reopened_without_a_password_is_not_fresh(self):
        self.assert_ok(self.admin.get('/api/users/permissions'))
        with self.server.offline() as database:
            database.execute('UPDATE session SET password_at = NULL WHERE account_id = (SELECT id FROM account WHERE role_id = 2)')
        tenant = self.create_tenant('Re Opened')
        self.assert_refused(self.admin.get(REPORT, tenant_uuid=tenant['uuid'], reason='asked'), 403, 'Please confirm your password')

    def test_the_password_is_asked_for_by_name(self):
        self.assert_invalid(self.admin.request('POST', CONFIRM, json={}), 'password')
        self.assert_refused(self.server.client().request('POST', CONFIRM, json={'password': PASSWORD}), 401, 'Authentication required. Please log in.')


if __name__ == '__main__':
    unittest.main()
