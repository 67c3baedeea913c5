"""Search mode memory: no name and no citizen's address lies in clear in any file, whatever was done; and the mode can be changed,
under load and through kill -9, without a wrong answer."""
import contextlib
import random
import re
import signal
import subprocess
import threading
import time

from e2e.canary_test import holds
from support.case import ApiTest
from support.hackney import HackneyTest

PROPERTY, TENANCY, PERSON = (f'{n}0000000-0000-4000-8000-000000000001' for n in ('1', '7', '2'))
UPRN = '100023000001'
SECRETS = ('Quillfeather Zanzibarovna', 'Wolfgang Plimsollovich', 'Cuthbertina Citizenova', 'Erasmusine Vanishing', 'Marzipan Onceuponname',
           'Xylophonia Newcomer', '41 Aardvark Meadowsweet', 'ZX9 7QQ')
TRIGRAMS = ('zanzibar', 'plimsoll', 'citizeno', 'meadowsw')


def folded(value):
    """Further ways in which a value may lie in an index."""
    return {value, *value.lower().split(' '), value.lower().replace(' ', '')} - {'41', 'zx9', '7qq'}


class MemoryCanaries(HackneyTest):
    roles = ('officer',)
    settings = {**HackneyTest.settings, 'TENANTRY_SEARCH_MODE': 'memory'}
    files = {
        'properties.csv': [{'property_uuid': PROPERTY, 'uprn': UPRN, 'address_line_1': '9 Weir Lane', 'postcode': 'E8 9ZZ'}],
        'tenancies.csv': [{'tenancy_uuid': TENANCY, 'tag_reference': '004512/01', 'uprn': UPRN, 'present': 'true'}],
        'people.csv': [{'person_uuid': PERSON, 'first_name': 'Quillfeather', 'last_name': 'Zanzibarovna', 'uprn': UPRN, 'tag_reference': '004512/01'}],
        'citizen_index.csv': [{'usn': 'U1', 'first_name': 'Cuthbertina', 'last_name': 'Citizenova', 'address_line_1': '41 Aardvark Meadowsweet',
                               'postcode': 'ZX9 7QQ'}],
    }

    def stored(self):
        return {path: path.read_bytes() for path in self.server.folder.rglob('*')
                if path.is_file() and not {'import', 'outbox'} & set(path.parts)}

    def found_in_files(self):
        """Which of the planted values lie in which files, of the server as it runs."""
        return sorted({f'{path.name}: {form}' for path, content in self.stored().items() for value in SECRETS for form in folded(value)
                       if holds(content, form)})

    def names_of(self, text):
        answer = self.as_role('officer').get('/api/tenants/list', action='list', search=text)
        self.assertEqual(answer.status, 200, str(answer))
        return [tenant['tenant_name'] for tenant in answer.data]

    def citizens_of(self, **query):
        answer = self.service.get('/v1/CitizenIndexSearch', IsAdvanceSearch='true', **query)
        self.assertEqual(answer.status, 200, str(answer))
        return len(answer.json['results'])

    def expect_found(self):
        self.assertEqual(self.names_of('zanzibar'), ['Quillfeather Zanzibarovna'])
        self.assertEqual(self.names_of('plimsoll'), ['Wolfgang Plimsollovich'])
        self.assertEqual(self.names_of('once'), [])
        self.assertEqual(self.citizens_of(surname='zanzibar'), 1)
        self.assertEqual(self.citizens_of(surname='citizenova', addressline12='aardvark', postcode='zx9 7'), 1)

    def use_everything(self):
        officer = self.as_role('officer')
        changed = officer.post('/api/tenants/manage', {'tenant_name': 'Marzipan Onceuponname'}).data
        officer.put('/api/tenants/manage', {'uuid': changed['uuid'], 'tenant_name': 'Wolfgang Plimsollovich'})
        gone = officer.post('/api/tenants/manage', {'tenant_name': 'Erasmusine Vanishing'}).data
        self.assertEqual(self.names_of('vanish'), ['Erasmusine Vanishing'])
        self.assertEqual(officer.delete('/api/tenants/manage', {'uuid': gone['uuid']}).status, 200)
        self.assertEqual(self.names_of('vanish'), [])

    def test_names_and_addresses_lie_nowhere_in_clear_until_the_mode_says_so(self):
        self.use_everything()
        self.expect_found()
        self.assertEqual(self.found_in_files(), [], 'while the server runs')
        with self.server.offline():
            self.assertEqual(self.found_in_files(), [], 'when it has stopped')
        self.expect_found()
        self.assertIn('search mode memory: names were read into memory', self.server.log())
        self.assertRegex(self.server.command('check'), 'search mode memory; 0 records indexed in clear')

        # The control: the same search of the same files finds the names once they are indexed in clear ...
        self.assertIn('search mode plaintext', self.server.command('search', 'rebuild', '--mode', 'plaintext'))
        self.expect_found()
        found = ' '.join(self.found_in_files())
        for word in ('zanzibarovna', 'plimsollovich', 'citizenova', 'aardvark', 'zx97qq'):
            self.assertIn(word, found)
        self.assertNotIn('vanishing', found)
        self.assertRegex(self.server.command('check'), 'search mode plaintext; [1-9][0-9]* records indexed in clear')

        # ... and no more once they were taken out, trigrams included, in the running server and after it.
        self.assertIn('search mode memory', self.server.command('search', 'rebuild', '--mode', 'memory'))
        self.assertEqual(self.found_in_files(), [], 'after the rebuild, while the server runs')
        self.expect_found()
        officer = self.as_role('officer')
        created = officer.post('/api/tenants/manage', {'tenant_name': 'Xylophonia Newcomer'}).data
        self.assertEqual(self.names_of('xylo'), ['Xylophonia Newcomer'])
        officer.delete('/api/tenants/manage', {'uuid': created['uuid']})
        with self.server.offline() as database:
            self.assertEqual(self.found_in_files(), [], 'after the rebuild, when it has stopped')
            for index in ('person_name_trigram', 'citizen_text_trigram'):
                self.assertEqual(database.execute(f'SELECT count(*) FROM {index}_idx').fetchone(), (0,))
                for (block,) in database.execute(f'SELECT block FROM {index}_data'):
                    self.assertFalse(any(word[:3].encode() in block for word in TRIGRAMS))
        self.expect_found()


