"""Case notes: what was said and done about a job, signed by whoever wrote it."""
import unittest

from support.case import BAD_CSRF, DONE, NOBODY, NOT_PERMITTED, NOT_SIGNED_IN, ApiTest

JOBS = '/api/jobs/manage'
NOTES = '/api/jobs/case-notes'
KEYS = ['ID', 'uuid', 'job_id', 'note_text', 'created_by_name', 'send_email', 'attachments_count', 'created_at']


class CaseNotes(ApiTest):
    def create_job(self, **members):
        return self.assert_ok(self.officer.post(JOBS, {
            'job_title': 'Leaking tap', 'job_description': 'Kitchen', 'priority_id': 3, 'status_id': 1, 'job_type_id': 1,
            'address_id': self.create_address()['ID'], **members})).data

    def write(self, job, text='Rang twice', **members):
        return self.assert_ok(self.officer.post(NOTES, {'job_uuid': job['uuid'], 'note_text': text, **members})).json

    def notes(self, job, **query):
        return self.assert_ok(self.officer.get(NOTES, action='list', job_uuid=job['uuid'], **query)).json

    def test_a_note_is_answered_by_its_number_and_listed_whole(self):
        job = self.create_job()
        for members, sent in (({}, False), ({'send_email': True}, True), ({'send_email': '0', 'action': 'create'}, False), ({'send_email': None}, False)):
            text = 'O’Brien’s at "no. 11" has the key\n\tsecond line 🔑'
            answer = self.write(job, text, **members)
            self.assertEqual(list(answer), ['success', 'note_id', 'message'])
            listed = self.notes(job)
            note = listed['data'][-1]
            self.assertEqual(list(note), KEYS)
            self.assertEqual(note, {'ID': answer['note_id'], 'uuid': note['uuid'], 'job_id': job['ID'], 'note_text': text, 'created_by_name': 'Sam Officer', 'send_email': sent,
                                    'attachments_count': 0, 'created_at': note['created_at']})
        form = self.assert_ok(self.officer.post(NOTES, form={'job_uuid': job['uuid'], 'note_text': 'From a form', 'send_email': 'true'})).json['note_id']
        self.assertEqual((self.notes(job)['data'][-1]['ID'], self.notes(job)['data'][-1]['send_email']), (form, True))

    def test_no_letter_leaves_for_a_note(self):
        job = self.create_job()
        self.write(job, send_email=True)
        with self.server.offline() as database:
            self.assertEqual(database.execute('SELECT count(*) FROM mail').fetchone(), (0,))
        self.assertFalse((self.server.data / 'outbox').exists() and list((self.server.data / 'outbox').iterdir()))

    def test_notes_are_signed_with_the_callers_name(self):
        job = self.create_job()
        for role in ('service', 'admin', 'manager', 'officer'):
            self.assert_ok(self.as_role(role).post(NOTES, {'job_uuid': job['uuid'], 'note_text': 'Seen', 'created_by_name': 'Some Body Else'}))
        self.assertEqual([note['created_by_name'] for note in self.notes(job)['data']], ['Sam Service', 'Sam Admin', 'Sam Manager', 'Sam Officer'])

    def test_notes_are_listed_in_order_and_paged(self):
        job, other = self.create_job(), self.create_job()
        self.assertEqual(self.notes(job), {'success': True, 'data': [], 'count': 0, 'total': 0, 'total_is_exact': True, 'message': DONE})
        ids = [self.write(job, f'Note {turn}')['note_id'] for turn in range(5)]
        self.write(other, 'Elsewhere')
        whole = self.notes(job)
        self.assertEqual(([note['ID'] for note in whole['data']], whole['count'], whole['total']), (ids, 5, 5))
        page = self.notes(job, limit=2, offset=3)
        self.assertEqual(([note['ID'] for note in page['data']], page['count'], page['total']), (ids[3:], 2, 5))
        beyond = self.notes(job, offset=9)
        self.assertEqual((beyond['data'], beyond['count'], beyond['total']), ([], 0, 5))
        for name, value in (('limit', 0), ('limit', 201), ('offset', -1)):
            self.assert_invalid(self.officer.get(NOTES, action='list', job_uuid=job['uuid'], **{name: value}), name)

    def test_what_is_missing_or_malformed_is_refused(self):
        job = self.create_job()
        sound = {'job_uuid': job['uuid'], 'note_text': 'Rang twice'}
        for name, values in {'job_uuid': (None, '', 'x', 5), 'note_text': (None, '', ' \n', 5, [], 'x' * 10_001, 'a\x00b', 'bell\x07'), 'send_email': ('x', 2, [])}.items():
            for value in values:
                answer = self.officer.post(NOTES, {**sound, name: value})
                if value == 'a\x00b':
                    self.assertEqual(answer.status, 400)
                else:
                    self.assert_invalid(answer, name)
        for name in sound:
            self.assert_invalid(self.officer.post(NOTES, {key: value for key, value in sound.items() if key != name}), name)
        self.assert_invalid(self.officer.post(NOTES, {**sound, 'action': 'delete'}), 'action')
        self.assert_refused(self.officer.post(NOTES, {**sound, 'job_uuid': NOBODY}), 404, 'No such job')
        self.assertEqual(self.notes(job)['count'], 0)
        self.write(job, 'x' * 10_000)
        self.assertEqual(len(self.notes(job)['data'][0]['note_text']), 10_000)
        for query, name in (({'job_uuid': job['uuid']}, 'action'), ({'action': 'get', 'job_uuid': job['uuid']}, 'action'), ({'action': 'list'}, 'job_uuid'),
                            ({'action': 'list', 'job_uuid': 'x'}, 'job_uuid')):
            self.assert_invalid(self.officer.get(NOTES, **query), name)
        self.assert_refused(self.officer.get(NOTES, action='list', job_uuid=NOBODY), 404, 'No such job')

    def test_whoever_may_not_is_refused(self):
        job = self.create_job()
        sound = {'job_uuid': job['uuid'], 'note_text': 'Rang twice'}
        self.assert_refused(self.server.client().get(NOTES, action='list', job_uuid=job['uuid']), 401, NOT_SIGNED_IN)
        self.assert_refused(self.server.client().request('POST', NOTES, json=sound), 401, NOT_SIGNED_IN)
        self.assert_refused(self.officer.request('POST', NOTES, json=sound), 403, BAD_CSRF)
        for role in ('records', 'viewer'):
            self.assert_refused(self.as_role(role).get(NOTES, action='list', job_uuid=job['uuid']), 403, NOT_PERMITTED)
            self.assert_refused(self.as_role(role).post(NOTES, sound), 403, NOT_PERMITTED)
            self.assert_ok(self.as_role(role).get(JOBS, action='get', uuid=job['uuid']))
        self.assertEqual(self.notes(job)['count'], 0)

    def test_a_damaged_note_is_left_out_and_reported(self):
        job = self.create_job()
        broken, sound = self.write(job, 'Broken')['note_id'], self.write(job, 'Sound')['note_id']
        with self.server.offline() as database:
            database.execute('UPDATE case_note SET send_email = 1 WHERE id = ?', (broken,))
        listed = self.notes(job)
        self.assertEqual(([note['ID'] for note in listed['data']], listed['count'], listed['total']), ([sound], 1, 2))
        self.wait_for_activity(lambda entry: entry['resource_id'] == broken and entry['outcome'] == 'failed', action='case_note.damaged')
        with self.server.offline() as database:
            database.execute('UPDATE case_note SET send_email = 0 WHERE id = ?', (broken,))

    def test_writing_and_reading_name_whom_the_job_is_for(self):
        tenant = self.create_tenant('Not Ed')
        job = self.create_job(tenants_ids=[tenant['ID']])
        note = self.write(job)['note_id']
        self.notes(job)
        self.wait_for_activity(lambda entry: entry['resource_id'] == job['ID'], action='case_note.listed')
        with self.server.offline() as database:
            rows = database.execute("SELECT action, resource_id FROM audit_event WHERE action LIKE 'case_note.%' AND person_id = ? ORDER BY id", (tenant['ID'],)).fetchall()
        self.assertEqual(rows, [('case_note.created', note), ('case_note.listed', job['ID'])])


if __name__ == '__main__':
    unittest.main()
