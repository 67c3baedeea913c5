"""Contacts and their next of kin (contract 4.5: K1, K2, K6, K7, K8)."""
import datetime
import json
import uuid

from support.hackney import ZERO, HackneyTest, error
from support.hackney_people import ADA, BEN, DISPLAY, EMPTY_UPRN, FILES, HOME, HOUSEHOLD, OFFICER, SEARCH, TENANCY, UPRN

CONTACTS = '/v1/Contacts'
DETAILS = CONTACTS + '/GetContactDetails'
BY_UPRN = CONTACTS + '/GetContactsByUprn'
KIN = CONTACTS + '/UpdateNextOfKin'
NAMES = 'First name and last name must be provided.'
NEW = {'firstName': 'Cleo', 'lastName': 'Newcomb', 'createdByOfficer': OFFICER}
SOMEBODY = '0f0f0f0f-0000-4000-8000-00000000000f'  # whom nobody knows


def years_since(birth):
    today, born = datetime.datetime.now(datetime.timezone.utc).date(), datetime.date.fromisoformat(birth)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


class ContactsTest(HackneyTest):
    roles = ()

    files = FILES

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.plant('Cleo Newcomb', 'Newcomb', 'Kim Kinsman', 'Kinsman', 'cleo@mail.example')

    def add(self, **members):
        answer = self.service.post(CONTACTS, {**NEW, **members})
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json

    def change(self, contact, **members):
        answer = self.service.put(CONTACTS, {'updatedByOfficer': OFFICER, **members}, contactId=contact)
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json

    def details(self, contact):
        answer = self.service.get(DETAILS, contactId=contact)
        self.assertEqual(answer.status, 200, str(answer))
        return answer.json

    def at_home(self, uprn):
        answer = self.service.get(BY_UPRN, urpn=uprn)
        self.assertEqual(answer.status, 200, str(answer))
        return answer.json['results']


