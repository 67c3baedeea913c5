"""Cautionary alerts (contract 4.5: K3, K4, K5)."""
import datetime
import json

from support.hackney import ZERO, HackneyTest, error
from support.hackney_people import ADA, BEN, FILES, UPRN

LIST = '/v1/Contacts/GetCautionaryAlerts'
CREATE = '/v1/Contacts/CreateCautionaryAlerts'
REMOVE = '/v1/Contacts/RemoveCautionaryAlerts'
NO_CREATION = error("Please a valid 'Create cautionary alert' request", "Pleasea 'Create cautionary alert' request")
NO_REMOVAL = error("Please a valid 'Remove cautionary alert' request", "Pleasea 'Remove cautionary alert' request")
IMPORTED = 'f1000000-0000-4000-8000-000000000001'
SOMEBODY = '0f0f0f0f-0000-4000-8000-00000000000f'


class Alerts(HackneyTest):
    roles = ()
    files = {**FILES, 'code_lists.csv': [{'list': 'alert_type', 'code': '3', 'label': 'Dangerous dog'}]}

    def setUp(self):
        """Nobody is warned of."""
        for contact in (ADA, BEN):
            ids = [alert['cautionaryAlertId'] for alert in self.alerts() if alert['contactId'] == contact]
            if ids:
                self.remove(contact, ids)
        self.assertEqual(self.flags(), ('--', '--'))

    def alerts(self, uprn=UPRN):
        answer = self.service.get(LIST, urpn=uprn)
        self.assertEqual(answer.status, 200, str(answer))
        return answer.json['results']

    def create(self, contact=ADA, codes=('3',), uprn=UPRN):
        answer = self.service.post(CREATE, {'contactId': contact, 'uprn': uprn, 'cautionaryAlertType': list(codes)})
        self.assertEqual(answer.status, 201, str(answer))
        return answer

    def remove(self, contact, ids, ends=True):
        answer = self.service.post(REMOVE, {'cautionaryAlertIds': ids, 'contactId': contact, 'uprn': UPRN, 'cautionaryAlertIsToBeRemoved': ends})
        self.assert_json(answer, 200, '204')
        self.assertEqual(answer.header('Content-Type'), 'application/json')

    def flags(self):
        """Ada's and Ben's: "o" for their own, "h" for the home's."""
        people = self.service.get('/v1/Contacts/GetContactsByUprn', urpn=UPRN).json['results']
        return tuple(('o' if one['cautionaryAlert'] else '-') + ('h' if one['propertyCautionaryAlert'] else '-') for one in people)

    def test_the_samples(self):
        today = datetime.datetime.now(datetime.timezone.utc).date()
        answer = self.create(codes=('3', '12'))
        tomorrow = today + datetime.timedelta(days=1)
        created = [f'{{"alertContactId":"{ADA}","alertUprn":"{UPRN}","alertCautionaryAlertType":["3","12"],"createdOn":"{day}"}}' for day in (today, tomorrow)]
        self.assertIn(answer.body.decode(), created)
        first, second = self.alerts()
        self.assertEqual((first['cautionaryAlertType'], second['cautionaryAlertType']), ('Dangerous dog', '12'))
        expected = {'cautionaryAlertType': 'Dangerous dog', 'cautionaryAlertId': first['cautionaryAlertId'], 'contactId': ADA, 'contactName': 'Ada Sample',
                    'uprn': UPRN, 'createdOn': first['createdOn']}
        self.assert_json(self.service.get(LIST, urpn=f' {UPRN} '), 200, json.dumps({'results': [expected, {
            **expected, 'cautionaryAlertType': '12', 'cautionaryAlertId': second['cautionaryAlertId']}]}, separators=(',', ':')))

    def test_none_is_an_empty_list_and_no_uprn_is_refused(self):
        for nothing in ('5', 'x', '%'):
            self.assert_json(self.service.get(LIST, urpn=nothing), 200, '{"results":[]}')
        for query in ({}, {'urpn': ''}, {'uprn': UPRN}):
            self.assert_json(self.service.get(LIST, **query), 400, [error('Please a valid URPN', 'Pleasea valid URPN')])

    def test_what_a_creation_lacks_is_told_in_one_way(self):
        whole = {'contactId': ADA, 'uprn': UPRN, 'cautionaryAlertType': ['3']}
        for lack in ({'contactId': None}, {'contactId': ' '}, {'uprn': ''}, {'uprn': None}, {'uprn': 'x'}, {'cautionaryAlertType': []},
                     {'cautionaryAlertType': ['3', ' ']}, {'cautionaryAlertType': 'x'}, {'cautionaryAlertType': ['3'] * 101}):
            self.assert_json(self.service.post(CREATE, {**whole, **lack}), 400, [NO_CREATION])
        self.assert_json(self.service.post(CREATE), 400, [NO_CREATION])
        for fails in ({'cautionaryAlertType': None}, {'contactId': SOMEBODY}, {'contactId': ZERO}, {'contactId': 'x'}):
            self.assert_failed(self.service.post(CREATE, {**whole, **fails}), 'array')
        self.assertEqual((self.alerts(), self.flags()), ([], ('--', '--')))

    def test_what_a_removal_lacks_is_told_in_one_way(self):
        self.create()
        whole = {'contactId': ADA, 'uprn': UPRN, 'cautionaryAlertIds': [self.alerts()[0]['cautionaryAlertId']], 'cautionaryAlertIsToBeRemoved': True}
        for lack in ({'contactId': None}, {'contactId': ''}, {'cautionaryAlertIds': []}, {'cautionaryAlertIds': 5}, {'cautionaryAlertIds': [IMPORTED] * 101},
                     {'cautionaryAlertIsToBeRemoved': 'x'}):
            self.assert_json(self.service.post(REMOVE, {**whole, **lack}), 400, [NO_REMOVAL])
        self.assert_json(self.service.post(REMOVE), 400, [NO_REMOVAL])
        known = whole['cautionaryAlertIds'][0]
        for fails in ({'cautionaryAlertIds': None}, {'cautionaryAlertIds': [known, SOMEBODY]}, {'cautionaryAlertIds': [known, 'x']}, {'contactId': BEN},
                      {'contactId': 'x'}):
            self.assert_failed(self.service.post(REMOVE, {**whole, **fails}), 'array')
        self.assertEqual((len(self.alerts()), self.flags()), (1, ('oh', '-h')))

    def test_flags_follow_the_alerts(self):
        self.create(ADA)
        self.assertEqual(self.flags(), ('oh', '-h'))
        self.create(BEN, codes=(12,))
        self.assertEqual(self.flags(), ('oh', 'oh'))
        of_ada, of_ben = (alert['cautionaryAlertId'] for alert in self.alerts())
        self.remove(ADA, [of_ada], ends='True')
        self.assertEqual(self.flags(), ('-h', 'oh'))
        self.create(ADA)
        self.remove(ADA, [self.alerts()[1]['cautionaryAlertId']], ends=False)
        self.assertEqual(self.flags(), ('oh', 'oh'))
        self.create(ADA)
        self.remove(ADA, [self.alerts()[1]['cautionaryAlertId']])
        self.remove(BEN, [of_ben])
        self.assertEqual((self.flags(), self.alerts()), (('--', '--'), []))

    def test_the_home_stays_flagged_while_the_only_one_flagged_is_somebody_else(self):
        self.create(ADA, codes=('3', '12'))
        self.create(BEN)
        first, second = (alert['cautionaryAlertId'] for alert in self.alerts() if alert['contactId'] == ADA)
        for alert in (first, second):
            self.remove(ADA, [alert])
            self.assertEqual(self.flags(), ('-h', 'oh'))

    def test_imported_alerts_raise_flags(self):
        alert = {'alert_uuid': IMPORTED, 'person_uuid': BEN, 'uprn': UPRN, 'type_code': '3', 'created_at': '2026-02-03T10:11:12Z'}
        self.import_files({'alerts.csv': [alert]})
        self.assertEqual(self.flags(), ('-h', 'oh'))
        self.import_files({'alerts.csv': [{**alert, 'type_code': '9'}]})
        self.assertEqual(self.alerts(), [{'cautionaryAlertType': '9', 'cautionaryAlertId': IMPORTED, 'contactId': BEN, 'contactName': "Ben O'Sample",
                                          'uprn': UPRN, 'createdOn': '2026-02-03 10:11:12'}])
        self.import_files({'alerts.csv': [{**alert, 'person_uuid': SOMEBODY}]}, status=1)

    def test_what_is_warned_of_is_sealed(self):
        self.create(codes=('a rare and telling code',))
        with self.server.offline() as database:
            stored = database.execute('SELECT type_code FROM alert').fetchall()
        self.assertEqual(len(stored), 1)
        self.assertNotIn(b'telling', stored[0][0])
        self.assertEqual(self.alerts()[0]['cautionaryAlertType'], 'a rare and telling code')