class TheModeIsChanged(ApiTest):
    roles = ('officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0'}
    people = 4000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.server.folder / 'import'
        folder.mkdir()
        lines = ['person_uuid,first_name,last_name']
        lines += [f'6f1f4a3e-8f0e-4b56-9a51-{number:012d},Ottoline{number},Bartholomewsen' for number in range(cls.people)]
        (folder / 'people.csv').write_text('\n'.join(lines) + '\n', encoding='utf-8')
        cls.server.command('import', str(folder))

    def count_found(self, client, text):
        answer = client.get('/api/tenants/list', action='list', search=text, limit='200')
        return len(answer.data) if answer.status == 200 else str(answer)

    def files_hold_a_name(self):
        return any(holds(path.read_bytes(), 'bartholomewsen') for path in self.server.data.rglob('*') if path.is_file())

    def test_1_no_answer_is_wrong_while_the_mode_changes(self):
        client = self.server.client_of('officer@lettings.example')
        answers = []
        done = threading.Event()

        def search():
            while not done.is_set():
                answers.append(self.count_found(client, f'ottoline{len(answers) % 40 + 3900}'))

        thread = threading.Thread(target=search)
        thread.start()
        try:
            for mode in ('memory', 'plaintext', 'memory', 'memory', 'plaintext', 'plaintext'):
                self.server.command('search', 'rebuild', '--mode', mode)
                self.assertEqual(self.files_hold_a_name(), mode == 'plaintext')
        finally:
            done.set()
            thread.join()
        self.assertGreater(len(answers), 50)
        self.assertEqual(set(answers), {1})

    def kill_rebuild(self, mode, seconds):
        """Starts the rebuild on the stopped register, and kills it after so long. Whether it had ended before."""
        # pylint: disable-next=consider-using-with
        process = subprocess.Popen([self.server.binary, 'search', 'rebuild', '--mode', mode, '--data', str(self.server.data)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.server.environment)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        return ended

    def time_rebuild(self, mode):
        begun = time.monotonic()
        self.server.command('search', 'rebuild', '--mode', mode)
        return time.monotonic() - begun

    def test_2_a_rebuild_that_is_killed_leaves_one_mode_and_all_of_it(self):
        chance = random.Random(20261125)
        modes = set()
        with self.server.offline():
            # Each way once in full, so that a kill in the middle is in the middle.
            full = {mode: self.time_rebuild(mode) for mode in ('memory', 'plaintext')}
        killed = 0
        for turn in range(12):
            mode = ('memory', 'plaintext')[turn % 2]
            self.server.stop()
            killed += not self.kill_rebuild(mode, chance.uniform(0.1, 1) * full[mode])
            self.server.start()
            now = re.search('search mode (memory|plaintext)', self.server.command('check'))[1]
            modes.add(now)
            self.assertEqual(self.count_found(self.server.client_of('officer@lettings.example'), 'ottoline39 bartholo'), 1 + 10 + 100)
            self.assertEqual(self.files_hold_a_name(), now == 'plaintext')
            self.server.command('search', 'rebuild', '--mode', mode)
            self.assertEqual(self.count_found(self.server.client_of('officer@lettings.example'), 'ottoline39 bartholo'), 1 + 10 + 100)
            self.assertEqual(self.files_hold_a_name(), mode == 'plaintext')
        self.assertGreater(killed, 3)
        self.assertEqual(modes, {'memory', 'plaintext'})

    def test_3_wrong_modes_are_refused(self):
        self.server.command('search', 'rebuild', '--mode', 'blind', status=1)
        self.server.command('search', 'rebuild', status=2)