class AddContact(ContactsTest):
    def test_the_sample(self):
        answer = self.service.post(CONTACTS, {'firstName': 'Ada', 'lastName': 'Sample', 'dateOfBirth': '1981-11-12', 'postCode': 'E8 9ZZ', 'createdByOfficer': OFFICER})
        contact = answer.json['contactid']
        self.assert_json(answer, 201, f'{{"contactid":"{contact}","hackneyHomesId":null,"firstName":"Ada","lastName":"Sample","fullName":"Ada Sample",'
                         '"dateOfBirth":"1981-11-12","email":null,"address1":null,"address2":null,"address3":null,"city":null,"postcode":"E8 9ZZ",'
                         '"telephone1":null,"telephone2":null,"larn":null}')
        self.assertEqual(answer.header('Content-Type'), 'application/json')
        self.assertEqual(self.details(contact)['postCode'], 'E8 9ZZ')

    def test_everything_that_is_said_is_kept(self):
        said = {'title': 'Dr', 'dateOfBirth': '1990-05-17T23:30:00Z', 'email': 'cleo@mail.example', 'address1': '1 Far Street', 'address2': 'Ham',
                'address3': 'Leith', 'city': 'York', 'postCode': 'YO1 1AA', 'telephone1': '0113 496 0112', 'telephone2': '07700 900461',
                'telephone3': '020', 'larn': 'LARN7', 'housingId': 'H7', 'fullName': 'ignored', 'fullAddressSearch': 'ignored'}
        contact = self.add(**said)
        self.assertEqual(contact['dateOfBirth'], '1990-05-17')
        self.assertEqual((contact['hackneyHomesId'], contact['larn'], contact['fullName']), ('H7', 'LARN7', 'Cleo Newcomb'))
        told = self.details(contact['contactid'])
        self.assertEqual({key: told[key] for key in ('title', 'telephone3', 'addressLine1', 'addressLine2', 'addressLine3', 'postCode', 'uprn', 'accountId')},
                         {'title': 'Dr', 'telephone3': '020', 'addressLine1': '1 Far Street', 'addressLine2': 'Ham', 'addressLine3': 'Leith',
                          'postCode': 'YO1 1AA', 'uprn': None, 'accountId': None})
        self.assertEqual(told['fullAddressDisplay'], '1 Far Street\r\nHam\r\nLeith\r\nYork YO1 1AA')

    def test_what_is_missing_is_told_in_order(self):
        post = self.service.post
        self.assert_refused_with(self.service.request('POST', CONTACTS), 'Object is empty')
        for body in (b'', b'{', b'[]', b'null', b'"x"', b'{"firstName":"A","lastName":"B","createdByOfficer":"c","crMcontactId":"x"}',
                     b'{"firstName":"A","lastName":"B","createdByOfficer":"c","dateOfBirth":"soon"}', b'{"firstName":{}}'):
            self.assert_refused_with(self.service.request('POST', CONTACTS, body=body, content_type='application/json'), 'Object is empty')
        self.assert_refused_with(post(CONTACTS, {}), 'Unauthorized', NAMES)
        self.assert_refused_with(post(CONTACTS, {**NEW, 'createdByOfficer': ' '}), 'Unauthorized')
        for missing in ({'firstName': None}, {'lastName': ''}, {'firstName': ' ', 'lastName': None}):
            self.assert_refused_with(post(CONTACTS, {**NEW, **missing}), NAMES)
        self.assert_refused_with(post(CONTACTS, {**NEW, 'firstName': 'x' * 201}), 'Object is empty')

    def test_a_body_is_read_whatever_the_case_of_its_names_and_the_kind_of_its_scalars(self):
        answer = self.service.post('/v1/CONTACTS/', {'FIRSTNAME': 7, 'lastname': True, 'CreatedByOfficer': 1, 'Telephone1': 2000, 'unknown': {}})
        self.assertEqual(answer.status, 201)
        self.assertEqual((answer.json['firstName'], answer.json['lastName'], answer.json['telephone1']), ('7', 'True', '2000'))

    def test_an_id_that_is_given_is_taken_once(self):
        given = str(uuid.uuid4())
        self.assertEqual(self.add(crMcontactId=given.upper())['contactid'], given)
        self.assert_failed(self.service.post(CONTACTS, {**NEW, 'crMcontactId': given}), 'array')
        for none in (None, ZERO):
            self.assertNotIn(self.add(crMcontactId=none)['contactid'], (given, ZERO))

    def test_a_known_uprn_is_the_home(self):
        for uprn in (EMPTY_UPRN, int(EMPTY_UPRN)):
            contact = self.add(uprn=uprn)
            self.assertEqual((contact['address1'], contact['postcode']), ('FLAT 3 SAMPLE HOUSE', 'E8 9ZZ'))
        elsewhere = self.add(uprn=EMPTY_UPRN, address1='1 Far Street')
        self.assertEqual((elsewhere['address1'], elsewhere['address2']), ('1 Far Street', 'EXAMPLE ROAD'))
        self.assertIn(elsewhere['contactid'], [one['contactId'] for one in self.at_home(EMPTY_UPRN)])

    def test_an_unknown_uprn_makes_a_home_of_the_address(self):
        contact = self.add(uprn='77', address1='7 New Row', postCode='N1 7NR')
        again = self.add(uprn='77')
        self.assertEqual((again['address1'], again['address2'], again['postcode']), ('7 New Row', None, 'N1 7NR'))
        self.assertEqual([one['contactId'] for one in self.at_home('77')], [contact['contactid'], again['contactid']])
        self.assertIsNone(self.add(uprn='78')['address1'])
        for uprn in ('x', '7 7', '1234567890123', '-7'):
            self.assert_failed(self.service.post(CONTACTS, {**NEW, 'uprn': uprn}), 'array')

    def test_who_was_given_no_id_goes_to_the_citizen_index(self):
        def found(surname):
            return self.service.get('/v1/CitizenIndexSearch', surname=surname, IsAdvanceSearch='true').json['results']
        contact = self.add(lastName='Indexed', usn=4711, larn='LARN8', postCode='E8 9ZZ')
        entry, = found('indexed')
        self.assertEqual((entry['systemName'], entry['usn'], entry['crmContactId'], entry['larn']), ('CitizenIndex', '4711', contact['contactid'], 'LARN8'))
        self.add(lastName='Unindexed', crMcontactId=str(uuid.uuid4()), usn='4712')
        self.assertEqual(found('unindexed'), [])
        answer = self.service.post(CONTACTS, {**NEW, 'lastName': 'Halfdone', 'usn': '4711', 'uprn': '79'})
        self.assert_failed(answer, 'array')
        self.assertEqual((found('halfdone'), self.at_home('79')), ([], []))


