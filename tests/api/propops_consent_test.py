"""Consents: the three documented forms, who may send them, and what is kept of whoever did."""
import unittest

from support.case import BAD_CSRF, DONE, NOBODY, NOT_PERMITTED, NOT_SIGNED_IN, ApiTest
from support.engine import looks_at_files

CONSENT = '/api/gdpr/consent'
RECORDED = {'success': True, 'message': 'Consent recorded'}
KEYS = ['ID', 'user_uuid', 'consent_type', 'consent_version', 'accepted', 'ip_fingerprint', 'created_at']
DOCUMENT = {'consent_type': 'privacy_policy', 'consent_version': '1.2', 'accepted': True}


class Consents(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.server.offline():
            cls.server.add_user('landlord@lettings.example', 'Land Lord', 'viewer', account_type='Landlord')
        cls.anybody = cls.server.client()
        cls.landlord = cls.server.client_of('landlord@lettings.example')

    def send(self, **members):
        return self.anybody.request('POST', CONSENT, json={**DOCUMENT, **members})

    def of_user(self, uuid, client=None, **members):
        return (client or self.officer).post(CONSENT, {'consent_type': 'marketing', 'consent_version': '3', 'user_uuid': uuid, **members})

    def listed(self, uuid, **query):
        return self.assert_ok(self.as_role('records').get(CONSENT, user_uuid=uuid, **query)).json

    def count(self):
        with self.server.offline() as database:
            return database.execute('SELECT count(*) FROM consent').fetchone()[0]

    # About a document, of somebody who is not known

    def test_anybody_may_agree_to_or_decline_a_document(self):
        before = self.count()
        for members in ({}, {'accepted': False}, {'accepted': '0', 'fingerprint': 'f1ngerprint'}, {'consent_type': 'cookies'}, {'consent_type': 'terms', 'user_uuid': None}):
            answer = self.assert_ok(self.send(**members))
            self.assertEqual(answer.json, RECORDED)
        other_name = {'consent_type': 'privacy_policy', 'version': 'O’Hara 1', 'accepted': True}
        self.assertEqual(self.assert_ok(self.anybody.request('POST', CONSENT, json=other_name)).json, RECORDED)
        self.assertEqual(self.assert_ok(self.anybody.request('POST', CONSENT, form={**DOCUMENT, 'accepted': 'false'})).json, RECORDED)
        # Credentials are not looked at where nobody is named.
        self.assertEqual(self.assert_ok(self.server.client('0' * 64).request('POST', CONSENT, json=DOCUMENT)).json, RECORDED)
        self.assertEqual(self.count(), before + 8)
        with self.server.offline() as database:
            rows = database.execute('SELECT accepted, subject_uuid FROM consent ORDER BY id DESC LIMIT 8').fetchall()
        self.assertEqual([accepted for accepted, _ in rows[::-1]], [1, 0, 0, 1, 1, 1, 0, 1])
        self.assertEqual({subject for _, subject in rows}, {None})

    def test_the_version_must_be_the_current_one_where_there_is_one(self):
        self.assertEqual(self.send(consent_type='terms_of_sale', consent_version='anything').json, RECORDED)
        said = self.server.command('documents', 'publish', '--type', 'terms_of_sale', '--version', '2.0')
        self.assertEqual(said, 'version 2.0 of terms_of_sale is the current one\n')
        self.server.command('documents', 'publish', '--type', 'terms_of_sale', '--version', '2.1')
        for members in ({}, {'email': 'somebody@mail.example'}):
            for version in ('2.0', '2.1 ', '2', 'anything'):
                self.assert_invalid(self.send(consent_type='terms_of_sale', consent_version=version, **members), 'consent_version')
            self.assert_ok(self.send(consent_type='terms_of_sale', consent_version='2.1', **members))
        # Another document's versions are its own, and an earlier version can be made the current one again.
        self.assert_ok(self.send(consent_type='terms_of_hire', consent_version='2.0'))
        self.server.command('documents', 'publish', '--type', 'terms_of_sale', '--version', '2.0')
        self.assert_invalid(self.send(consent_type='terms_of_sale', consent_version='2.1'), 'consent_version')
        self.assert_ok(self.send(consent_type='terms_of_sale', consent_version='2.0'))
        # Staff may record what was signed on paper earlier.
        tenant = self.create_tenant('Pay Per')
        self.assert_done(self.of_user(tenant['uuid'], consent_type='terms_of_sale', consent_version='1.0'))
        lines = [line.split() for line in self.server.command('documents', 'list').splitlines() if line.startswith('terms_of_sale')]
        self.assertEqual([(line[1], line[3:]) for line in lines], [('2.0', ['current']), ('2.1', [])])
        self.assertEqual(len(self.activity(action='legal_document.published')), 3)
        for words, status in ((('--type', 'Terms', '--version', '1'), 1), (('--type', 'terms', '--version', ' '), 1), (('--type', 'terms', '--version', 'x' * 33), 1), (('--type', 'terms'), 2)):
            self.server.command('documents', 'publish', *words, status=status)

    # Of a browser

    def test_a_browser_tells_of_its_choices(self):
        sound = {'consent_type': 'analytics_cookies', 'consent_version': '2031-01', 'accepted': True}
        for members in ({}, {'email': None, 'fingerprint': None}, {'email': 'someone@mail.example', 'fingerprint': 'abc', 'choices': {'analytics': True, 'ads': False}},
                        {'consent_type': 'essential_cookies'}, {'consent_type': 'marketing_cookies', 'accepted': False, 'choices': None}, {'consent_type': 'privacy_policy', 'choices': {}}):
            self.assert_done(self.anybody.request('POST', CONSENT, json={**sound, **members}))

    def test_what_is_missing_or_malformed_is_refused_and_not_kept(self):
        before = self.count()
        wrong = {'consent_type': (None, '', 5, [], 'Privacy', 'a-b', 'x' * 65, 'cookies2', "o'hara"), 'consent_version': (None, '', 5, 'x' * 33, 'a\nb'),
                 'accepted': (None, '', 'yes', 2, []), 'fingerprint': (5, 'x' * 257, 'a\nb'), 'email': ('nobody', 5, 'a b@c.example', 'x' * 250 + '@c.example'),
                 'choices': ('x', 5, [], {'Analytics': True}, {'analytics': 1}, {'analytics': None}, {'a': {}}, {'': True}, {'x' * 65: True},
                             {'x' * turn: True for turn in range(1, 52)})}
        for name, values in wrong.items():
            for value in values:
                self.assert_invalid(self.send(**{name: value}), name)
        for name in DOCUMENT:
            self.assert_invalid(self.anybody.request('POST', CONSENT, json={key: value for key, value in DOCUMENT.items() if key != name}), name)
        self.assert_invalid(self.send(version='1.3'), 'consent_version')
        self.assertEqual(self.count(), before)

    # Of a tenant or a user

    def test_a_consent_of_a_tenant_or_user_needs_credentials_and_csrf(self):
        tenant = self.create_tenant('Con Sent')
        members = {**DOCUMENT, 'user_uuid': tenant['uuid']}
        for client in (self.anybody, self.server.client('0' * 64), self.server.client(Cookie='DYNAMO_SESSION=garbage')):
            for uuid in (tenant['uuid'], NOBODY, 'x'):
                self.assert_refused(client.request('POST', CONSENT, json={**members, 'user_uuid': uuid}, headers={'X-CSRF-Token': self.officer.csrf()}), 401, NOT_SIGNED_IN)
        for headers in ({}, {'X-CSRF-Token': 'x' * 75}, {'X-CSRF-Token': self.admin.csrf()}):
            self.assert_refused(self.officer.request('POST', CONSENT, json=members, headers=headers), 403, BAD_CSRF)
        token = self.officer.csrf()
        self.assert_done(self.officer.request('POST', CONSENT, json={**members, 'csrf_token': token}))
        self.assert_refused(self.officer.request('POST', CONSENT, json={**members, 'csrf_token': token}), 403, BAD_CSRF)
        self.assert_invalid(self.of_user('x'), 'user_uuid')
        self.assert_refused(self.of_user(NOBODY), 404, 'No such user')
        self.assertEqual(self.listed(tenant['uuid'])['count'], 1)

    def test_staff_name_anybody_and_others_themselves(self):
        tenant, user = self.create_tenant('Any Body'), self.admin.get('/api/users/users', action='search', search='landlord@').data[0]
        self.assert_refused(self.of_user(tenant['uuid'], self.landlord), 403, NOT_PERMITTED)
        self.assert_done(self.of_user(user['uuid'], self.landlord, accepted=False))
        self.assert_done(self.of_user(user['uuid'], self.as_role('viewer')))
        self.assertEqual([row['accepted'] for row in self.listed(user['uuid'])['data']], [True, False])

    # The list

    def test_consents_are_listed_whole_newest_first_and_paged(self):
        tenant = self.create_tenant('Lis Ted', tenant_email='Lis.Ted@mail.example')
        self.assertEqual(self.listed(tenant['uuid']), {'success': True, 'data': [], 'count': 0, 'total': 0, 'total_is_exact': True, 'message': DONE})
        self.assert_done(self.of_user(tenant['uuid']))
        self.assert_done(self.of_user(tenant['uuid'], accepted=False, consent_version='4'))
        self.assert_done(self.send(consent_type='analytics_cookies', email=' lis.ted@MAIL.example'.strip()))
        self.assert_done(self.send(consent_type='analytics_cookies', email='other@mail.example'))
        answer = self.listed(tenant['uuid'])
        rows = answer['data']
        self.assertEqual((answer['count'], answer['total']), (3, 3))
        self.assertEqual([list(row) for row in rows], [KEYS] * 3)
        told = [(row['user_uuid'], row['consent_type'], row['consent_version'], row['accepted']) for row in rows]
        self.assertEqual(told, [(None, 'analytics_cookies', '1.2', True), (tenant['uuid'], 'marketing', '4', False), (tenant['uuid'], 'marketing', '3', True)])
        self.assertEqual(len({row['ip_fingerprint'] for row in rows}), 1)
        self.assertRegex(rows[0]['ip_fingerprint'], '^[0-9a-f]{32}$')
        self.assertEqual(self.listed(tenant['uuid'], limit=1, offset=1)['data'], rows[1:2])
        for name, value in (('limit', 0), ('limit', 201), ('offset', -1), ('user_uuid', 'x')):
            self.assert_invalid(self.officer.get(CONSENT, **{'user_uuid': tenant['uuid'], name: value}), name)
        self.assert_invalid(self.officer.get(CONSENT), 'user_uuid')
        self.assertEqual(self.listed(NOBODY)['data'], [])

    def test_a_consent_outlives_its_tenant(self):
        tenant = self.create_tenant('Out Lived')
        self.assert_done(self.of_user(tenant['uuid']))
        self.assert_done(self.officer.delete('/api/tenants/manage', {'uuid': tenant['uuid']}))
        self.assertEqual(self.listed(tenant['uuid'])['count'], 1)

    def test_only_staff_may_list(self):
        self.assert_refused(self.anybody.get(CONSENT, user_uuid=NOBODY), 401, NOT_SIGNED_IN)
        self.assert_refused(self.landlord.get(CONSENT, user_uuid=NOBODY), 403, NOT_PERMITTED)
        for role in ('service', 'admin', 'manager', 'officer', 'records', 'viewer'):
            self.assert_ok(self.as_role(role).get(CONSENT, user_uuid=NOBODY))

    # What is kept

    @looks_at_files
    def test_whose_it_was_lies_nowhere_in_clear(self):
        secrets = ('canary.consent@mail.example', 'f1ng3rpr1nt-canary', 'canary_choice')
        self.server.plant(*secrets)
        self.assert_done(self.send(consent_type='canary_cookies', email=secrets[0], fingerprint=secrets[1], choices={secrets[2]: True}))
        with self.server.offline() as database:
            content = b''.join(path.read_bytes() for path in self.server.data.rglob('*') if path.is_file())
            kept = database.execute("SELECT email_hash, fingerprint_hash, ip_fingerprint, choices FROM consent WHERE consent_type = 'canary_cookies'").fetchone()
        self.assertTrue(all(kept))
        self.assertEqual(len(set(kept)), 4)
        for secret in (*secrets, '127.0.0.1'):
            self.assertNotIn(secret.encode(), content, secret)
        self.assertIn(b'canary_cookies', content, 'a search that finds nothing proves nothing')

    def test_what_was_said_cannot_be_changed_by_anybody(self):
        self.send()
        with self.server.offline() as database:
            for change in ('UPDATE consent SET accepted = 1 - accepted', "UPDATE consent SET consent_type = 'x'", "UPDATE consent SET consent_version = 'x'",
                           'UPDATE consent SET created_at = 0', 'DELETE FROM consent'):
                with self.assertRaisesRegex(Exception, 'consents are append-only', msg=change):
                    database.execute(change)
                database.rollback()

    def test_consents_name_in_the_journal_whose_they_were(self):
        tenant = self.create_tenant('Jour Nal', tenant_email='jour.nal@mail.example')
        self.of_user(tenant['uuid'])
        self.send(email='jour.nal@mail.example')
        self.send()
        self.listed(tenant['uuid'])
        self.wait_for_activity(lambda entry: True, action='consent.listed')
        with self.server.offline() as database:
            rows = database.execute("SELECT action FROM audit_event WHERE action LIKE 'consent.%' AND person_id = ? ORDER BY id", (tenant['ID'],)).fetchall()
        self.assertEqual(rows, [('consent.recorded',), ('consent.recorded',), ('consent.listed',)])


class ThrottledConsents(ApiTest):
    roles = ('admin',)
    settings = {'TENANTRY_RATE_LIMIT': '30'}

    def test_the_public_form_is_counted_by_address(self):
        client = self.server.client()
        statuses = [client.request('POST', CONSENT, json=DOCUMENT).status for _ in range(62)]  # two minutes may share them
        self.assertIn(429, statuses)
        self.assertEqual(statuses[:25], [200] * 25)


if __name__ == '__main__':
    unittest.main()
