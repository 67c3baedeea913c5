"""COMPLIANCE.md names tests, commands and documents that there are, every requirement of its standard once, and counts itself right.

Whether a line holds is for who reads the test that it names; what this test keeps up is that it can be looked up.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / 'COMPLIANCE.md'
SCORES = ('holds', 'fails', 'n/a')
# ASVS 5.0.0: how many requirements of levels 1 and 2 each section has. They are its first; those of level 3 follow.
ASVS = {
    '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1, '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5,
    '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4, '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4,
    '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1,
    '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3, '11.1': 2, '11.2': 3, '11.3': 3,
    '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4, '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4,
    '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4, '17.3': 2,
}
KINDS = ('api', 'e2e', 'postgres', 'browser')


def asvs_numbers():
    return [f'{section}.{number}' for section, last in ASVS.items() for number in range(1, last + 1)]


class Line:
    """A line of a table: which requirements, their score, and what it says of it."""

    def __init__(self, cells):
        numbers, self.asks, self.score, self.says = cells
        self.numbers = expanded(numbers)
        self.named = re.findall(r'`([^`]+)`', self.says)

    def __str__(self):
        return f'{self.numbers}: {self.asks}'


def expanded(numbers):
    """What "1.2.6, 1.2.7" and "10.1.1–10.7.3" mean; a range is in the standard's order."""
    if '–' not in numbers:
        return numbers.split(', ')
    first, last = numbers.split('–')
    every = asvs_numbers()
    return every[every.index(first):every.index(last) + 1]


def lists():
    """The lines of each list, by its title."""
    found, title = {}, None
    for line in PAGE.read_text(encoding='utf-8').splitlines():
        if heading := re.match(r'## (.*)', line):
            title = heading[1]
        cells = [cell.strip() for cell in line.strip('|').split(' | ')] if line.startswith('| ') else []
        if len(cells) == 4 and cells[0] != 'no.' and re.match(r'\d', cells[0]):
            found.setdefault(title, []).append(Line(cells))
    return found


def summary():
    """{title: [holds, fails, n/a]} as the page's summary says."""
    rows = re.findall(r'^\| ([A-D]\. [^|]+) \| (\d+) \| (\d+) \| (\d+) \|$', PAGE.read_text(encoding='utf-8'), re.MULTILINE)
    return {title: [int(count) for count in counts] for title, *counts in rows}


def sources(room):
    return '\n'.join(file.read_text(encoding='utf-8') for file in sorted((ROOT / 'src' / room).rglob('*_test.cpp')))


def is_test(name):
    """Whether ctest has a test, or a suite of them, of that name, or a module below tests/ has it."""
    kind, *rest = name.split('.')
    if kind in KINDS and rest[0].endswith('_test'):
        file = ROOT / 'tests' / kind / f'{rest[0]}.{"mjs" if kind == "browser" else "py"}'
        if kind == 'postgres' and not file.exists():
            file = ROOT / 'tests' / 'api' / f'{rest[0]}.py'  # which is run once more, on PostgreSQL
        if not file.exists():
            return False
        text = file.read_text(encoding='utf-8')
        return all(re.search(rf'(?:def test_|^class ){re.escape(part)}\b', text, re.MULTILINE) for part in rest[1:])
    suite, case = rest[0], rest[1] if len(rest) > 1 else r'\w+'
    return re.search(rf'^TEST(?:_F|_P)?\({suite}, {case}\)', sources(kind), re.MULTILINE) is not None


class Page(unittest.TestCase):
    def test_each_test_command_and_document_that_it_names_is_there(self):
        commands = {json.loads(line)['command'] for line in subprocess.run(
            [os.environ['TENANTRY_BINARY'], 'commands'], capture_output=True, text=True, check=True).stdout.splitlines()}
        for lines in lists().values():
            for line in lines:
                for name in line.named:
                    if name.startswith('tenantry '):
                        self.assertIn(name.removeprefix('tenantry '), commands, str(line))
                    elif re.fullmatch(r'[a-z0-9]+(\.\w+)+', name) and '/' not in name:
                        self.assertTrue(is_test(name), f'{line}: {name}')
                    elif line.score == 'holds':
                        self.assertTrue((ROOT / name).exists(), f'{line}: {name}')

    def test_each_line_has_a_score_and_what_holds_is_shown(self):
        for lines in lists().values():
            for line in lines:
                self.assertIn(line.score, SCORES, str(line))
                self.assertTrue(line.says, str(line))
                if line.score == 'holds':
                    self.assertTrue(line.named, f'{line}: nothing shows it')

    def test_every_requirement_stands_once(self):
        by_list = {title[0]: [number for line in lines for number in line.numbers] for title, lines in lists().items()}
        self.assertEqual(by_list['D'], asvs_numbers())
        self.assertEqual(len(by_list['D']), 253)
        for name, last in (('A', 12), ('B', 12), ('C', 20)):
            self.assertEqual(by_list[name], [str(number) for number in range(1, last + 1)])

    def test_the_summary_counts_right(self):
        counted = {}
        for title, lines in lists().items():
            scores = collections.Counter()
            for line in lines:
                scores[line.score] += len(line.numbers)
            counted[title] = [scores[score] for score in SCORES]
        self.assertEqual(summary(), counted)

    def test_what_the_summary_says_to_fail_fails(self):
        text = PAGE.read_text(encoding='utf-8').split('What fails in D', 1)[1].split('\n\n', 1)[0]
        failing = {number for line in lists()['D. OWASP ASVS 5.0.0, levels 1 and 2'] if line.score == 'fails' for number in line.numbers}
        for part in re.findall(r'\d+\.\d+\.\d+(?:–\d+\.\d+\.\d+)?', text):
            self.assertLessEqual(set(expanded(part)), failing, part)


class Scripts(unittest.TestCase):
    def test_no_script_keeps_or_evaluates_anything(self):
        scripts = [*(ROOT / 'src/web/scripts').glob('*.js'), *(ROOT / 'src/api/swagger').glob('*.js')]
        self.assertGreater(len(scripts), 3)
        for script in scripts:
            found = re.findall(r'localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|\beval\b|new Function|JSON\.parse|Object\.assign',
                               script.read_text(encoding='utf-8'))
            self.assertEqual(found, [], script.name)


if __name__ == '__main__':
    unittest.main()