class UpdateContact(ContactsTest):
    def test_the_sample(self):
        contact = self.add(firstName='Ada', lastName='Sample', city='LONDON', postCode='E8 9ZZ')['contactid']
        answer = self.service.put(CONTACTS, {'email': 'ada@example.org', 'telephone1': '02000000000', 'updatedByOfficer': OFFICER}, contactId=contact)
        self.assert_json(answer, 201, '{"firstName":"Ada","lastName":"Sample","dateOfBirth":null,"email":"ada@example.org","address1":null,'
                         '"address2":null,"address3":null,"city":"LONDON","postcode":"E8 9ZZ","telephone1":"02000000000","telephone2":null,"telephone3":null}')

    def test_what_is_missing_is_told_in_order(self):
        put = self.service.put
        self.assert_refused_with(put(CONTACTS), 'Missing contact ID', 'Object is empty')
        self.assert_refused_with(put(CONTACTS, {}, contactId=' '), 'Missing contact ID', 'Unauthorized')
        self.assert_refused_with(put(CONTACTS, {'id': ADA, 'updatedByOfficer': OFFICER}), 'Missing contact ID')
        self.assert_refused_with(put(CONTACTS, contactId=ADA), 'Object is empty')
        self.assert_refused_with(put(CONTACTS, {'firstName': 'A'}, contactId=ADA), 'Unauthorized')
        for unknown in (SOMEBODY, ZERO, 'x'):
            self.assert_failed(put(CONTACTS, {'updatedByOfficer': OFFICER}, contactId=unknown), 'array')

    def test_null_and_absent_keep_and_an_empty_text_is_written(self):
        contact = self.add(email='cleo@mail.example', telephone1='020', telephone2='021', telephone3='022', address1='1 Far Street', address3='Leith',
                           larn='LARN9', title='Dr', dateOfBirth='1990-05-17')['contactid']
        before = self.details(contact)
        self.change(contact)
        self.change(contact, email=None, firstName=None, address1=None, city=None, larn='other', uprn=UPRN, title='Mx', fullName='Some Body')
        self.assertEqual(self.details(contact), before)
        empty = {key: '' for key in ('email', 'telephone1', 'telephone2', 'telephone3', 'address1', 'address2', 'address3', 'city', 'postCode', 'firstName')}
        told = self.change(contact, **empty)
        self.assertEqual({told[key if key != 'postCode' else 'postcode'] for key in empty}, {''})
        self.assertEqual((told['lastName'], told['dateOfBirth']), ('Newcomb', '1990-05-17'))
        told = self.details(contact)
        self.assertEqual([told[key] for key in ('emailAddress', 'addressLine1', 'addressLine3', 'firstName', 'postCode', 'telephone3')], [''] * 6)
        self.assertIsNone(told['fullAddressDisplay'])

    def test_only_an_explicit_null_clears_the_birth_date(self):
        contact = self.add(dateOfBirth='1990-05-17')['contactid']
        self.assertEqual(self.change(contact)['dateOfBirth'], '1990-05-17')
        self.assertEqual(self.change(contact, dateOfBirth='1991-01-02T00:00:00')['dateOfBirth'], '1991-01-02')
        self.assertIsNone(self.change(contact, DateOfBirth=None)['dateOfBirth'])
        self.assertIsNone(self.details(contact)['dateOfBirth'])

    def test_an_address_that_differs_from_the_home_is_their_own(self):
        contact = self.add(uprn=EMPTY_UPRN)['contactid']
        told = self.change(contact, address1='1 Far Street')
        self.assertEqual((told['address1'], told['address2'], told['city']), ('1 Far Street', 'EXAMPLE ROAD', 'LONDON'))
        self.assertEqual(self.details(contact)['uprn'], EMPTY_UPRN)
        self.change(contact, address1='FLAT 3 SAMPLE HOUSE')
        with self.server.offline() as database:
            rows = database.execute('SELECT count(*) FROM contact_address WHERE person_id = (SELECT id FROM person WHERE uuid = ?)',
                                    (uuid.UUID(contact).bytes,)).fetchone()
        self.assertEqual(rows, (0,))


