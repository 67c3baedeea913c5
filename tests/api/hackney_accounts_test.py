"""Rent accounts by their references, by person, and the tag reference of a Hackney Homes id (contract 4.1)."""
from support.hackney import HackneyTest

ACCOUNT = '7d0c1a52-0000-4b11-9a10-5e0000000001'
GARAGE = '7d0c1a52-0000-4b11-9a10-5e0000000002'
EMPTY = '7d0c1a52-0000-4b11-9a10-5e0000000003'
BARE = '7d0c1a52-0000-4b11-9a10-5e0000000004'
ADA, BO, CY, DI, NOBODY = (f'1c9e0000-0000-4000-8000-00000000000{n}' for n in range(1, 6))
BY_REFERENCE = '/v1/Accounts/AccountDetailsByPaymentorTagReference'
BY_CONTACT = '/v1/Accounts/AccountDetailsByContactId'
TAG = '/v1/Accounts/GetTagReferencenumber'

FILES = {
    'properties.csv': [
        {'property_uuid': '5a000000-0000-4000-8000-000000000001', 'uprn': '100023000001', 'property_reference': '00004512', 'house_reference': '004512',
         'address_line_1': 'FLAT 2 SAMPLE HOUSE', 'address_line_2': 'EXAMPLE ROAD', 'address_line_3': 'HACKNEY', 'city': 'LONDON', 'postcode': 'E8 9ZZ'},
        {'property_uuid': '5a000000-0000-4000-8000-000000000002', 'uprn': '100023000002', 'address_line_1': '9 WEIR LANE', 'address_line_3': 'OTLEY',
         'postcode': 'LS21 3AB'}],
    'tenancies.csv': [
        {'tenancy_uuid': ACCOUNT, 'tag_reference': '004512/01', 'payment_reference': '228004512', 'uprn': '100023000001', 'tenure_code': 'SEC',
         'start_date': '2012-01-23', 'current_balance': '-12.30', 'rent': '118.02', 'benefit': '41.50', 'direct_debit': '', 'account_type': '1',
         'agreement_type': 'M', 'created_at': '2012-01-23T09:00:00Z'},
        {'tenancy_uuid': GARAGE, 'tag_reference': '004512/02', 'payment_reference': '228004512', 'tenure_code': 'XYZ', 'terminated': 'true',
         'current_balance': '0.00', 'rent': '10.00', 'benefit': '0.00', 'direct_debit': 'Monthly', 'created_at': '2012-01-23T09:00:00Z'},
        {'tenancy_uuid': EMPTY, 'tag_reference': '004512/03', 'payment_reference': '299004512', 'created_at': '2012-01-23T09:00:00Z'},
        {'tenancy_uuid': BARE, 'tag_reference': '004512/04', 'payment_reference': '229004512', 'created_at': '2012-01-23T09:00:00Z'}],
    'people.csv': [
        {'person_uuid': ADA, 'title': 'Ms', 'first_name': 'Ada', 'last_name': 'Sample', 'uprn': '100023000001', 'tag_reference': '004512/01',
         'responsible': 'true', 'person_number': '1', 'hackney_homes_id': '90001'},
        {'person_uuid': BO, 'first_name': 'Bo', 'last_name': 'Sample', 'uprn': '100023000002', 'tag_reference': '004512/01', 'person_number': '2',
         'hackney_homes_id': '90002'},
        # As Ada in all that an account shows.
        {'person_uuid': CY, 'title': 'Ms', 'first_name': 'Ada', 'last_name': 'Sample', 'uprn': '100023000001', 'tag_reference': '004512/01',
         'responsible': 'true', 'person_number': '1', 'hackney_homes_id': '90001'},
        {'person_uuid': DI, 'last_name': 'Di', 'tag_reference': '004512/02'},
        {'person_uuid': NOBODY, 'last_name': 'Nobody', 'hackney_homes_id': '90009'},
        {'person_uuid': '1c9e0000-0000-4000-8000-000000000009', 'last_name': 'Ee', 'tag_reference': '004512/04', 'hackney_homes_id': '90004'}],
}

FIRST = ('{"accountid":"7d0c1a52-0000-4b11-9a10-5e0000000001","tagReferenceNumber":"004512/01","benefit":41.5,'
         '"propertyReferenceNumber":"00004512","currentBalance":-12.3,"rent":118.02,"housingReferenceNumber":"004512","directdebit":null,'
         '"ListOfTenants":[{"personNumber":"1","responsible":true,"title":"Ms","forename":"Ada","surname":"Sample"},'
         '{"personNumber":"2","responsible":false,"title":null,"forename":"Bo","surname":"Sample"}],'
         '"ListOfAddresses":[{"postCode":"E8 9ZZ","shortAddress":"FLAT 2 SAMPLE HOUSE EXAMPLE ROAD HACKNEY","addressTypeCode":null},'
         '{"postCode":"LS21 3AB","shortAddress":"9 WEIR LANE  OTLEY","addressTypeCode":null}]}')
SECOND = ('{"accountid":"7d0c1a52-0000-4b11-9a10-5e0000000002","tagReferenceNumber":"004512/02","benefit":0,'
          '"propertyReferenceNumber":null,"currentBalance":0,"rent":10,"housingReferenceNumber":null,"directdebit":"Monthly",'
          '"ListOfTenants":[{"personNumber":null,"responsible":false,"title":null,"forename":null,"surname":"Di"}],"ListOfAddresses":[]}')


