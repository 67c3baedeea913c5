"""Lists of tenants: search, filters and paging, and how /api/tenants/manage and /api/tenants/list differ."""
import unicodedata
import unittest

from support.case import ApiTest

MANAGE = '/api/tenants/manage'
LIST = '/api/tenants/list'
BOTH = (MANAGE, LIST)
TRUE = ('true', '1')
FALSE = ('false', '0')


class TenantLists(ApiTest):
    roles = ('officer', 'viewer')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        test = cls()
        cls.weir, cls.mill = test.create_address('9 Weir Lane'), test.create_address('1 Mill Row')
        at_weir, at_mill = {'tenant_address_id': cls.weir['ID']}, {'tenant_address_id': cls.mill['ID']}
        people = {
            'zoe': ('Zoë Brontë', {'tenant_email': 'Zoe.B@Mail.example', 'tenant_number_primary': '+44 (0)7700 900123', **at_weir}),
            'mary': ('Siobhán Mary O’Brien-Łuczak', {'tenant_number_work': '0113 496 0112', **at_mill}),
            'percent': ('Per%cent Under_score', {}),
            'maryam': ('مريم الحسن', {}),
            'nguyen': (unicodedata.normalize('NFD', 'Nguyễn Văn Ân'), at_weir),
            'smile': ('🙂 Smiley', at_mill),
            'gone': ('Ivan Inactive', {'active': False, 'tenant_email': 'ivan@mail.example'}),
            'away': ('Mary Inactive', {'active': False, **at_weir}),
            'straight': ('Mary Obrien', at_weir),
        }
        cls.people = {key: test.create_tenant(name, **members) for key, (name, members) in people.items()}

    def assert_lists(self, keys, path, **query):
        answer = self.assert_ok(self.as_role('viewer').get(path, action='list', **query))
        self.assertEqual(answer.data, [self.people[key] for key in self.people if key in keys], query)
        self.assertEqual((answer.json['count'], answer.json['total'], answer.json['total_is_exact']), (len(keys), len(keys), True))

    def assert_both_list(self, keys, **query):
        for path in BOTH:
            self.assert_lists(keys, path, **query)

    # Search

    def test_a_name_is_found_by_any_part_of_it(self):
        for search in ('Siobhán Mary O’Brien-Łuczak', 'siob', 'UCZA', 'hán', 'mary luczak', 'luczak mary', 'o’brien mary siobhán łuczak'):
            self.assert_both_list(['mary'], search=search)
        self.assert_both_list(['mary', 'away', 'straight'], search='mary')

    def test_case_accents_apostrophes_and_hyphens_do_not_count(self):
        for search in ('zoe bronte', 'ZOË', 'BRONTE', unicodedata.normalize('NFD', 'brontë'), 'Bröntè'):
            self.assert_both_list(['zoe'], search=search)
        for search in ("o'brien", 'OBRIEN', 'o’brien', 'o`brien'):
            self.assert_both_list(['mary', 'straight'], search=search)
        for search in ('brien luczak', 'brien-luczak', 'brien–łuczak', 'Luczak-obrien'):
            self.assert_both_list(['mary'], search=search)
        for search in ('nguyen van an', 'Nguyễn', unicodedata.normalize('NFD', 'Nguyễn Văn'), 'ngu'):
            self.assert_both_list(['nguyen'], search=search)

    def test_percent_and_underscore_are_letters(self):
        for search in ('%', '_', 'r%c', 'r_s', 'per%cent', 'under_score', '% _'):
            self.assert_both_list(['percent'], search=search)
        for search in ('%%', 'm%y', 'z_e', '%mary%', 'm*', '"mary', 'mary"', 'NOT mary', "mary' OR '1'='1"):
            self.assert_both_list([], search=search)

    def test_every_script_is_searched(self):
        self.assert_both_list(['maryam'], search='مريم')
        self.assert_both_list(['maryam'], search='حسن')
        self.assert_both_list(['smile'], search='🙂')
        self.assert_both_list(['smile'], search='🙂 smi')

    def test_nobody_is_found_by_what_is_no_name(self):
        for search in ('nobody here', 'zoe luczak', "''", '-', 'x' * 200):
            self.assert_both_list([], search=search)

    def test_spaces_around_words_and_an_empty_search_narrow_nothing(self):
        self.assert_both_list(['zoe'], search='  zoe   bron ')
        self.assert_both_list(self.people, search='')

    def test_only_list_finds_a_whole_email_or_telephone(self):
        contacts = {'zoe': ('zoe.b@mail.example', 'ZOE.B@MAIL.EXAMPLE', ' Zoe.B@mail.example ', '07700900123', '07700 900 123', '+447700900123',
                            '0044 7700 900123', '+44 (0) 7700-900123'),
                    'mary': ('0113 496 0112', '01134960112', '+44 113 496 0112')}
        for key, searches in contacts.items():
            for search in searches:
                self.assert_lists([key], LIST, search=search)
                self.assert_lists([], MANAGE, search=search)

    def test_no_part_of_an_email_or_telephone_is_found(self):
        for search in ('zoe.b@', '@mail.example', 'oe.b@mail.example', '900123', '0770090012', '4960112'):
            self.assert_both_list([], search=search)

    def test_a_search_that_is_too_long_or_malformed_is_refused(self):
        for path in BOTH:
            for search in ('x' * 201, 'two\nlines', '   '):
                self.assert_invalid(self.officer.get(path, action='list', search=search), 'search')

    # Filters

    def test_an_address_lists_those_at_it_and_on_list_the_unassigned_too(self):
        at_weir, unassigned = ['zoe', 'nguyen', 'away', 'straight'], ['percent', 'maryam', 'gone']
        for name in ('address_id', 'tenant_address_id'):
            self.assert_lists(at_weir, MANAGE, **{name: self.weir['ID']})
            self.assert_lists(at_weir + unassigned, LIST, **{name: self.weir['ID']})
        self.assert_lists(at_weir, MANAGE, address_id=self.weir['ID'], tenant_address_id=self.weir['ID'])
        self.assert_lists([], MANAGE, address_id=4711)
        self.assert_lists(unassigned, LIST, address_id=4711)

    def test_unassigned_lists_those_without_an_address(self):
        for flag in TRUE:
            self.assert_both_list(['percent', 'maryam', 'gone'], unassigned=flag)
            self.assert_both_list(['percent', 'maryam', 'gone'], unassigned=flag, address_id=self.weir['ID'])
        for flag in FALSE:
            self.assert_both_list(self.people, unassigned=flag)

    def test_active_lists_either_kind_in_four_spellings(self):
        inactive = ['gone', 'away']
        for flag in TRUE:
            self.assert_both_list(self.people.keys() - set(inactive), active=flag)
        for flag in FALSE:
            self.assert_both_list(inactive, active=flag)
        self.assert_both_list(self.people)

    def test_filters_narrow_each_other(self):
        self.assert_both_list(['away'], search='mary', active='0')
        self.assert_lists(['away', 'straight'], MANAGE, search='mary', address_id=self.weir['ID'])
        self.assert_lists(['straight'], MANAGE, search='mary', address_id=self.weir['ID'], active='1')
        self.assert_lists(['gone'], LIST, search='ivan@mail.example', active='0', unassigned='1')
        self.assert_lists([], LIST, search='ivan@mail.example', active='1')
        self.assert_lists(['percent', 'maryam'], MANAGE, active='true', unassigned='true')
        self.assert_lists(['gone', 'away'], LIST, address_id=self.weir['ID'], active='false')
        self.assert_lists(['mary'], MANAGE, search='o', address_id=self.mill['ID'])

    def test_malformed_filters_are_refused(self):
        for path in BOTH:
            for name, values in {'active': ('yes', 'True', '2', 'null'), 'unassigned': ('no', '-1'), 'address_id': ('x', '0', '-1', '1.0'),
                                 'tenant_address_id': ('0',)}.items():
                for value in values:
                    self.assert_invalid(self.officer.get(path, action='list', **{name: value}), name)
            self.assert_invalid(self.officer.get(path, action='list', address_id=self.weir['ID'], tenant_address_id=self.mill['ID']), 'tenant_address_id')
            self.assert_invalid(self.officer.get(path), 'action')
            for action in ('', 'lists', 'LIST', 'create', 'x' * 100):
                self.assert_invalid(self.officer.get(path, action=action), 'action')

    # Paging

    def test_pages_are_in_order_and_cover_everybody_once(self):
        for path in BOTH:
            for limit in (1, 2, 4, 9):
                ids, offset = [], 0
                while True:
                    answer = self.assert_ok(self.officer.get(path, action='list', limit=limit, offset=offset)).json
                    self.assertEqual((answer['count'], answer['total']), (len(answer['data']), len(self.people)))
                    ids += [row['ID'] for row in answer['data']]
                    offset += limit
                    if answer['count'] < limit:
                        break
                self.assertEqual(ids, [person['ID'] for person in self.people.values()])

    def test_a_search_is_paged_too(self):
        for path in BOTH:
            answer = self.assert_ok(self.officer.get(path, action='list', search='mary', limit=2, offset=1)).json
            self.assertEqual([row['ID'] for row in answer['data']], [self.people['away']['ID'], self.people['straight']['ID']])
            self.assertEqual(answer['total'], 3)

    def test_the_limits_are_documented_and_held(self):
        for path, most in ((MANAGE, 200), (LIST, 1000)):
            for limit in (1, most, ''):
                self.assert_ok(self.officer.get(path, action='list', limit=limit))
            for limit in (0, most + 1, -1, 'x', '1.0', 10**20):
                self.assert_invalid(self.officer.get(path, action='list', limit=limit), 'limit')
            for offset in (-1, 1_000_001, 'x'):
                self.assert_invalid(self.officer.get(path, action='list', offset=offset), 'offset')
            beyond = self.assert_ok(self.officer.get(path, action='list', offset=1_000_000)).json
            self.assertEqual((beyond['data'], beyond['count'], beyond['total']), ([], 0, len(self.people)))


if __name__ == '__main__':
    unittest.main()