class ContactDetails(ContactsTest):
    def test_the_sample(self):
        answer = self.service.get(DETAILS, contactId=ADA)
        self.assert_json(answer, 200, json.dumps({
            'contactId': ADA, 'emailAddress': None, 'uprn': UPRN, 'addressLine1': 'FLAT 2 SAMPLE HOUSE', 'addressLine2': 'EXAMPLE ROAD',
            'addressLine3': 'HACKNEY', 'firstName': 'Ada', 'lastName': 'Sample', 'larn': 'LARN0000001', 'address1AddressId': HOME,
            'address2AddressId': None, 'address3AddressId': None, 'telephone1': '02000000000', 'telephone2': None, 'telephone3': None,
            'cautionaryAlert': False, 'propertyCautionaryAlert': False, 'houseRef': '004512', 'title': 'Ms', 'fullAddressDisplay': DISPLAY,
            'fullAddressSearch': SEARCH, 'postCode': 'E8 9ZZ', 'dateOfBirth': '1981-11-12', 'hackneyHomesId': '90001', 'houseHoldId': HOUSEHOLD,
            'memberId': '5500001', 'personno': '1', 'accountId': TENANCY, 'nextOfKinName': None, 'nextOfKinAddress': None,
            'nextOfKinRelationship': None, 'nextOfKinOtherPhone': None, 'nextOfKinEmail': None, 'nextOfKinMobile': None}, separators=(',', ':')))

    def test_an_id_is_asked_for_and_an_unknown_one_fails(self):
        wanted = [error('Please a valid contact id', 'Pleasea valid contact id')]
        for query in ({}, {'contactId': ''}, {'contactId': ' '}):
            self.assert_json(self.service.get(DETAILS, **query), 400, wanted)
        for unknown in (SOMEBODY, ZERO, 'x', 'x' * 200):
            self.assert_failed(self.service.get(DETAILS, contactId=unknown), 'array')

    def test_names_and_ids_are_read_in_any_case(self):
        for query in ({'CONTACTID': ADA}, {'contactid': ADA.upper()}, {'contactId': '{' + ADA + '}'}):
            self.assertEqual(self.service.request('GET', DETAILS.lower(), query).json['contactId'], ADA)
        self.assertEqual(self.service.request('GET', DETAILS, f'&contactId={ADA}').json['contactId'], ADA)

    def test_a_damaged_record_fails_without_a_word_of_it(self):
        contact = self.add(lastName='Damaged', address1='1 Far Street')['contactid']
        bytes_of = (uuid.UUID(contact).bytes,)
        with self.server.offline() as database:
            sound = database.execute('SELECT c.person_id, c.row_seal FROM contact_address c JOIN person p ON p.id = c.person_id WHERE p.uuid = ?', bytes_of).fetchone()
            database.execute('UPDATE contact_address SET row_seal = zeroblob(36) WHERE person_id = ?', sound[:1])
        answer = self.service.get(DETAILS, contactId=contact)
        self.assert_failed(answer, 'array')
        self.assertNotIn('Damaged', answer.body.decode())
        with self.server.offline() as database:
            database.execute('UPDATE contact_address SET row_seal = ? WHERE person_id = ?', (sound[1], sound[0]))
        self.assertEqual(self.details(contact)['lastName'], 'Damaged')


