"""Tenancies that are new since the last call (contract 4.9)."""
import datetime
import uuid

from support.hackney import HackneyTest, token

PATH = '/v1/Tenancy/new'


def ago(**time):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**time)).strftime('%Y-%m-%dT%H:%M:%SZ')


def tenancy(tag, created_at, **more):
    return {'tenancy_uuid': str(uuid.uuid4()), 'tag_reference': tag, 'created_at': created_at, **more}


class NewTenancies(HackneyTest):
    """In the order of their names: each goes on from the mark that the one before left."""

    def tags(self, client=None):
        answer = (client or self.service).get(PATH)
        self.assertEqual(answer.status, 200, str(answer))
        return [one['tagReference'] for one in answer.json['result']]

    def test_1_the_first_call_shows_the_last_24_hours(self):
        created = ago(hours=23)
        self.import_files({
            'properties.csv': [
                {'property_uuid': '5a000000-0000-4000-8000-000000000001', 'uprn': '100023000001', 'address_line_1': 'FLAT 2 SAMPLE HOUSE',
                 'address_line_2': 'EXAMPLE ROAD', 'address_line_3': 'HACKNEY', 'city': 'LONDON', 'postcode': 'E8 9ZZ',
                 'estate_address': 'Sample Estate', 'neighbourhood_office': 'Homerton'},
                {'property_uuid': '5a000000-0000-4000-8000-000000000002', 'uprn': '100023000002', 'address_line_1': '9 WEIR LANE', 'postcode': 'E8 1AA'}],
            'tenancies.csv': [
                tenancy('004512/01', created, tenancy_uuid='7d0c1a52-0000-4b11-9a10-5e0000000001', uprn='100023000001', tenure_code='INT',
                        household_uuid='66000000-0000-4000-8000-000000000001'),
                tenancy('004512/02', ago(hours=25)), tenancy('004512/03', ago(days=900))],
            'people.csv': [
                {'person_uuid': '1c9e0000-0000-4000-8000-000000000001', 'last_name': 'Sample', 'uprn': '100023000001', 'tag_reference': '004512/01'},
                {'person_uuid': '1c9e0000-0000-4000-8000-000000000002', 'title': 'Ms', 'first_name': 'Ada', 'last_name': 'Sample',
                 'uprn': '100023000001', 'tag_reference': '004512/01', 'responsible': 'true'},
                {'person_uuid': '1c9e0000-0000-4000-8000-000000000003', 'last_name': 'Away', 'uprn': '100023000002', 'tag_reference': '004512/01'}]})
        head = ('{"accountId":"7d0c1a52-0000-4b11-9a10-5e0000000001","officerId":null,"officerName":null,'
                f'"accountCreatedOn":"{created}","housingTenure":"INT","patchId":null,"areaId":null,"managerId":null,'
                '"householdId":"66000000-0000-4000-8000-000000000001","tagReference":"004512/01",')
        self.assert_json(self.service.get('/v1/tenancy/NEW'), 200, (
            '{"result":[' + head + '"neighbourhoodOffice":"Homerton","estateAddress":"Sample Estate","addressLine1":"FLAT 2 SAMPLE HOUSE",'
            '"addressLine2":"EXAMPLE ROAD","addressLine3":"HACKNEY","postCode":"E8 9ZZ",'
            '"fullAddress":"FLAT 2 SAMPLE HOUSE\\r\\nEXAMPLE ROAD\\r\\nHACKNEY\\r\\nLONDON E8 9ZZ",'
            '"contacts":[{"contactId":"1c9e0000-0000-4000-8000-000000000002","responsible":true,"title":"Ms","firstName":"Ada","lastName":"Sample"},'
            '{"contactId":"1c9e0000-0000-4000-8000-000000000001","responsible":false,"title":null,"firstName":null,"lastName":"Sample"}]},'
            + head + '"neighbourhoodOffice":null,"estateAddress":null,"addressLine1":"9 WEIR LANE","addressLine2":null,"addressLine3":null,'
            '"postCode":"E8 1AA","fullAddress":"9 WEIR LANE\\r\\nE8 1AA",'
            '"contacts":[{"contactId":"1c9e0000-0000-4000-8000-000000000003","responsible":false,"title":null,"firstName":null,"lastName":"Away"}]}]}'))

    def test_2_the_next_call_shows_nothing_again(self):
        self.assert_json(self.service.get(PATH), 200, '{"result":[]}')

    def test_3_one_that_was_recorded_since_is_shown_once_though_it_has_nobody_yet(self):
        self.import_files({'tenancies.csv': [{'tenancy_uuid': str(uuid.uuid4()), 'tag_reference': '004512/04'}]})
        self.assertEqual(self.tags(), ['004512/04'])
        self.assertEqual(self.tags(), [])

    def test_4_whoever_may_not_ask_moves_no_mark(self):
        self.import_files({'tenancies.csv': [{'tenancy_uuid': str(uuid.uuid4()), 'tag_reference': '004512/05'}]})
        self.assert_empty(self.client_with(None).get(PATH), 401)
        self.assert_empty(self.client_with(token(seconds=-400)).get(PATH), 401)
        self.assertEqual(self.tags(self.as_token('viewer')), ['004512/05'])
