"""An import that is killed anywhere, in a process of its own or in the server that carries it out: all of it is there or nothing, no
killed one says that it is done, and run again it comes to its end."""
import contextlib
import csv
import random
import subprocess
import time
import unittest

from support.engine import postgres, read_register
from support.server import Server

HOMES = 500
SEED = 20261126
KILLED = 4  # imports, before their end
TRIES = 60


class KilledImport(unittest.TestCase):
    def setUp(self):
        self.server = Server(('officer',))
        self.addCleanup(self.server.close)
        self.folder = self.server.folder / 'in'
        self.folder.mkdir()

    def write(self, name, rows):
        with open(self.folder / name, 'w', newline='', encoding='utf-8') as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    def prepare(self, attempt):
        """The same homes and people every time, and in each of them which attempt it was."""
        self.write('properties.csv', [{'property_uuid': f'6f1f4a3e-8f0e-4b56-9a51-{number:012x}', 'uprn': 10_023_000_000 + number,
                                       'address_line_1': f'{attempt} Weir Lane', 'postcode': 'LS21 3AB'} for number in range(HOMES)])
        self.write('people.csv', [{'person_uuid': f'6f1f4a3e-8f0e-4b56-9a52-{number:012x}', 'last_name': f'Number{number}',
                                   'uprn': 10_023_000_000 + number, 'larn': f'{attempt} Weir Lane'} for number in range(HOMES)])

    def held(self):
        """Which attempts' rows the register holds, and how many of them."""
        with contextlib.closing(read_register(self.server.data, self.server.database)) as database:
            return database.execute('SELECT address_line_1, count(*) FROM property GROUP BY 1 '
                                    'UNION ALL SELECT larn, count(*) FROM person GROUP BY 1').fetchall()

    @staticmethod
    def whole(attempt):
        return [(f'{attempt} Weir Lane', HOMES)] * 2

    def start(self):
        return subprocess.Popen([self.server.binary, 'import', str(self.folder), '--data', str(self.server.data)], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, env=self.server.environment)

    def kill_imports(self, kill):
        """kill(importing) ends whoever carries it out, and what it leaves can be opened afterwards."""
        chance = random.Random(SEED)
        self.prepare(1)
        begun = time.monotonic()
        self.server.command('import', str(self.folder))
        took = time.monotonic() - begun
        killed, there = 0, 1
        for attempt in range(2, TRIES):
            self.prepare(attempt)
            importing = self.start()
            time.sleep(chance.uniform(0, took))
            kill(importing)
            importing.communicate(timeout=60)
            held = self.held()
            self.assertIn(held, (self.whole(there), self.whole(attempt)), 'an import is there whole or not at all')
            if importing.returncode == 0:
                self.assertEqual(held, self.whole(attempt), 'what is said to be done is done')
            killed += held == self.whole(there)
            there = attempt if held == self.whole(attempt) else there
            if killed == KILLED:
                break
        self.assertEqual(killed, KILLED, 'the kills must meet imports under way')
        self.assertIn('the audit trail holds', self.server.command('audit', 'verify', '--against-data'))
        self.prepare(TRIES)
        self.assertIn(f'imported {HOMES} properties', self.server.command('import', str(self.folder)))
        self.assertEqual(self.held(), self.whole(TRIES))
        self.assertIn(' 0 damaged', self.server.command('check'))

    def test_in_a_process_of_its_own(self):
        self.server.stop()

        def kill(importing):
            importing.kill()
            importing.wait()

        self.kill_imports(kill)
        self.server.start()

    @unittest.skipIf(postgres(), 'there the command carries it out beside a server')
    def test_in_the_server(self):
        def kill(importing):
            self.server.kill()
            importing.wait(timeout=60)
            self.server.start()

        self.kill_imports(kill)

    def test_the_same_check_finds_half_of_one(self):
        self.prepare(1)
        self.server.command('import', str(self.folder))
        self.assertEqual(self.held(), self.whole(1))
        with self.server.offline() as database:
            database.execute("UPDATE property SET address_line_1 = '2 Weir Lane' WHERE id = (SELECT min(id) FROM property)")
        self.server.is_sound = False
        self.assertNotIn(self.held(), (self.whole(1), self.whole(2)))


if __name__ == '__main__':
    unittest.main()
