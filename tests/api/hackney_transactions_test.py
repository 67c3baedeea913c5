"""What was charged to a rent account and paid into it (contract 4.2)."""
import datetime

from support.hackney import HackneyTest

PATH = '/v1/Transactions'
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
BEGINS = datetime.date(TODAY.year - 1, 4, 1)
DAY = datetime.timedelta(days=1)
UUID = '0f6c0000-0000-4000-8000-0000000000{:02d}'


def line(number, posted_on, amount, description='Total Rent', type='RTB', tag='004512/01'):
    return {'transaction_uuid': UUID.format(number), 'tag_reference': tag, 'type': type, 'posted_on': str(posted_on), 'amount': amount,
            'description': description}


class Transactions(HackneyTest):
    files = {
        'properties.csv': [{'property_uuid': '5a000000-0000-4000-8000-000000000001', 'uprn': '100023000001', 'property_reference': ' 00004512 ',
                            'house_reference': '004512', 'address_line_1': 'FLAT 2', 'postcode': 'E8 9ZZ'}],
        'tenancies.csv': [{'tenancy_uuid': '7d0c1a52-0000-4b11-9a10-5e000000000' + last, 'tag_reference': '004512/0' + last,
                           'uprn': '100023000001' if last == '1' else '', 'created_at': '2012-01-23'} for last in '123'],
        'transactions.csv': [
            line(1, BEGINS - DAY, '1.00', 'too early'), line(2, BEGINS, '1.00', 'first day'), line(3, TODAY + DAY, '1.00', 'tomorrow'),
            line(4, TODAY + 2 * DAY, '1.00', 'too late'),
            line(5, TODAY, '118.02', 'b'), line(6, TODAY, '-50.00', ' PayPoint/Post Office ', ' RPO '), line(7, TODAY, '118.02', 'a'),
            line(8, TODAY - DAY, '-999.00'),
            line(9, TODAY, '0.50', '', '', '004512/02')],
    }

    def test_the_latest_first_then_by_value_then_by_description(self):
        lines = self.service.get(PATH, tagReference='004512/01').json['results']
        self.assertEqual([(one['postDate'][:10], one['realValue'], one['debDesc']) for one in lines],
                         [(str(TODAY + DAY), 1, 'tomorrow'), (str(TODAY), -50, 'PayPoint/Post Office'), (str(TODAY), 118.02, 'a'),
                          (str(TODAY), 118.02, 'b'), (str(TODAY - DAY), -999, 'Total Rent'), (str(BEGINS), 1, 'first day')])

    def test_a_whole_line(self):
        for query in ('tagReference=004512/02', 'TAGREFERENCE=004512%2F02'):
            self.assert_json(self.service.request('GET', PATH.lower(), query), 200, (
                '{"results":[{"tagReference":"004512/02","propertyReference":null,"transactionSid":null,"houseReference":null,'
                f'"transactionType":null,"postDate":"{TODAY}T00:00:00Z","realValue":0.5,"transactionID":"{UUID.format(9)}","debDesc":null}}]}}'))
        second = self.service.get(PATH, tagReference='004512/01').json['results'][1]
        self.assertEqual(second, {
            'tagReference': '004512/01', 'propertyReference': '00004512', 'transactionSid': None, 'houseReference': '004512',
            'transactionType': 'RPO', 'postDate': f'{TODAY}T00:00:00Z', 'realValue': -50, 'transactionID': UUID.format(6),
            'debDesc': 'PayPoint/Post Office'})

    def test_no_lines_and_no_tenancy_are_an_empty_list(self):
        for tag in ('004512/03', '004512/99', '/'):
            self.assert_json(self.service.get(PATH, tagReference=tag), 200, '{"results":[]}')

    def test_a_tag_reference_must_be_given(self):
        for query in ('', 'tagReference=', 'tagReference=%20'):
            self.assert_refused_with(self.service.request('GET', PATH, query), 'Invalid parameter - tagReference is empty')

    def test_a_tag_reference_has_a_slash_and_at_most_11_characters(self):
        for tag in ('00451201', '0123456789/1', '228004512'):
            self.assert_refused_with(self.service.get(PATH, tagReference=tag), 'Invalid parameter - tagReference is invalid')

    def test_an_import_of_a_line_that_is_there_changes_it(self):
        self.import_files({'transactions.csv': [line(9, TODAY, '0.75', 'corrected', 'RTB', '004512/02')]})
        found = self.service.get(PATH, tagReference='004512/02').json['results']
        self.assertEqual([(one['transactionID'], one['realValue'], one['debDesc']) for one in found], [(UUID.format(9), 0.75, 'corrected')])
        self.import_files({'transactions.csv': [line(9, TODAY, '0.50', '', '', '004512/02')]})

    def test_a_file_with_a_wrong_row_changes_nothing(self):
        before = self.service.get(PATH, tagReference='004512/01').body
        for wrong in (line(8, TODAY, '5.00'), line(20, TODAY, '5.00', tag='004512/98'), line(20, TODAY, '5')):
            self.import_files({'transactions.csv': [line(8, TODAY, '7.00'), line(10, TODAY, '7.00'), wrong]}, status=1)
            self.assertEqual(self.service.get(PATH, tagReference='004512/01').body, before)
