"""What deploy/ has for operators fits the server: every figure that the dashboard and the alert rules ask for is one that it gives."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml

from support.certificate import make_certificate
from support.metrics import parse_metrics
from support.server import Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / 'deploy' / 'prometheus' / 'alerts.yml'
RULE_TESTS = ROOT / 'tests' / 'deploy' / 'alerts_test.yml'
DASHBOARD = ROOT / 'deploy' / 'grafana' / 'tenantry.json'
NAMES = re.compile(r'\b((?:tenantry|process)_[a-z0-9_]+)')


def promtool(*words, text=None):
    done = subprocess.run(['promtool', *words], input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)


def rules():
    return [rule for group in yaml.safe_load(RULES.read_text(encoding='utf-8'))['groups'] for rule in group['rules']]


def dashboard_queries():
    board = json.loads(DASHBOARD.read_text(encoding='utf-8'))
    return [target['expr'] for panel in board['panels'] for target in panel.get('targets', [])]


class Figures(unittest.TestCase):
    """A server with everything that has figures of its own: TLS and signed heads."""
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='tenantry-')
        cls.addClassCleanup(folder.cleanup)
        certificate, key = make_certificate(pathlib.Path(folder.name))
        server = Server((), TENANTRY_AUDIT_HEADS=folder.name + '/heads', TENANTRY_TLS_CERT=str(certificate), TENANTRY_TLS_KEY=str(key))
        cls.addClassCleanup(server.close)
        cls.text = server.metrics()
        cls.families = parse_metrics(cls.text)
        cls.names = {name for family in cls.families.values() for name, _ in family.samples}

    def test_each_family_says_what_it_is_and_has_figures(self):
        self.assertGreater(len(self.families), 40)
        for name, family in self.families.items():
            self.assertRegex(family.help, r'^[A-Z0-9].{10,}\.', name)
            self.assertIn(family.kind, ('counter', 'gauge', 'histogram'), name)
            self.assertTrue(family.samples, name)

    def test_prometheus_own_check_finds_nothing_to_say(self):
        promtool('check', 'metrics', text=self.text)

    def test_the_dashboard_and_the_rules_ask_for_nothing_else(self):
        for query in [rule['expr'] for rule in rules()] + dashboard_queries():
            self.assertEqual(set(NAMES.findall(query)) - self.names, set(), query)

    def test_labels_that_are_asked_for_are_there(self):
        for query in [rule['expr'] for rule in rules()] + dashboard_queries():
            for name, labels in re.findall(r'\b((?:tenantry|process)_[a-z0-9_]+)\{([^}]*)\}', query):
                for label, how, wanted in re.findall(r'(\w+)(=~?)"([^"]*)"', labels):
                    if label == 'instance':
                        continue
                    given = {sample[label] for family in self.families.values() for n, sample in family.samples if n == name}
                    for one in wanted.split('|') if how == '=~' else [wanted]:
                        self.assertIn(one, given, query)

    def test_every_figure_is_on_the_dashboard_or_in_a_rule(self):
        asked = {name for query in [rule['expr'] for rule in rules()] + dashboard_queries() for name in NAMES.findall(query)}
        for name in self.families:
            self.assertTrue(any(one in (name, name + '_bucket') for one in asked), name)


class Rules(unittest.TestCase):
    def test_they_are_valid(self):
        promtool('check', 'rules', str(RULES))

    def test_each_is_set_off_by_what_it_is_for_and_by_nothing_else(self):
        promtool('test', 'rules', str(RULE_TESTS))

    def test_none_is_untested(self):
        tests = RULE_TESTS.read_text(encoding='utf-8')
        for rule in rules():
            self.assertRegex(tests, rf'\b{rule["alert"]}\b')

    def test_each_says_what_to_do_and_how_soon(self):
        for rule in rules():
            self.assertIn(rule['labels']['severity'], ('page', 'ticket'), rule['alert'])
            self.assertEqual(set(rule['annotations']), {'summary', 'description'}, rule['alert'])


class Dashboard(unittest.TestCase):
    def test_its_queries_can_be_read(self):
        queries = [query.replace('$__rate_interval', '5m').replace('$instance', '.*') for query in dashboard_queries()]
        self.assertGreater(len(queries), 30)
        group = {'groups': [{'name': 'dashboard', 'rules': [{'record': f'panel_{n}', 'expr': query} for n, query in enumerate(queries)]}]}
        with tempfile.NamedTemporaryFile('w', suffix='.yml', encoding='utf-8') as file:
            yaml.safe_dump(group, file)
            file.flush()
            promtool('check', 'rules', file.name)

    def test_panels_stand_beside_each_other(self):
        board = json.loads(DASHBOARD.read_text(encoding='utf-8'))
        self.assertEqual(len({panel['id'] for panel in board['panels']}), len(board['panels']))
        taken = set()
        for panel in board['panels']:
            place = panel['gridPos']
            cells = {(x, y) for x in range(place['x'], place['x'] + place['w']) for y in range(place['y'], place['y'] + place['h'])}
            self.assertFalse(cells & taken, panel['title'])
            self.assertLessEqual(place['x'] + place['w'], 24, panel['title'])
            taken |= cells


if __name__ == '__main__':
    unittest.main()