class ContactsByUprn(ContactsTest):
    def test_the_sample(self):
        answer = self.service.get(BY_UPRN, urpn=UPRN)
        shared = {'addressLine1': 'FLAT 2 SAMPLE HOUSE', 'addressLine2': 'EXAMPLE ROAD', 'addressLine3': 'HACKNEY'}
        ada = {'contactId': ADA, 'emailAddress': None, 'uprn': UPRN, **shared, 'firstName': 'Ada', 'lastName': 'Sample', 'fullName': 'Ada Sample',
               'larn': 'LARN0000001', 'telephone1': '02000000000', 'telephone2': None, 'telephone3': None, 'cautionaryAlert': False,
               'propertyCautionaryAlert': False, 'houseRef': '004512', 'title': 'Ms', 'fullAddressDisplay': DISPLAY, 'fullAddressSearch': SEARCH,
               'postCode': 'E8 9ZZ', 'dateOfBirth': '1981-11-12', 'hackneyHomesId': '90001', 'disabled': False, 'relationship': 'Person 1',
               'extendedrelationship': None, 'responsible': True, 'age': str(years_since('1981-11-12'))}
        ben = {**ada, 'contactId': BEN, 'firstName': 'Ben', 'lastName': "O'Sample", 'fullName': "Ben O'Sample", 'larn': None, 'telephone1': None,
               'title': None, 'dateOfBirth': None, 'hackneyHomesId': None, 'disabled': True, 'relationship': 'Person 2',
               'extendedrelationship': 'Son', 'responsible': False, 'age': None}
        self.assert_json(answer, 200, json.dumps({'results': [ada, ben]}, separators=(',', ':')))
        for urpn in (f' {UPRN} ', '0' + UPRN[1:]):
            self.assertEqual(len(self.at_home(urpn)), 2 if urpn.strip() == UPRN else 0)
        self.assertEqual(len(self.service.request('GET', BY_UPRN.upper(), {'URPN': UPRN}).json['results']), 2)

    def test_nobody_is_an_empty_list_and_no_uprn_is_refused(self):
        for nobody in ('5', 'x', '1' * 30, "'"):
            self.assert_json(self.service.get(BY_UPRN, urpn=nobody), 200, '{"results":[]}')
        for query in ({}, {'urpn': ' '}, {'uprn': UPRN}):
            self.assert_json(self.service.get(BY_UPRN, **query), 400, [error('Please a valid URPN', 'Pleasea valid URPN')])


class NextOfKin(ContactsTest):
    def kin(self, contact):
        told = self.details(contact)
        return {key[len('nextOfKin'):]: told[key] for key in told if key.startswith('nextOfKin') and told[key] is not None}

    def test_parts_are_kept_until_they_are_said_anew(self):
        contact = self.add()['contactid']
        self.assert_empty(self.service.patch(KIN, {'contactID': contact, 'nextOfKinName': 'Kim Kinsman', 'nextOfKinOtherTelehone': 2011111111}), 204)
        self.assertEqual(self.kin(contact), {'Name': 'Kim Kinsman', 'OtherPhone': '2011111111'})
        self.assert_empty(self.service.patch('/v1/contacts/updatenextofkin', {
            'CONTACTID': contact.upper(), 'nextOfKinName': None, 'nextOfKinRelationship': 'Sister', 'nextOfKinAddress': '1 Far Street\r\nYork',
            'nextOfKinMobile': '07700 900461', 'nextOfKinEmail': 'kim@mail.example', 'nextOfKinOtherTelehone': ''}), 204)
        self.assertEqual(self.kin(contact), {'Name': 'Kim Kinsman', 'OtherPhone': '', 'Relationship': 'Sister', 'Address': '1 Far Street\r\nYork',
                                             'Mobile': '07700 900461', 'Email': 'kim@mail.example'})

    def test_somebody_must_be_named_and_known(self):
        for members in ({}, {'contactID': None}, {'contactID': ZERO}, {'nextOfKinName': 'Kim'}):
            self.assert_json(self.service.patch(KIN, members), 400, [error('Please provide a valid request', 'Pleasea provide a valid request')])
        self.assert_failed(self.service.patch(KIN), 'array')
        for contact in (SOMEBODY, 'x', 7):
            self.assert_failed(self.service.patch(KIN, {'contactID': contact, 'nextOfKinName': 'Kim'}), 'array')