class AccountsByReference(HackneyTest):
    files = FILES

    def test_a_tag_reference_is_one_account_with_its_people_and_addresses_each_once(self):
        self.assert_json(self.service.get(BY_REFERENCE, referencenumber='004512/01'), 200, '{"results":[' + FIRST + ']}')

    def test_a_slash_may_be_encoded_or_plain(self):
        for query in ('referencenumber=004512/01', 'referencenumber=004512%2F01', 'REFERENCENUMBER=004512%2f01', '?&referencenumber=004512/01'):
            answer = self.service.request('GET', '/v1/accounts/accountdetailsbypaymentortagreference', query)
            self.assert_json(answer, 200, '{"results":[' + FIRST + ']}')

    def test_a_payment_reference_may_be_several_accounts(self):
        self.assert_json(self.service.get(BY_REFERENCE, referencenumber='228004512'), 200, '{"results":[' + FIRST + ',' + SECOND + ']}')

    def test_nothing_found_and_an_account_without_people_are_empty_lists(self):
        for reference in ('004512/03', '299004512', '004512/99', '1/1', '/', '228999999', '229000000', '00000000/01'):
            self.assert_json(self.service.get(BY_REFERENCE, referencenumber=reference), 200, '{"results":[]}')

    def test_values_that_are_not_known_are_null(self):
        account = self.service.get(BY_REFERENCE, referencenumber='229004512').json['results'][0]
        self.assertEqual(account, {
            'accountid': BARE, 'tagReferenceNumber': '004512/04', 'benefit': None, 'propertyReferenceNumber': None, 'currentBalance': None,
            'rent': None, 'housingReferenceNumber': None, 'directdebit': None,
            'ListOfTenants': [{'personNumber': None, 'responsible': False, 'title': None, 'forename': None, 'surname': 'Ee'}], 'ListOfAddresses': []})

    def test_a_reference_must_be_given(self):
        for query in ('', 'referencenumber=', 'referencenumber=%20%20', 'reference=004512/01'):
            self.assert_refused_with(self.service.request('GET', BY_REFERENCE, query), 'Please provide referencenumber')

    def test_a_tag_reference_has_at_most_11_characters(self):
        for reference in ('0123456789/1', '000000004512/01'):
            self.assert_refused_with(self.service.get(BY_REFERENCE, referencenumber=reference), 'Invalid parameter - tagReference is invalid')
        self.assertEqual(self.service.get(BY_REFERENCE, referencenumber='012345678/1').status, 200)

    def test_a_payment_reference_has_its_group_and_six_digits(self):
        for reference in ('123409789', '22800451', '2280045123', '228 00451', '22800451a', 'x228004512', '227004512', '228004512 ', '２２８００４５１２'):
            self.assert_refused_with(self.service.get(BY_REFERENCE, referencenumber=reference),
                                     'Invalid parameter - payment referenceNumber is invalid.')


class AccountOfContact(HackneyTest):
    files = FILES
    NONE = ('{"results":{"propertyReferenceNumber":null,"benefit":null,"tagReferenceNumber":null,"paymentReferenceNumber":null,"accountid":null,'
            '"currentBalance":null,"rent":null,"housingReferenceNumber":null,"directdebit":null,"tenancyStartDate":null,"agreementType":null,'
            '"isAgreementTerminated":false,"tenuretype":null,"accountType":null}}')

    def test_every_value_is_text_but_one(self):
        expected = ('{"results":{"propertyReferenceNumber":"00004512","benefit":"41.5","tagReferenceNumber":"004512/01",'
                    '"paymentReferenceNumber":"228004512","accountid":"7d0c1a52-0000-4b11-9a10-5e0000000001","currentBalance":"-12.3",'
                    '"rent":"118.02","housingReferenceNumber":"004512","directdebit":null,"tenancyStartDate":"2012-01-23","agreementType":"M",'
                    '"isAgreementTerminated":false,"tenuretype":"Secure","accountType":"1"}}')
        for contact in (ADA, BO, ADA.upper(), '{' + ADA + '}'):
            self.assert_json(self.service.get(BY_CONTACT, contactid=contact), 200, expected)
        self.assert_json(self.service.get(BY_CONTACT.lower(), CONTACTID=ADA), 200, expected)

    def test_a_tenure_that_is_not_known_has_a_label_too(self):
        account = self.service.get(BY_CONTACT, contactid=DI).json['results']
        self.assertEqual((account['tenuretype'], account['isAgreementTerminated'], account['directdebit'], account['benefit'], account['rent']),
                         ('Temp Traveller', True, 'Monthly', '0', '10'))

    def test_whoever_has_no_account_has_one_of_nulls(self):
        for contact in (NOBODY, '1c9e0000-0000-4000-8000-0000000000ff', 'not a guid', '5'):
            self.assert_json(self.service.get(BY_CONTACT, contactid=contact), 200, self.NONE)

    def test_a_contact_must_be_given(self):
        for query in ('', 'contactid=', 'contactid=%20'):
            self.assert_refused_with(self.service.request('GET', BY_CONTACT, query), 'Please provide contactid')


class TagReference(HackneyTest):
    files = FILES

    def test_a_hackney_homes_id_leads_to_a_tag_reference(self):
        self.assert_json(self.service.get(TAG, hackneyhomesId='90001'), 200, '{"results":["004512/01"]}')
        self.assert_json(self.service.get(TAG.lower(), HackneyHomesID='90004'), 200, '{"results":["004512/04"]}')

    def test_one_that_leads_nowhere_is_an_empty_text(self):
        for id in ('90009', '9000', 'x'):
            self.assert_json(self.service.get(TAG, hackneyhomesId=id), 200, '{"results":[""]}')

    def test_an_id_must_be_given(self):
        for query in ('', 'hackneyhomesId=', 'hackneyhomesId=%09'):
            self.assert_refused_with(self.service.request('GET', TAG, query), 'Please provide hackneyhomesId')
