"""Planted e-mails, telephones and birth dates are nowhere in clear; names only in the search index."""
import csv

from support.case import ApiTest

NAME = 'Quillfeather Zanzibarovna'
FOLDED = 'quillfeather zanzibarovna'
EMAIL = 'quillfeather.canary@mail.example'
TELEPHONES = ('07700900731', '01134960732', '02079460733')
BIRTH = '1953-07-29'
DESCRIPTION = 'The xylophonist upstairs leaks through the ceiling'
NOTE = 'Rang twice, the marmalade cat answered'
AUTHOR = 'Peregrine Oxbridgeton'
SECRETS = (EMAIL, *TELEPHONES, BIRTH, DESCRIPTION, NOTE, AUTHOR, 'canary.officer@lettings.example', 'Wilhelmina Canaryson')


def spellings(value):
    """How a value may lie in a file: as it is, folded, without spaces, in UTF-16."""
    return {form for text in (value, value.lower(), value.replace(' ', ''), value.upper())
            for form in (text.encode(), text.encode('utf-16-le'))}


def holds(content, value):
    return any(form in content for form in spellings(value))


class Canaries(ApiTest):
    roles = ('officer', 'admin')

    def write_folder(self):
        folder = self.server.folder / 'import'
        folder.mkdir()
        person = '6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01'
        job = '6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c02'

        def write(name, **row):
            with open(folder / name, 'w', newline='', encoding='utf-8') as file:
                writer = csv.DictWriter(file, row)
                writer.writeheader()
                writer.writerow(row)

        first, last = NAME.split()
        write('people.csv', person_uuid=person, first_name=first, last_name=last, date_of_birth=BIRTH, email=EMAIL,
              telephone_1=TELEPHONES[0], telephone_2=TELEPHONES[1], telephone_3=TELEPHONES[2], disabled='true')
        write('jobs.csv', job_uuid=job, job_reference='JOB-1', title='Leak', description=DESCRIPTION, status='New',
              person_uuids=person, created_at='2026-10-01T09:00:00Z', updated_at='2026-10-01T09:00:00Z')
        write('case_notes.csv', note_uuid='6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c03', job_uuid=job, text=NOTE, created_by=AUTHOR,
              created_at='2026-10-02T09:00:00Z')
        return folder

    def use_everything(self):
        self.server.command('import', str(self.write_folder()))
        tenant = self.officer.get('/api/tenants/list', action='list', search=EMAIL).data[0]
        self.assertEqual(tenant['tenant_name'], NAME)
        self.officer.get('/api/tenants/list', action='list', search=TELEPHONES[0])
        self.officer.get('/api/tenants/manage', action='list', search='zanzibar')
        self.officer.put('/api/tenants/manage', {'uuid': tenant['uuid'], 'tenant_email': EMAIL, 'tenant_number_primary': TELEPHONES[0]})
        self.officer.request('POST', '/api/tenants/manage', json={'tenant_name': NAME, 'tenant_email': EMAIL, 'csrf_token': 'no'})
        self.officer.request('POST', '/api/tenants/manage', body=('{"tenant_email":"' + EMAIL).encode(), content_type='application/json')
        self.server.add_user('canary.officer@lettings.example', 'Wilhelmina Canaryson', 'viewer')
        self.server.client_of('canary.officer@lettings.example')
        self.server.log_in('canary.officer@lettings.example', 'wrong ' + EMAIL)

    def files(self):
        return [path for path in self.server.folder.rglob('*') if path.is_file() and 'import' not in path.parts]

    def test_personal_values_lie_nowhere_in_clear(self):
        self.use_everything()
        while_running = {path: path.read_bytes() for path in self.files()}
        with self.server.offline() as database:
            rows = database.execute('SELECT folded FROM person_name').fetchall()
            contents = while_running | {path.with_suffix('.after'): path.read_bytes() for path in self.files()}
        self.assertIn((FOLDED,), rows, 'the name must be in the search index')
        for path, content in contents.items():
            for value in SECRETS:
                self.assertFalse(holds(content, value), f'{path.name} holds {value!r}')
            self.assertNotIn(NAME.encode(), content, path.name)

    def test_the_search_for_canaries_finds_what_is_not_sealed(self):
        # The same search, on values that are meant to be in clear: a search that finds nothing proves nothing.
        self.create_address('77 Unsealed Parade', 'LS21 3AB')
        with self.server.offline():
            content = b''.join(path.read_bytes() for path in self.files())
        self.assertTrue(holds(content, '77 Unsealed Parade'))
        self.create_tenant('Ffion Canaryindex')
        with self.server.offline():
            content = (self.server.data / 'register.db').read_bytes()
        self.assertTrue(holds(content, 'ffion canaryindex'))

    def test_what_is_deleted_is_gone_from_the_files(self):
        tenant = self.create_tenant('Erasmus Vanishing', tenant_email='vanishing@mail.example')
        self.assert_done(self.officer.delete('/api/tenants/manage', {'uuid': tenant['uuid']}))
        with self.server.offline():
            content = b''.join(path.read_bytes() for path in self.files())
        self.assertFalse(holds(content, 'erasmus vanishing'))
