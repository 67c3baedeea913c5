"""`tenantry audit`: what an attacker does to a stopped instance's files is found, and said."""
import contextlib
import json
import pathlib
import re
import shutil
import sqlite3
import stat
import subprocess
import tempfile
import time

from support.case import ApiTest

KEY_PREFIX = bytes.fromhex('302a300506032b6570032100')  # an Ed25519 key in DER, RFC 8410


def is_signed(head, key):
    """Whether anybody with the public key can check the line: by Python's cryptography, else by OpenSSL."""
    text = f'tenantry audit head 1\n{head["install"]}\n{head["event"]}\n{head["hash"]}\n{head["at"]}\n'.encode()
    signature = bytes.fromhex(head['signature'])
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        with tempfile.TemporaryDirectory() as folder:
            paths = {name: pathlib.Path(folder) / name for name in ('key', 'text', 'signature')}
            for name, content in (('key', KEY_PREFIX + key), ('text', text), ('signature', signature)):
                paths[name].write_bytes(content)
            done = subprocess.run(['openssl', 'pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER', '-inkey', paths['key'], '-in', paths['text'],
                                   '-sigfile', paths['signature']], capture_output=True, check=False)
            return done.returncode == 0
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except InvalidSignature:
        return False
    return True


class Audit(ApiTest):
    roles = ('officer', 'admin')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Settings come before the server has a folder; from its next start on it hands heads out.
        cls.heads_file = cls.server.folder / 'heads'
        cls.server.environment['TENANTRY_AUDIT_HEADS'] = str(cls.heads_file)
        with cls.server.offline():
            pass

    def heads(self):
        return [json.loads(line) for line in self.heads_file.read_text(encoding='utf-8').splitlines()]

    def verify(self, *options, status=0):
        done = subprocess.run([self.server.binary, 'audit', 'verify', '--data', str(self.server.data), *options], capture_output=True, text=True, check=False,
                              env=self.server.environment)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    @contextlib.contextmanager
    def tampered(self):
        """The database of the stopped server, without the triggers that forbid changes; afterwards it is as it was."""
        self.server.stop()
        kept = self.server.folder / 'kept.db'
        register = self.server.data / 'register.db'
        try:
            with contextlib.closing(sqlite3.connect(register)) as database:
                database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
            shutil.copyfile(register, kept)
            with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as database:
                for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_event'").fetchall():
                    database.execute(f'DROP TRIGGER {name}')
                yield database
                database.close()
        finally:
            for suffix in ('-wal', '-shm'):
                (self.server.data / f'register.db{suffix}').unlink(missing_ok=True)
            shutil.copyfile(kept, register)
            self.server.start()

    def test_a_heads_file_holds_while_the_server_runs_and_anybody_can_check_it(self):
        self.create_tenant('He Ads')
        with self.server.offline():
            self.assertIn('signed heads hold', self.verify('--heads', str(self.heads_file)))
        heads = self.heads()
        self.assertGreaterEqual(len(heads), 2)
        self.assertEqual(sorted(head['event'] for head in heads), [head['event'] for head in heads])
        key = bytes.fromhex(self.server.command('audit', 'public-key').strip())
        for head in heads:
            self.assertEqual(list(head), ['install', 'event', 'hash', 'at', 'signature'])
            self.assertTrue(is_signed(head, key))
            self.assertFalse(is_signed({**head, 'event': head['event'] + 1}, key))
        self.assertIn('signed heads hold', self.verify('--heads', str(self.heads_file), '--public-key', key.hex()))
        self.assertIn('by this key', self.verify('--heads', str(self.heads_file), '--public-key', 'ab' * 32, status=1))
        self.verify('--heads', str(self.heads_file), '--public-key', 'ab', status=1)

    def test_a_line_that_is_not_ours_is_named(self):
        self.create_tenant('Li Ne')
        with self.server.offline():
            pass
        lines = self.heads_file.read_text(encoding='utf-8').splitlines()
        forged = {**json.loads(lines[-1]), 'hash': '00' * 32}
        copy = self.server.folder / 'forged'
        for bad, said in ((json.dumps(forged), 'not by this key'), ('{', 'no signed head'), ('x' * 10_000, 'no signed head')):
            copy.write_text('\n'.join([*lines, bad, '']), encoding='utf-8')
            self.assertIn(f'line {len(lines) + 1}: ', answer := self.verify('--heads', str(copy), status=1))
            self.assertIn(said, answer)
        copy.write_text('', encoding='utf-8')
        self.verify('--heads', str(copy), status=1)
        self.verify('--heads', str(self.server.folder / 'nowhere'), status=1)
        copy.write_text('\n'.join([*lines, '']), encoding='utf-8')
        self.verify('--heads', str(copy))

    def test_the_first_broken_event_is_named_and_what_happened(self):
        self.create_tenant('Bro Ken')
        for change, said in (('UPDATE audit_event SET at = at + 1 WHERE id = 3', 'event 3 was changed; the 2 before it hold'),
                             ('DELETE FROM audit_event WHERE id IN (3, 4)', 'events 3 to 4 were removed'),
                             ('UPDATE audit_event SET id = 900000 WHERE id = 3', 'event 3 was moved'),
                             ('DELETE FROM audit_event WHERE id >= 5', 'were cut off at the end'),
                             ('INSERT INTO audit_event SELECT (SELECT max(id) + 1 FROM audit_event), at, action, outcome, account_id, origin_id, resource_id, '
                              'record_version, person_id, people, hash FROM audit_event WHERE id = 2', 'was inserted'),
                             ('UPDATE audit_head SET seal = zeroblob(32)', 'the note of the last event')):
            with self.tampered() as database:
                database.execute(change)
                self.assertIn(said, self.verify(status=1))
        self.assertIn('holds', self.verify())

    def test_an_older_database_put_back_is_found_by_the_heads_alone(self):
        register, older = self.server.data / 'register.db', self.server.folder / 'older.db'
        self.create_tenant('Ol Der')
        with self.tampered() as database:
            database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
            shutil.copyfile(register, older)
        self.create_tenant('New Er')
        with self.tampered() as database:
            database.close()
            for suffix in ('-wal', '-shm'):
                (self.server.data / f'register.db{suffix}').unlink(missing_ok=True)
            shutil.copyfile(older, register)
            self.assertIn('holds', self.verify())
            self.assertIn('older database was put back', self.verify('--heads', str(self.heads_file), status=1))
        self.verify('--heads', str(self.heads_file))

    def test_records_are_held_to_the_journal(self):
        tenant, address = self.create_tenant('Da Ta'), self.create_address('5 Data Lane')
        self.assert_done(self.officer.post('/api/tenants/assign-address', {'tenant_id': tenant['ID'], 'address_id': address['ID']}))
        self.assertIn(': 0 differ', self.verify('--against-data'))
        for change, said in ((f"UPDATE property SET city = 'Leeds' WHERE id = {address['ID']}", f"property {address['ID']}: was changed"),
                             (f"UPDATE property SET row_seal = NULL WHERE id = {address['ID']}", f"property {address['ID']}: was changed"),
                             (f"UPDATE property SET version = 9 WHERE id = {address['ID']}", f"property {address['ID']}: was changed without an event"),
                             (f"UPDATE person SET version = 1 WHERE id = {tenant['ID']}", f"person {tenant['ID']}: was put back to an older version"),
                             (f"DELETE FROM property_address WHERE property_id = {address['ID']}; DELETE FROM property WHERE id = {address['ID']}",
                              f"property {address['ID']}: was removed without an event"),
                             ("INSERT INTO role_permission (role_id, permission) VALUES (6, 'api.admin.users.manage')", 'access_rights 1: was changed'),
                             ('INSERT INTO household (id, uuid, created_at) VALUES (99, randomblob(16), 0)', 'household 99: was put in without an event')):
            with self.tampered() as database:
                for statement in change.split('; '):
                    database.execute(statement)
                self.assertIn(said, self.verify('--against-data', status=1))
                self.assertIn('holds', self.verify())
        self.verify('--against-data')

    def test_rows_are_not_sealed_again_for_somebody_who_asks_for_it(self):
        address = self.create_address('6 Seal Street')
        with self.tampered() as database:
            database.execute("UPDATE property SET address_line_1 = '7 Seal Street', row_seal = NULL WHERE id = ?", (address['ID'],))
            database.execute("DELETE FROM watermark WHERE name = 'row_seals'")
            self.assertIn('was changed', self.verify('--against-data', status=1))

    def test_rows_from_before_there_were_seals_are_sealed_when_the_instance_is_opened(self):
        data = self.server.folder / 'upgraded'
        command = lambda *words: subprocess.run([self.server.binary, *words, '--data', str(data)], capture_output=True, text=True, check=False)
        self.assertEqual(command('demo', '--homes', '5').returncode, 0)
        tables = ('tenancy', 'property', 'occupancy', 'officer', 'patch', 'manager_area')
        with contextlib.closing(sqlite3.connect(data / 'register.db', isolation_level=None)) as database:
            # As an upgrade leaves it: no seals, no note, and a journal that knows of none.
            database.execute('DROP TRIGGER audit_event_is_never_changed')
            database.execute("UPDATE audit_event SET action = 'instance.created' WHERE action = 'instance.rows_sealed'")
            database.execute("DELETE FROM watermark WHERE name = 'row_seals'")
            for table in tables:
                database.execute(f'UPDATE {table} SET row_seal = NULL')
        self.assertIn('0 damaged', command('check').stdout)
        with contextlib.closing(sqlite3.connect(data / 'register.db')) as database:
            for table in tables:
                self.assertEqual(database.execute(f'SELECT count(*) FROM {table} WHERE row_seal IS NULL').fetchone(), (0,), table)
            self.assertEqual(database.execute("SELECT count(*) FROM audit_event WHERE action = 'instance.rows_sealed'").fetchone(), (1,))


class HeadsCommand(ApiTest):
    roles = ('admin',)

    def test_a_program_gets_each_head_and_one_that_fails_is_counted(self):
        script = self.server.folder / 'deliver'
        received = self.server.folder / 'received'
        script.write_text(f'#!/bin/sh\ncat >> {received}\n', encoding='utf-8')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        self.server.environment['TENANTRY_AUDIT_HEADS_COMMAND'] = str(script)
        with self.server.offline():
            pass
        with self.server.offline():
            heads = [json.loads(line) for line in received.read_text(encoding='utf-8').splitlines()]
            self.assertGreaterEqual(len(heads), 1)
            script.unlink()
        ends = time.monotonic() + 10
        while re.search(r'^tenantry_audit_heads_failed_total [1-9]', self.server.metrics(), re.MULTILINE) is None:
            self.assertLess(time.monotonic(), ends)
            time.sleep(0.02)
        self.assertNotEqual(self.activity(limit=1), [])
        self.assertIn('a signed head of the journal could not be handed out', self.server.log())
