"""Erasure and retention by command, with and without a server, and a server that is killed in the middle."""
import csv
import datetime
import sqlite3
import time
import unittest

from support.case import ApiTest
from support.server import email_of

PERSON = 'a1000000-0000-4000-8000-00000000{:04}'.format
LEAVERS = range(10, 410)  # enough for a kill to come in the middle
TODAY = datetime.date.today().isoformat()


class Commands(ApiTest):
    roles = ('records', 'officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0', 'TENANTRY_RETENTION_HOURS': '0'}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.server.folder / 'import'
        folder.mkdir()

        def write(name, rows):
            with open(folder / name, 'w', newline='', encoding='utf-8') as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)

        def tenancy(number, **more):
            return {'tenancy_uuid': 'b1000000-0000-4000-8000-00000000{:04}'.format(number), 'tag_reference': f'{number}/01', 'start_date': '2001-01-01',
                    'end_date': '2011-05-31', 'terminated': 'true', 'present': 'false', 'current_balance': '0.00', **more}
        write('tenancies.csv', [tenancy(1), tenancy(2, current_balance='12.50'), tenancy(3, end_date='', terminated='false', present='true'), tenancy(4, end_date=TODAY)]
              + [tenancy(number) for number in LEAVERS])
        write('people.csv', [{'person_uuid': PERSON(number), 'first_name': 'Vorname', 'last_name': f'Nachname{number}', 'email': f'person{number}@mail.example',
                              'tag_reference': f'{number}/01'} for number in (1, 2, 3, 4, *LEAVERS)])
        write('transactions.csv', [{'transaction_uuid': 'c1000000-0000-4000-8000-00000000{:04}'.format(number), 'tag_reference': f'{number}/01', 'posted_on': '2010-01-01',
                                    'amount': '80.00'} for number in (1, 2, 3, 4, *LEAVERS)])
        cls.server.command('import', str(folder))

    def erase(self, number, **options):
        return self.server.command('erase', 'run', '--person', PERSON(number), '--ground', 'a', '--requested-on', TODAY, **options)

    def query(self, text, *values):
        database = sqlite3.connect(f'file:{self.server.data}/register.db?mode=ro', uri=True)
        try:
            return database.execute(text, values).fetchall()
        finally:
            database.close()

    def there(self, number):
        return self.officer.get('/api/tenants/manage', action='get', uuid=PERSON(number)).status == 200

    def test_1_a_preview_is_what_is_done(self):
        preview = self.server.command('erase', 'preview', '--person', PERSON(1))
        self.assertIn('tenancy: 1 would go', preview)
        self.assertTrue(self.there(1))
        # The server may enter an event into the index of events by person between the two.
        done, planned = ([line for line in text.splitlines() if not line.startswith(('event_of_person', 'audit_event'))] for text in (self.erase(1), preview))
        self.assertEqual(done, [line.replace('would go', 'erased') for line in planned])
        self.assertFalse(self.there(1))
        content = b''.join(path.read_bytes() for path in self.server.data.rglob('*') if path.is_file())
        self.assertNotIn(b'nachname1\x00', content)
        self.assertNotIn('wanted_scrub', [name for name, in self.query('SELECT name FROM watermark')])
        self.assertEqual(self.query("SELECT count(*) FROM tenancy WHERE tag_reference = '1/01'"), [(0,)])
        self.assertEqual(self.query('SELECT count(*) FROM erasure'), [(1,)])

    def test_2_what_must_stay_stays_with_its_reason(self):
        for number, reason in ((2, 'rent is owed'), (3, 'the tenancy is running'), (4, 'the period for which it must be kept is not over before')):
            self.assertIn(reason, self.server.command('erase', 'preview', '--person', PERSON(number)))
            self.erase(number, status=1)
            self.assertTrue(self.there(number))

    def test_3_usage_is_checked(self):
        self.server.command('erase', 'run', '--person', 'x', '--ground', 'a', '--requested-on', TODAY, status=1)
        self.server.command('erase', 'run', '--person', PERSON(2), '--ground', 'z', '--requested-on', TODAY, status=1)
        self.server.command('erase', 'run', '--person', PERSON(2), '--ground', 'a', '--requested-on', '2999-01-01', status=1)
        self.server.command('retention', 'approve', '--by', email_of('records'), status=1)
        self.server.command('retention', 'approve', '--all', '--by', 'nobody@lettings.example', status=1)
        self.server.command('retention', 'approve', '--all', '--by', email_of('officer'), status=1)
        self.server.command('retention', 'rules', '--set', 'home=5', status=1)
        self.assertIn('person         72 months', self.server.command('retention', 'rules'))

    def test_4_retention_is_proposed_approved_killed_half_way_and_finished(self):
        rules = self.server.command('retention', 'rules', '--set', 'person=60')
        self.assertIn('person         60 months', rules)
        proposed = self.server.command('retention', 'propose')
        self.assertEqual(proposed.splitlines()[-1], f'{len(LEAVERS)} new proposals')  # the people, who take their tenancies along
        self.assertEqual(self.server.command('retention', 'propose').splitlines()[-1], '0 new proposals')
        first = proposed.split()[0]
        approved = len(LEAVERS) - 1
        self.server.command('retention', 'refuse', '--id', first, '--by', email_of('records'))
        self.server.command('retention', 'approve', '--all', '--by', email_of('records'))
        self.assertEqual(len(self.server.command('retention', 'list').splitlines()), approved)
        self.kill_in_the_middle()
        self.assertLess(self.done(), approved, 'the kill must come in the middle')
        self.server.start()
        ends = time.monotonic() + 60
        while self.done() < approved:  # nobody asks again
            self.assertLess(time.monotonic(), ends, 'the server did not go on')
            time.sleep(0.1)
        self.assertIn('0 erased, 0 not', self.server.command('retention', 'run'))
        self.assertEqual(self.query("SELECT count(*) FROM retention_proposal WHERE state = 2 AND outcome = 'erased'"), [(approved,)])
        self.assertEqual(self.query('SELECT count(*) FROM tenancy WHERE end_on < 15200 AND current_balance = 0'), [(1,)])
        self.assertEqual(self.query("SELECT count(*) FROM person_name WHERE folded LIKE 'vorname nachname__%'"), [(1,)])
        self.assertEqual(self.query("SELECT count(*) FROM audit_event WHERE action = 'retention.carried_out'"), [(approved,)])
        self.assertIn('the audit trail holds', self.server.command('audit', 'verify'))
        self.assertIn(' 0 damaged', self.server.command('check'))

    def done(self):
        return self.query('SELECT count(*) FROM retention_proposal WHERE state = 2')[0][0]

    def kill_in_the_middle(self):
        """Kills the server while it carries out what was approved, as soon as something is done."""
        self.assert_done(self.as_role('records').post('/api/admin/retention', {'action': 'run'}))
        ends = time.monotonic() + 20
        while self.done() == 0:
            self.assertLess(time.monotonic(), ends, 'the server did nothing')
        self.server.kill()


if __name__ == '__main__':
    unittest.main()
