"""One register from both sides: a contact of the Hackney API is a tenant of the Tenants API, and the other way round."""
import uuid

from support.case import STALE
from support.hackney import HackneyTest
from support.hackney_people import OFFICER

CONTACTS = '/v1/Contacts'
DETAILS = CONTACTS + '/GetContactDetails'
TENANTS = '/api/tenants/manage'


class BothApis(HackneyTest):
    roles = ('admin', 'officer')
    settings = {**HackneyTest.settings, 'TENANTRY_CSRF_MODE': 'session'}

    def add_contact(self, **members):
        self.server.plant(*(value for value in members.values() if isinstance(value, str)))
        answer = self.service.post(CONTACTS, {'createdByOfficer': OFFICER, **members})
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json

    def details(self, contact):
        return self.service.get(DETAILS, contactId=contact)

    def test_a_contact_is_found_read_updated_searched_and_deleted_as_a_tenant(self):
        contact = self.add_contact(firstName='Siobhán Anne', lastName="O'Contactsson", email='siobhan@mail.example', telephone1='07700 900461',
                                   telephone2='0113 496 0112', uprn='4242', address1='9 Weir Lane', city='Otley', postCode='LS21 3AB')
        identity = {'uuid': contact['contactid']}
        tenant = self.get_tenant(identity)
        told = {key: tenant[key] for key in ('tenant_name', 'tenant_email', 'tenant_number_primary', 'tenant_number_work', 'full_address', 'active', 'version')}
        self.assertEqual(told, {'tenant_name': "Siobhán Anne O'Contactsson", 'tenant_email': 'siobhan@mail.example', 'tenant_number_primary': '07700 900461',
                                'tenant_number_work': '0113 496 0112', 'full_address': '9 Weir Lane, Otley, LS21 3AB', 'active': True, 'version': 1})
        for search in ("o'contactsson", 'OCONTACTSSON siobhan'):
            found = self.assert_ok(self.officer.get(TENANTS, action='list', search=search)).data
            self.assertEqual([one['uuid'] for one in found], [contact['contactid']], search)
        by_mail = self.assert_ok(self.officer.get('/api/tenants/list', action='list', search='siobhan@mail.example')).data
        self.assertEqual([one['uuid'] for one in by_mail], [contact['contactid']])

        updated = self.assert_ok(self.officer.put(TENANTS, {**identity, 'version': 1, 'tenant_number_work': '020 7946 0000'})).data
        self.assertEqual(updated['version'], 2)
        self.assertEqual(self.details(contact['contactid']).json['telephone2'], '020 7946 0000')
        changed = self.service.put(CONTACTS, {'updatedByOfficer': OFFICER, 'lastName': "D'Arcy-Contactsson"}, contactId=contact['contactid'])
        self.assertEqual(changed.status, 201)
        tenant = self.get_tenant(identity)
        self.assertEqual((tenant['version'], tenant['tenant_name']), (3, "Siobhán Anne D'Arcy-Contactsson"))
        self.assert_refused(self.officer.put(TENANTS, {**identity, 'version': 2, 'tenant_name': 'Too Late'}), 400, STALE)

        self.assert_ok(self.officer.delete(TENANTS, identity))
        self.assert_failed(self.details(contact['contactid']), 'array')
        self.assertEqual(self.service.get('/v1/Contacts/GetContactsByUprn', urpn='4242').json, {'results': []})
        self.assertEqual(self.service.get('/v1/CitizenIndexSearch', surname='contactsson', IsAdvanceSearch='true').json, {'results': []})

        self.wait_for_activity(lambda entry: entry['action'] == 'tenant.deleted' and entry['resource_id'] == tenant['ID'])
        actions = [entry['action'] for entry in reversed(self.activity(limit=100)) if entry['resource_id'] == tenant['ID']]
        for action in ('tenant.created', 'tenant.updated', 'tenant.deleted'):
            self.assertIn(action, actions)
        self.assertEqual(actions.count('tenant.updated'), 2)

    def test_a_tenant_is_read_and_updated_as_a_contact(self):
        address = self.create_address('9 Weir Lane', town='Otley')
        tenant = self.create_tenant("Zoë O’Tenantsson", tenant_email='zoe@mail.example', tenant_number_primary='07700 900462', tenant_address_id=address['ID'])
        told = self.details(tenant['uuid']).json
        self.assertEqual({key: told[key] for key in ('contactId', 'firstName', 'lastName', 'emailAddress', 'telephone1', 'addressLine1', 'postCode',
                                                     'address1AddressId', 'cautionaryAlert', 'nextOfKinName')},
                         {'contactId': tenant['uuid'], 'firstName': 'Zoë', 'lastName': 'O’Tenantsson', 'emailAddress': 'zoe@mail.example',
                          'telephone1': '07700 900462', 'addressLine1': '9 Weir Lane', 'postCode': 'LS21 3AB', 'address1AddressId': address['uuid'],
                          'cautionaryAlert': False, 'nextOfKinName': None})
        self.wait_for_activity(lambda entry: entry['action'] == 'tenant.viewed' and entry['resource_id'] == tenant['ID'])
        self.assertEqual(self.service.put(CONTACTS, {'updatedByOfficer': OFFICER, 'email': 'new@mail.example', 'address1': '1 Far Street'},
                                          contactId=tenant['uuid']).status, 201)
        again = self.get_tenant(tenant)
        self.assertEqual((again['version'], again['tenant_email'], again['address_id']), (2, 'new@mail.example', address['ID']))
        self.assertEqual(self.details(tenant['uuid']).json['addressLine1'], '1 Far Street')

    def test_what_is_personal_is_sealed_at_rest(self):
        contact = self.add_contact(firstName='Persimmon', lastName="O'Quince", email='persimmon@mail.example', telephone1='07700900463',
                                   dateOfBirth='1961-02-28', address1='77 Hidden Passage')
        self.assert_empty(self.service.patch('/v1/Contacts/UpdateNextOfKin', {'contactID': contact['contactid'], 'nextOfKinName': 'Medlar Kinswoman'}), 204)
        with self.server.offline() as database:
            row = (uuid.UUID(contact['contactid']).bytes,)
            for table, link in (('person', 'uuid = ?'), ('contact_address', 'person_id = (SELECT id FROM person WHERE uuid = ?)'),
                                ('next_of_kin', 'person_id = (SELECT id FROM person WHERE uuid = ?)')):
                stored, = database.execute(f'SELECT * FROM {table} WHERE {link}', row).fetchall()
                for clear in ('Persimmon', 'Quince', 'mail.example', '07700900463', '1961', 'Hidden', 'Medlar'):
                    for value in stored:
                        text = value if isinstance(value, bytes) else str(value).encode()
                        self.assertNotIn(clear.encode(), text, f'{table}: {clear}')

    def test_what_an_unnamed_proxy_on_this_machine_passes_on_is_refused_everywhere(self):
        for header in ({'X-Forwarded-For': '203.0.113.9'}, {'Forwarded': 'for=203.0.113.9'}):
            client = self.server.client(self.officer.token, **header)
            for path in ('/metrics', '/healthz', '/api/tenants/list', '/none'):
                answer = client.request('GET', path)
                self.assertEqual(answer.status, 503, path)
                self.assertNotIn(b'tenantry_', answer.body, path)
            self.assert_refused(client.get('/api/tenants/list', action='list'), 503, 'The proxy before this server is not named in its setting behind-proxy')
        self.assert_ok(self.officer.get('/api/tenants/list', action='list'))
        self.assertIn('a proxy on this machine is not named in behind-proxy', self.server.log())
