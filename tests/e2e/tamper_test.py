"""Somebody changes the database behind the server's back: it is noticed, and everybody else is served."""
import subprocess

from support.case import ApiTest

DAMAGED = 'Stored data failed an integrity check'


class Tampering(ApiTest):
    roles = ('officer', 'admin')

    def two_tenants(self, name):
        email = name.lower().replace(' ', '.') + '@mail.example'
        return (self.create_tenant(name + ' One', tenant_email='one.' + email, tenant_number_primary='07700900111'),
                self.create_tenant(name + ' Two', tenant_email='two.' + email, tenant_number_primary='07700900222'))

    def assert_found_damaged(self, damaged, sound, name, *columns):
        self.assert_refused(self.officer.get('/api/tenants/manage', action='get', uuid=damaged['uuid']), 500, DAMAGED)
        self.assert_refused(self.officer.put('/api/tenants/manage', {'uuid': damaged['uuid'], 'tenant_number_work': '1'}), 500, DAMAGED)
        rows = {row['ID']: row for row in self.assert_ok(self.officer.get('/api/tenants/manage', action='list', search=name)).data}
        self.assertNotIn('integrity_error', rows[sound['ID']])
        self.assertEqual(rows[sound['ID']]['tenant_email'], sound['tenant_email'])
        marks = rows[damaged['ID']]['integrity_error']
        for column in columns:
            self.assertIn(column, marks)
            if column != 'record':
                self.assertIsNone(rows[damaged['ID']][column])
        self.wait_for_activity(lambda entry: entry['resource_id'] == damaged['ID'], action='tenant.damaged')

    def repair(self, tenant):
        """Takes the damaged row out, so that the case ends with a sound register."""
        self.server.held_to_journal = False
        with self.server.offline() as database:
            for table in ('person_contact', 'person_name', 'occupancy'):
                database.execute(f'DELETE FROM {table} WHERE person_id = ?', (tenant['ID'],))
            database.execute('DELETE FROM person WHERE id = ?', (tenant['ID'],))

    def tamper(self, statement, *values):
        with self.server.offline() as database:
            self.assertEqual(database.execute(statement, values).rowcount, 1)

    def blob(self, column, tenant):
        with self.server.offline() as database:
            return database.execute(f'SELECT {column} FROM person WHERE id = ?', (tenant['ID'],)).fetchone()[0]

    def test_a_flipped_bit_is_found(self):
        one, two = self.two_tenants('Flipped')
        blob = bytearray(self.blob('email', one))
        blob[-3] ^= 4
        self.tamper('UPDATE person SET email = ? WHERE id = ?', bytes(blob), one['ID'])
        self.assert_found_damaged(one, two, 'flipped', 'tenant_email')
        self.assertIn('person', self.check_fails())
        self.repair(one)

    def check_fails(self):
        done = subprocess.run([self.server.binary, 'check', '--data', str(self.server.data)], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        return done.stderr

    def test_a_blob_of_another_row_is_found(self):
        one, two = self.two_tenants('Moved')
        self.tamper('UPDATE person SET email = ? WHERE id = ?', self.blob('email', two), one['ID'])
        self.assert_found_damaged(one, two, 'moved', 'tenant_email', 'record')
        self.repair(one)

    def test_a_blob_of_another_column_is_found(self):
        one, two = self.two_tenants('Crossed')
        self.tamper('UPDATE person SET telephone_1 = email WHERE id = ?', one['ID'])
        self.assert_found_damaged(one, two, 'crossed', 'tenant_number_primary', 'record')
        self.repair(one)

    def test_an_older_blob_put_back_is_found(self):
        one, two = self.two_tenants('Older')
        old = self.blob('email', one)
        self.assert_ok(self.officer.put('/api/tenants/manage', {'uuid': one['uuid'], 'tenant_email': 'newer@mail.example'}))
        self.tamper('UPDATE person SET email = ? WHERE id = ?', old, one['ID'])
        self.assert_found_damaged(one, two, 'older', 'tenant_email', 'record')
        self.repair(one)

    def test_a_field_taken_away_is_found(self):
        one, two = self.two_tenants('Nulled')
        self.tamper('UPDATE person SET email = NULL WHERE id = ?', one['ID'])
        self.assert_found_damaged(one, two, 'nulled', 'record')
        self.repair(one)

    def test_identities_swapped_with_their_blobs_are_found(self):
        address = self.create_address('1 Swap Street')
        one, two = self.two_tenants('Swapped')
        sound = self.create_tenant('Swapped Three', tenant_email='three@mail.example')
        self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_uuid': one['uuid'], 'address_id': address['ID']}))
        columns = 'uuid, version, name, email, telephone_1'
        with self.server.offline() as database:
            rows = {tenant['ID']: database.execute(f'SELECT {columns} FROM person WHERE id = ?', (tenant['ID'],)).fetchone()
                    for tenant in (one, two)}
            for tenant, other, interim in ((one, two, True), (two, one, False)):
                if interim:
                    database.execute('UPDATE person SET uuid = zeroblob(16) WHERE id = ?', (other['ID'],))
                database.execute('UPDATE person SET uuid = ?, version = ?, name = ?, email = ?, telephone_1 = ? WHERE id = ?',
                                 (*rows[other['ID']], tenant['ID']))
        rows = {row['ID']: row for row in self.officer.get('/api/tenants/manage', action='list', search='swapped').data}
        self.assertIn('record', rows[one['ID']]['integrity_error'])
        self.assertIn('record', rows[two['ID']]['integrity_error'])
        self.assertNotIn('integrity_error', rows[sound['ID']])
        self.repair(one)
        self.repair(two)

    def test_a_link_changed_by_hand_is_found(self):
        address = self.create_address('2 Link Lane')
        one, two = self.two_tenants('Linked')
        self.tamper('UPDATE person SET property_id = ? WHERE id = ?', address['ID'], one['ID'])
        self.assert_found_damaged(one, two, 'linked', 'record')
        self.repair(one)


class TamperedAccount(ApiTest):
    roles = ('admin',)

    def test_is_marked_in_lists_and_everybody_else_is_shown(self):
        email = 'harmed@lettings.example'
        self.server.add_user(email, 'Harm Ed', 'viewer')
        self.server.client_of(email)
        with self.server.offline() as database:
            number, name = database.execute('SELECT max(id), first_name FROM account').fetchone()
            database.execute('UPDATE account SET first_name = email WHERE id = ?', (number,))
            database.execute("UPDATE session SET client = x'01' WHERE account_id = ?", (number,))
        users = {row['ID']: row for row in self.assert_ok(self.admin.get('/api/users/users', action='get_all_users')).data}
        self.assertEqual(users[number]['integrity_error'], ['record'])
        self.assertEqual([users[number][column] for column in ('first_name', 'last_name', 'email')], [None] * 3)
        self.assertEqual([row['email'] for row in users.values() if 'integrity_error' not in row], ['admin@lettings.example'])
        self.wait_for_activity(lambda entry: entry['resource_id'] == number, action='user.damaged')
        sessions = {row['user_id']: row for row in self.assert_ok(self.admin.get('/api/security/sessions', action='list')).data}
        self.assertEqual(sessions[number]['integrity_error'], ['user_name', 'ip_address', 'user_agent'])
        self.assertEqual([sessions[number][column] for column in ('user_name', 'ip_address', 'user_agent')], [None] * 3)
        self.assertNotIn('integrity_error', sessions[1])
        self.wait_for_activity(lambda entry: True, action='session.damaged')
        # One alone has no list to stand in: it is refused, and that is journaled once.
        self.assert_refused(self.admin.get('/api/users/users', action='get_user', id=number), 500, DAMAGED)
        self.wait_for_activity(lambda entry: True, action='record.damaged')
        with self.server.offline() as database:
            database.execute('UPDATE account SET first_name = ? WHERE id = ?', (name, number))
            database.execute('DELETE FROM session WHERE account_id = ?', (number,))
            reported = database.execute("SELECT action, count(*) FROM audit_event WHERE action LIKE '%.damaged' GROUP BY action").fetchall()
        self.assertEqual(dict(reported), {'user.damaged': 1, 'session.damaged': 1, 'record.damaged': 1})


class TamperedJournal(ApiTest):
    roles = ('officer',)

    def test_a_changed_event_is_named(self):
        self.create_tenant('Journal One')
        with self.server.offline() as database:
            last = database.execute('SELECT max(id) FROM audit_event').fetchone()[0]
            triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_event'").fetchall()
            for name, _ in triggers:
                database.execute(f'DROP TRIGGER {name}')
            before = database.execute('SELECT at FROM audit_event WHERE id = ?', (last - 1,)).fetchone()[0]
            database.execute('UPDATE audit_event SET at = at + 1 WHERE id = ?', (last - 1,))
        self.server.command('audit', 'verify', status=1)
        with self.server.offline() as database:
            database.execute('UPDATE audit_event SET at = ? WHERE id = ?', (before, last - 1))
            for _, statement in triggers:
                database.execute(statement)
        self.assertIn('holds', self.server.command('audit', 'verify'))

    def test_an_emptied_journal_is_noticed(self):
        with self.server.offline() as database:
            kept = {table: database.execute(f'SELECT * FROM {table}').fetchall() for table in ('audit_event', 'audit_head')}
            triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_event'").fetchall()
            for name, _ in triggers:
                database.execute(f'DROP TRIGGER {name}')
            for table in kept:
                database.execute(f'DELETE FROM {table}')
            database.commit()
            self.server.command('audit', 'verify', status=1)
            for table, rows in kept.items():
                database.executemany(f'INSERT INTO {table} VALUES ({",".join("?" * len(rows[0]))})', rows)
            for _, statement in triggers:
                database.execute(statement)
