"""What the writer sends to the database without waiting for an answer: how often it waits, and that of a group only the writes fail that
the database refuses, whichever of their statements it is."""
import contextlib
import http.client
import json
import re
import time
import unittest

import psycopg2

from support.case import BAD_CSRF, BEYOND
from support.engine import address_of
from support.postgres_between import BetweenTest
from support.races import at_once

TENANTS = '/api/tenants/manage'
AT_ONCE = 24
WRITER_LOCK = 0x54656e616e747279
# Whom it is about is known by then; a name's statement has others of the write behind it, an event of the journal is a write's last.
REFUSE = """
CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
    IF EXISTS (SELECT 1 FROM person_name n WHERE n.folded LIKE '{word}%' AND ({which})) THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = '{state}';
    END IF;
    RETURN NEW;
END$$;
CREATE TRIGGER refuse_some AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_some();
"""
FORGIVE = 'DROP FUNCTION refuse_some CASCADE'


class Pipeline(BetweenTest):
    roles = ('officer', 'admin')

    def setUp(self):
        self.create_tenant('Prepared Statements')

    @contextlib.contextmanager
    def behind(self):
        """The database, not by way of the server."""
        with contextlib.closing(psycopg2.connect(address_of(self.server.database))) as connection:
            connection.autocommit = True
            yield connection.cursor()

    def waiting(self):
        return int(re.search(r'^tenantry_writer_waiting (\d+)$', self.server.metrics(), re.MULTILINE)[1])

    def status_of(self, method, path, members=None):
        """Not held against the API's description, which promises no answer to what these tests do to the database."""
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, json.dumps(members) if members else None,
                               {'Authorization': f'Bearer {self.officer.token}', 'Content-Type': 'application/json'})
            return connection.getresponse().status

    def create_together(self, wanted, tokens=None):
        """Creates tenants of these names, or with these members, at once, all but the first in one group; the status of each answer."""
        self.tokens = tokens or [self.officer.csrf() for _ in wanted]
        members = {'tenant_email': 'one@mail.example', 'tenant_number_primary': '07700 900461', 'tenant_number_work': '0113 496 0112',
                   'tenant_address_id': self.create_address()['ID']}
        with self.behind() as database:
            database.execute('SELECT pg_advisory_lock(%s)', (WRITER_LOCK,))

            def act(number):
                if number == len(wanted):
                    ends = time.monotonic() + 2  # a server waits three seconds for that lock
                    while self.waiting() < len(wanted) - 1 and time.monotonic() < ends:
                        time.sleep(0.02)
                    self.between.round_trips = 0
                    database.execute('SELECT pg_advisory_unlock(%s)', (WRITER_LOCK,))
                    return None
                own = wanted[number] if isinstance(wanted[number], dict) else {'tenant_name': wanted[number]}
                return self.status_of('POST', TENANTS, {**members, 'csrf_token': self.tokens[number], **own})

            return at_once(len(wanted) + 1, act)[:-1]

    def found(self, search):
        return self.assert_ok(self.officer.get('/api/tenants/list', action='list', search=search)).json['total']

    def test_a_create_waits_for_few_of_its_statements(self):
        for word in ('Prepares', 'Waits Little'):
            statuses = self.create_together([f'{word} {number}' for number in range(AT_ONCE)])
            self.assertEqual(statuses, [200] * AT_ONCE)
        # What all of a group have to ask comes together, and all that they add goes together. A few groups begin, look at the keys, and
        # commit.
        self.assertLess(self.between.round_trips, AT_ONCE)

    def test_creates_that_are_refused_leave_their_neighbours_and_their_tokens_alone(self):
        numbers, before = range(AT_ONCE), self.create_tenant('Before The Refused')['ID']
        wanted = [{2: 404, 5: 400}.get(number % 6, 200) for number in numbers]

        def members(number):
            return {'tenant_name': f'Beside A Refused {number}', **{404: {'tenant_address_id': BEYOND}, 400: {'tenant_email': 'none'}}
                    .get(wanted[number], {})}

        statuses = self.create_together([members(number) for number in numbers])
        self.assertEqual(statuses, wanted)
        self.assertLess(self.between.round_trips, AT_ONCE)
        again = [self.status_of('POST', TENANTS, {'tenant_name': 'Refused Before', 'csrf_token': token}) for token in self.tokens]
        self.assertEqual(again, [403 if status == 200 else 200 for status in wanted], 'who was refused spent nothing')
        with self.behind() as database:
            database.execute('SELECT array_agg(id ORDER BY id) FROM person WHERE id > %s', (before,))
            self.assertEqual(database.fetchone()[0], list(range(before + 1, before + 1 + AT_ONCE)), 'and drew no number')
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))

    def test_one_token_of_creates_at_once_is_spent_once(self):
        names = [f'With One Token {number}' for number in range(AT_ONCE)]
        statuses = self.create_together(names, tokens=[self.officer.csrf()] * AT_ONCE)
        self.assertEqual(sorted(statuses), [200] + [403] * (AT_ONCE - 1))
        self.assertEqual(self.found('with one token'), 1)

    def test_what_was_done_ahead_is_undone_with_a_write_that_is_refused_and_not_done_for_one_that_is_repeated(self):
        before = self.create_tenant('Number Before')['ID']
        token = self.officer.csrf()

        def create(members, **headers):
            return self.officer.request('POST', TENANTS, json=members, headers={'X-CSRF-Token': token, **headers})

        self.assert_invalid(create({'tenant_name': 'Refused', 'tenant_email': 'none'}), 'tenant_email')
        self.assert_refused(create({'tenant_name': 'Refused', 'tenant_address_id': BEYOND}), 404, 'No such address')
        for _ in range(3):
            made = self.assert_ok(create({'tenant_name': 'Once'}, **{'Idempotency-Key': '"once"'})).data
        self.assertEqual(made['ID'], before + 1)
        self.assert_refused(create({'tenant_name': 'Refused'}), 403, BAD_CSRF)
        self.assertEqual(self.create_tenant('Number After')['ID'], before + 2)

    def test_a_get_waits_once_and_again_only_after_a_change(self):
        uuid = self.create_tenant('Read Often')['uuid']
        gets = 200
        for number in range(-60, gets):  # first each thread prepares its statements
            if number == 0:
                self.between.reads = 0
            self.assert_ok(self.officer.get(TENANTS, action='get', uuid=uuid))
        # Readings are journaled some time after them; each thread is asked once more then who is signed in. The slower the machine, the
        # more often; who always asked would ask twice for each.
        self.assertLess(self.between.reads, gets * 9 // 5)
        self.assertGreaterEqual(self.between.reads, gets)

    def test_of_gets_at_once_each_is_answered_with_its_own(self):
        people = [self.create_tenant(f'Read Together {number}') for number in range(AT_ONCE)]
        clients = [self.server.client(self.officer.token) for _ in people]

        def read(number):
            answers = [clients[number].get(TENANTS, action='get', uuid=people[(number + i) % AT_ONCE]['uuid']) for i in range(AT_ONCE)]
            return [self.assert_ok(answer).data['tenant_name'] for answer in answers]

        for number, found in enumerate(at_once(AT_ONCE, read)):
            self.assertEqual(found, [people[(number + i) % AT_ONCE]['tenant_name'] for i in range(AT_ONCE)])

    def test_gets_that_nobody_can_answer_are_told_in_time_and_the_next_are_answered(self):
        uuid = self.create_tenant('Locked Away')['uuid']

        def read(_):
            begun = time.monotonic()
            return self.status_of('GET', f'{TENANTS}?action=get&uuid={uuid}'), time.monotonic() - begun

        with self.behind() as database:
            database.execute('BEGIN')
            database.execute('LOCK TABLE person IN ACCESS EXCLUSIVE MODE')
            answers = at_once(AT_ONCE * 2, read)
            database.execute('ROLLBACK')
        self.assertEqual({status for status, _ in answers}, {503})
        self.assertLess(max(took for _, took in answers), 5)
        self.assertEqual({status for status, _ in at_once(AT_ONCE, read)}, {200})

    def refused_among_others(self, table, state, status, which):
        word = f'refused{table.replace("_", "")}{state.lower()}'
        names = [f'{word if number % 3 == 1 else "kept" + word} {number}' for number in range(AT_ONCE)]
        with self.behind() as database:
            database.execute(REFUSE.format(table=table, state=state, word=word, which=which))
            try:
                statuses = self.create_together(names)
            finally:
                database.execute(FORGIVE)
            self.assertEqual(statuses, [status if name.startswith(word) else 200 for name in names])
            self.assertEqual(self.found('kept' + word), AT_ONCE - AT_ONCE // 3)
            self.assertEqual(self.found(word), AT_ONCE - AT_ONCE // 3)
            # Nothing of a refused one is left: each person has a name, and an event, and each event of a create its person.
            database.execute("""SELECT (SELECT count(*) FROM person p LEFT JOIN person_name n ON n.person_id = p.id WHERE n.folded IS NULL),
                                       (SELECT count(*) FROM person),
                                       (SELECT count(*) FROM audit_event WHERE action = 'tenant.created')""")
            nameless, people, created = database.fetchone()
            self.assertEqual((nameless, people), (0, created))
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))

    def test_a_refused_statement_fails_its_write_and_not_its_neighbours(self):
        for table, which in (('person_name', 'n.person_id = NEW.person_id'), ('person_contact', 'n.person_id = NEW.person_id'),
                             ('audit_event', 'n.person_id = NEW.person_id')):
            for state, status in (('23505', 400), ('55P03', 503), ('P0001', 500)):
                with self.subTest(table=table, state=state):
                    self.refused_among_others(table, state, status, which)

    def test_a_journals_end_that_is_refused_fails_its_whole_group_and_no_other(self):
        """It is stored once, for all writes of the group."""
        names = [f'Without End {number}' for number in range(AT_ONCE)]
        with self.behind() as database:
            database.execute(REFUSE.format(table='audit_head', state='55P03', word='without end', which='true'))
            try:
                statuses = self.create_together(names)
            finally:
                database.execute(FORGIVE)
        self.assertEqual(set(statuses[1:]), {503})
        self.assertLessEqual(self.found('without end'), 1)  # whoever was in a group before any such name was there
        self.create_tenant('With An End')
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))


if __name__ == '__main__':
    unittest.main()
