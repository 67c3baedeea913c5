"""Creating, reading, changing and deleting tenants, at /api/tenants/manage and /api/tenants/list."""
import csv
import unittest

from support.case import BEYOND, NOBODY, STALE, ApiTest

MANAGE = '/api/tenants/manage'
LIST = '/api/tenants/list'
BOTH = (MANAGE, LIST)
DAMAGED = 'Stored data failed an integrity check'

NAMES = ('Sukarno', 'Ng', 'Maria  del   Carmen', ' Leading', 'Trailing ', "N'Golo Kanté", 'Siobhán O’Brien-Łuczak', 'Zoe\u0308 Bronte\u0308',
         'مريم الحسن', 'שָׂרָה לוי', '李 小龍', '👩‍👩‍👧 Łukasz 🙂', '\u200fرنا\u200e Smith', 'Robert\'); DROP TABLE person;--',
         '<script>alert(1)</script>', '"Quoted" \\ Back/slash', 'ﷺ ﬁ Å', 'x' * 200, '𝒵' * 200)


class Tenants(ApiTest):
    # Create

    def test_a_created_tenant_is_answered_and_found_whole(self):
        address = self.create_address('9 Weir Lane', town='Otley', county='West Yorkshire')
        members = {'tenant_name': 'Priya Nair', 'tenant_email': 'priya@mail.example', 'tenant_number_primary': '07700 900461',
                   'tenant_number_work': '0113 496 0112', 'tenant_address_id': address['ID']}
        for path, extra in ((MANAGE, {}), (MANAGE, {'action': 'create'}), (LIST, {'action': 'create'}), (LIST, {})):
            with self.subTest(path=path, **extra):
                answer = self.assert_ok(self.officer.post(path, members | extra))
                tenant = answer.data
                self.assertEqual((answer.json['tenant_id'], answer.json['tenant_uuid']), (tenant['ID'], tenant['uuid']))
                self.assertEqual({name: tenant[name] for name in members}, members)
                self.assertEqual(tenant['address_id'], address['ID'])
                self.assertEqual(tenant['full_address'], '9 Weir Lane, Otley, LS21 3AB')
                self.assertEqual((tenant['active'], tenant['version']), (True, 1))
                self.assertEqual(tenant['created_at'], tenant['updated_at'])
                self.assertEqual(self.get_tenant(tenant), tenant)

    def test_only_the_name_is_required(self):
        tenant = self.create_tenant('Ada Lone')
        nothing = ('tenant_email', 'tenant_number_primary', 'tenant_number_work', 'address_id', 'tenant_address_id', 'full_address')
        self.assertEqual([tenant[name] for name in nothing], [None] * len(nothing))

    def test_null_and_empty_text_are_nothing(self):
        for nothing in (None, ''):
            tenant = self.create_tenant('Ada Lone', tenant_email=nothing, tenant_number_work=nothing, tenant_address_id=nothing)
            self.assertEqual([tenant[name] for name in ('tenant_email', 'tenant_number_work', 'address_id')], [None] * 3)

    def test_a_form_creates_as_json_does(self):
        address = self.create_address()
        form = {'tenant_name': 'Forma Müller & Söhne', 'tenant_email': 'a+b@mail.example', 'address_id': address['ID'], 'active': '0'}
        for path in BOTH:
            tenant = self.assert_ok(self.officer.post(path, form=form)).data
            self.assertEqual(tenant['tenant_name'], form['tenant_name'])
            self.assertEqual(tenant['tenant_email'], form['tenant_email'])
            self.assertEqual((tenant['address_id'], tenant['active']), (address['ID'], False))

    def test_the_action_may_stand_in_the_query(self):
        self.assert_ok(self.officer.post(MANAGE, {'tenant_name': 'Quentin Query'}, query={'action': 'create'}))

    def test_names_of_every_script_are_kept_byte_for_byte(self):
        for name in NAMES:
            with self.subTest(name=name):
                tenant = self.create_tenant(name)
                self.assertEqual(tenant['tenant_name'], name)
                self.assertEqual(self.get_tenant(tenant)['tenant_name'], name)
                self.assertIn(name.replace('\\', '\\\\').replace('"', '\\"').encode(),
                              self.officer.get(MANAGE, action='get', id=tenant['ID']).body)

    def test_a_create_refuses_what_is_no_name(self):
        for members in ({}, {'tenant_name': None}, {'tenant_name': ''}, {'tenant_name': ' \u0020 '}, {'tenant_name': 'x' * 201},
                        {'tenant_name': 7}, {'tenant_name': ['Ada']}, {'tenant_name': {}}, {'tenant_name': True},
                        {'tenant_name': 'two\nlines'}, {'tenant_name': 'tab\tbed'}, {'tenant_name': 'bell\u0007'},
                        {'tenant_name': 'del\u007f'}, {'tenant_name': 'c1\u0085'}):
            for path in BOTH:
                with self.subTest(path=path, **members):
                    self.assert_invalid(self.officer.post(path, {'action': 'create', **members}), 'tenant_name')

    def test_a_create_refuses_what_is_no_contact(self):
        for name, values in {'tenant_email': ('no-at', '@mail.example', 'a@', 'a@b@c', 'a b@mail.example', 'a@' + 'm' * 253, 5),
                             'tenant_number_primary': ('1' * 41, 447700900461, 'a\u0000b'[0] * 41), 'tenant_number_work': ('1' * 41, [])}.items():
            for value in values:
                with self.subTest(name=name, value=value):
                    self.assert_invalid(self.officer.post(MANAGE, {'tenant_name': 'Con Tact', name: value}), name)

    def test_a_create_refuses_what_is_no_address(self):
        for value in (0, -1, 1.5, '1.5', 'x', True, [], BEYOND + 1, 2**63, '99999999999999999999'):
            with self.subTest(value=value):
                self.assert_invalid(self.officer.post(MANAGE, {'tenant_name': 'Ad Dress', 'tenant_address_id': value}), 'tenant_address_id')
                self.assert_invalid(self.officer.post(MANAGE, {'tenant_name': 'Ad Dress', 'address_id': value}), 'address_id')
        self.assert_refused(self.officer.post(MANAGE, {'tenant_name': 'Ad Dress', 'tenant_address_id': BEYOND}), 404, 'No such address')

    def test_both_spellings_of_the_address_must_agree(self):
        address = self.create_address()
        same = {'tenant_address_id': address['ID'], 'address_id': str(address['ID'])}
        self.assertEqual(self.create_tenant('Bo Both', **same)['address_id'], address['ID'])
        for other in (address['ID'] + 1, None):
            self.assert_invalid(self.officer.post(MANAGE, {'tenant_name': 'Bo Both', **same, 'address_id': other}), 'address_id')

    def test_a_post_that_names_a_tenant_without_an_action_is_refused(self):
        tenant = self.create_tenant('Am Biguous')
        for identity in ({'uuid': tenant['uuid']}, {'id': tenant['ID']}):
            for path in BOTH:
                self.assert_invalid(self.officer.post(path, {'tenant_name': 'Guessed', **identity}), 'action')
        self.assertEqual(self.get_tenant(tenant), tenant)

    def test_an_unknown_action_is_refused(self):
        for path, actions in {MANAGE: ('list', 'get', 'Create', 'drop', 'x' * 65, 5), LIST: ('update', 'delete', 'list')}.items():
            for action in actions:
                self.assert_invalid(self.officer.post(path, {'action': action, 'tenant_name': 'Un Known'}), 'action')
        self.assert_invalid(self.officer.put(MANAGE, {'action': 'delete', 'uuid': NOBODY}), 'action')
        self.assert_invalid(self.officer.delete(MANAGE, {'action': 'update', 'uuid': NOBODY}), 'action')

    # Get

    def test_a_tenant_is_got_by_either_identity_at_both_endpoints(self):
        tenant = self.create_tenant('Id Entity')
        for path in BOTH:
            for identity in ({'uuid': tenant['uuid']}, {'id': tenant['ID']}, {'uuid': tenant['uuid'], 'id': tenant['ID']}):
                answer = self.assert_ok(self.officer.get(path, action='get', **identity))
                self.assertEqual(answer.json, {'success': True, 'data': tenant, 'message': 'Operation completed successfully'})

    def test_a_get_refuses_what_names_nobody(self):
        tenant, other = self.create_tenant('On E'), self.create_tenant('Ano Ther')
        for path, required in ((MANAGE, 'uuid'), (LIST, 'id')):
            self.assert_invalid(self.officer.get(path, action='get'), required)
            self.assert_refused(self.officer.get(path, action='get', uuid=NOBODY), 404, 'No such tenant')
            self.assert_refused(self.officer.get(path, action='get', id=BEYOND), 404, 'No such tenant')
            self.assert_refused(self.officer.get(path, action='get', uuid=tenant['uuid'], id=other['ID']), 400, 'The parameters name different tenants')
            for uuid in ('x', tenant['uuid'][:-1], tenant['uuid'] + '0', "' OR 1=1 --"):
                self.assert_invalid(self.officer.get(path, action='get', uuid=uuid), 'uuid')
            for number in ('0', '-1', 'x', '1e3', ' 1', '9' * 30):
                self.assert_invalid(self.officer.get(path, action='get', id=number), 'id')

    def test_a_head_is_a_get_without_its_body(self):
        tenant = self.create_tenant('Hed Less')
        got = self.officer.get(MANAGE, action='get', uuid=tenant['uuid'])
        head = self.officer.request('HEAD', MANAGE, {'action': 'get', 'uuid': tenant['uuid']})
        self.assertEqual(head.status, 200)
        self.assertEqual(head.header('Content-Length'), got.header('Content-Length'))
        missing = self.officer.request('HEAD', MANAGE, {'action': 'get', 'uuid': NOBODY})
        self.assertEqual((missing.status, missing.body), (404, b''))

    # Update

    def test_an_update_changes_what_is_given_and_leaves_the_rest(self):
        tenant = self.create_tenant('Up Date', tenant_email='up@mail.example', tenant_number_primary='0113 496 0001')
        changes = ({'tenant_name': 'Upton Date'}, {'tenant_email': None}, {'tenant_number_primary': ''}, {'tenant_number_work': '0113 496 0002'},
                   {'active': False}, {'active': '1'}, {'tenant_email': 'new@mail.example', 'tenant_number_primary': '0113 496 0003'}, {})
        for change in changes:
            before = self.get_tenant(tenant)
            after = self.assert_ok(self.officer.put(MANAGE, {'uuid': tenant['uuid'], **change})).data
            expected = {name: value or None for name, value in change.items()}
            expected |= {'active': change['active'] in (True, '1')} if 'active' in change else {}
            self.assertEqual(after, before | expected | {'version': before['version'] + 1, 'updated_at': after['updated_at']})
            self.assertEqual(self.get_tenant(tenant), after)

    def test_every_spelling_of_an_update_works(self):
        tenant = self.create_tenant('Spel Ling')
        identity, number = {'uuid': tenant['uuid']}, {'id': tenant['ID']}
        ways = (lambda name: self.officer.put(MANAGE, {**identity, 'tenant_name': name}),
                lambda name: self.officer.put(MANAGE, {**number, 'tenant_name': name}),
                lambda name: self.officer.put(MANAGE, {'tenant_name': name, 'action': 'update'}, query=identity),
                lambda name: self.officer.put(MANAGE, form={**identity, 'tenant_name': name}),
                lambda name: self.officer.post(MANAGE, {**identity, 'action': 'update', 'tenant_name': name}),
                lambda name: self.officer.post(MANAGE, {**identity, 'tenant_name': name}, query={'action': 'update'}),
                lambda name: self.officer.post(MANAGE, form={**number, 'action': 'update', 'tenant_name': name}))
        for turn, way in enumerate(ways):
            self.assertEqual(self.assert_ok(way(f'Spelling Number {turn}')).data['tenant_name'], f'Spelling Number {turn}')
            self.assertEqual(self.get_tenant(tenant)['tenant_name'], f'Spelling Number {turn}')

    def test_an_update_refuses_what_a_create_refuses(self):
        tenant = self.create_tenant('Re Fused')
        for name, value in (('tenant_name', None), ('tenant_name', ''), ('tenant_name', 'x' * 201), ('tenant_email', 'no-at'),
                            ('tenant_number_work', '1' * 41), ('tenant_address_id', 0), ('active', 'yes'), ('active', 2), ('version', 0)):
            self.assert_invalid(self.officer.put(MANAGE, {'uuid': tenant['uuid'], name: value}), name)
        self.assert_refused(self.officer.put(MANAGE, {'uuid': tenant['uuid'], 'address_id': BEYOND}), 404, 'No such address')
        self.assertEqual(self.get_tenant(tenant), tenant)

    def test_an_update_or_delete_of_nobody_is_refused(self):
        for send in (self.officer.put, self.officer.delete):
            self.assert_invalid(send(MANAGE, {}), 'uuid')
            self.assert_invalid(send(MANAGE, {'uuid': 'x'}), 'uuid')
            self.assert_refused(send(MANAGE, {'uuid': NOBODY}), 404, 'No such tenant')
            self.assert_refused(send(MANAGE, {'id': BEYOND}), 404, 'No such tenant')
        for action in ('update', 'delete'):
            self.assert_refused(self.officer.post(MANAGE, {'action': action, 'uuid': NOBODY}), 404, 'No such tenant')

    def test_identities_that_name_different_tenants_are_refused(self):
        tenant, other = self.create_tenant('On E'), self.create_tenant('Ano Ther')
        for send in (self.officer.put, self.officer.delete):
            self.assert_refused(send(MANAGE, {'uuid': tenant['uuid'], 'id': other['ID']}), 400, 'The parameters name different tenants')
        self.assertEqual(self.get_tenant(tenant), tenant)

    def test_a_stale_version_is_refused(self):
        tenant = self.create_tenant('Sta Le')
        now = self.assert_ok(self.officer.put(MANAGE, {'uuid': tenant['uuid'], 'version': 1, 'tenant_name': 'Stan Le'})).data
        for send in (self.officer.put, self.officer.delete):
            self.assert_refused(send(MANAGE, {'uuid': tenant['uuid'], 'version': 1}), 400, STALE)
        self.assertEqual(self.get_tenant(tenant), now)
        self.assert_done(self.officer.delete(MANAGE, {'uuid': tenant['uuid'], 'version': now['version']}))

    # Delete

    def test_every_spelling_of_a_delete_works(self):
        ways = (lambda t: self.officer.delete(MANAGE, {'uuid': t['uuid']}),
                lambda t: self.officer.delete(MANAGE, {'id': t['ID']}),
                lambda t: self.officer.delete(MANAGE, query={'uuid': t['uuid']}),
                lambda t: self.officer.delete(MANAGE, query={'id': t['ID'], 'action': 'delete'}),
                lambda t: self.officer.delete(MANAGE, form={'uuid': t['uuid']}),
                lambda t: self.officer.post(MANAGE, {'action': 'delete', 'uuid': t['uuid']}),
                lambda t: self.officer.post(MANAGE, form={'action': 'delete', 'id': t['ID']}))
        for way in ways:
            tenant = self.create_tenant('Dee Leet')
            self.assert_done(way(tenant))
            for path in BOTH:
                self.assert_refused(self.officer.get(path, action='get', uuid=tenant['uuid']), 404, 'No such tenant')
                self.assert_refused(self.officer.get(path, action='get', id=tenant['ID']), 404, 'No such tenant')
            self.assert_refused(way(tenant), 404, 'No such tenant')
        self.assertEqual(self.officer.get(MANAGE, action='list', search='Dee Leet').data, [])

    def test_a_deleted_tenants_number_is_not_used_again(self):
        tenant = self.create_tenant('Num Ber')
        self.assert_done(self.officer.delete(MANAGE, {'uuid': tenant['uuid']}))
        self.assertGreater(self.create_tenant('Next Number')['ID'], tenant['ID'])

    def test_a_tenant_with_active_jobs_is_not_deleted(self):
        uuids = {count: f'11111111-1111-4111-8111-11111111111{count}' for count in range(3)}
        jobs = (('Open', uuids[1]), ('In progress', uuids[2]), ('Assigned', uuids[2]), ('Complete', uuids[2]), ('Closed', uuids[0]),
                ('Archived', uuids[0]))
        self._import(people=[(uuid, f'Job{count}', 'Holder') for count, uuid in uuids.items()], jobs=jobs)
        for count, text in ((1, '1 active job is'), (2, '2 active jobs are')):
            self.assert_refused(self.officer.delete(MANAGE, {'uuid': uuids[count]}), 400, f'This tenant cannot be deleted: {text} linked')
            self.assertEqual(self.get_tenant({'uuid': uuids[count]})['tenant_name'], f'Job{count} Holder')
        self.assert_done(self.officer.delete(MANAGE, {'uuid': uuids[0]}))

    def _import(self, people, jobs):
        folder = self.server.folder / 'import'
        folder.mkdir()
        with open(folder / 'people.csv', 'w', encoding='utf-8', newline='') as file:
            csv.writer(file).writerows([('person_uuid', 'first_name', 'last_name'), *people])
        with open(folder / 'jobs.csv', 'w', encoding='utf-8', newline='') as file:
            rows = [(f'22222222-2222-4222-8222-22222222222{turn}', f'JOB-{turn}', 'Leaking tap', 'Kitchen', status, '', uuid,
                     '2031-02-01T09:00:00Z', '2031-02-01T09:00:00Z') for turn, (status, uuid) in enumerate(jobs)]
            csv.writer(file).writerows([('job_uuid', 'job_reference', 'title', 'description', 'status', 'uprn', 'person_uuids', 'created_at',
                                         'updated_at'), *rows])
        with self.server.offline():
            self.server.command('import', str(folder))

    # Damage

    def test_a_damaged_record_is_refused_and_its_neighbours_are_served(self):
        broken, sound = self.create_tenant('Damm Aged', tenant_email='damm@mail.example'), self.create_tenant('Damm Sound')
        with self.server.offline() as database:
            (email,), = database.execute('SELECT email FROM person WHERE id = ?', (broken['ID'],))
            database.execute('UPDATE person SET email = ? WHERE id = ?', (email[:-1] + bytes([email[-1] ^ 1]), broken['ID']))
        for path in BOTH:
            self.assert_refused(self.officer.get(path, action='get', uuid=broken['uuid']), 500, DAMAGED)
            rows = self.assert_ok(self.officer.get(path, action='list', search='damm')).data
            self.assertEqual([row['ID'] for row in rows], [broken['ID'], sound['ID']])
            self.assertEqual((rows[0]['tenant_email'], rows[1]), (None, sound))
            self.assertIn('tenant_email', rows[0]['integrity_error'])
        self.assert_refused(self.officer.put(MANAGE, {'uuid': broken['uuid'], 'tenant_email': 'x@mail.example'}), 500, DAMAGED)
        self.wait_for_activity(lambda entry: entry['resource_id'] == broken['ID'] and entry['outcome'] == 'failed', action='tenant.damaged')
        with self.server.offline() as database:
            database.execute('UPDATE person SET email = ? WHERE id = ?', (email, broken['ID']))
        self.assertEqual(self.get_tenant(broken), broken)


if __name__ == '__main__':
    unittest.main()
