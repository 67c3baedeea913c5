"""Search, heartbeat, maintenance mode, and what every answer carries."""
import csv
import unittest

from support.case import ApiTest

SEARCH = '/api/search'
HEARTBEAT = '/api/system/heartbeat'
JOBS = ('Boiler service', 'Boiler replacement', 'Leaking tap')


class System(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.server.folder / 'import'
        folder.mkdir()
        with open(folder / 'jobs.csv', 'w', encoding='utf-8', newline='') as file:
            rows = [(f'22222222-2222-4222-8222-22222222222{turn}', f'JOB-{turn}', title, 'Assigned', '2031-02-01T09:00:00Z', '2031-02-01T09:00:00Z')
                    for turn, title in enumerate(JOBS)]
            csv.writer(file).writerows([('job_uuid', 'job_reference', 'title', 'status', 'created_at', 'updated_at'), *rows])
        cls.server.command('import', str(folder))

    # Search

    def test_jobs_are_found_by_title_and_reference(self):
        for query, titles in (('boiler', JOBS[1::-1]), ('BOILER serv', JOBS[:1]), ('job-2', JOBS[2:]), ('no such thing', ())):
            answer = self.assert_ok(self.officer.get(SEARCH, q=query))
            self.assertEqual([job['job_title'] for job in answer.data['jobs']], list(titles), query)
            self.assertEqual(answer.json['query'], query)
        job = self.officer.get(SEARCH, q='leaking').data['jobs'][0]
        self.assertEqual((job['uuid'], job['job_ref'], job['status_name']), ('22222222-2222-4222-8222-222222222222', 'JOB-2', 'Assigned'))

    def test_users_are_found_by_name_and_shown_by_name_only(self):
        users = self.assert_ok(self.officer.get(SEARCH, q='sam view')).data['users']
        self.assertEqual([(user['first_name'], user['last_name']) for user in users], [('Sam', 'Viewer')])

    def test_tenants_are_not_found_here(self):
        self.create_tenant('Hidden Renter', tenant_email='hidden@mail.example')
        for query in ('hidden', 'renter', 'hidden@mail.example'):
            self.assertEqual(self.assert_ok(self.admin.get(SEARCH, q=query)).data, {'jobs': [], 'users': [], 'branches': [], 'settings': []})

    def test_types_and_limit_narrow_the_answer(self):
        for types, names in (('jobs', {'jobs'}), ('users, jobs', {'users', 'jobs'}), ('branches,settings', {'branches', 'settings'}), ('', {'jobs', 'users', 'branches', 'settings'})):
            self.assertEqual(self.assert_ok(self.officer.get(SEARCH, q='boiler', types=types)).data.keys(), names)
        self.assertEqual(len(self.assert_ok(self.officer.get(SEARCH, q='boiler', limit=1)).data['jobs']), 1)
        self.assertEqual(len(self.assert_ok(self.officer.get(SEARCH, q='sam', limit=3)).data['users']), 3)

    def test_a_search_refuses_what_is_missing_or_malformed(self):
        for query in ({}, {'q': ''}, {'q': 'x'}, {'q': '𝒵'}, {'q': 'x' * 201}):
            self.assert_invalid(self.officer.get(SEARCH, **query), 'q')
        for types in ('tenants', 'jobs,tenants', 'jobs,,users', 'JOBS', ','):
            self.assert_invalid(self.officer.get(SEARCH, q='boiler', types=types), 'types')
        for limit in (0, 51, 'x'):
            self.assert_invalid(self.officer.get(SEARCH, q='boiler', limit=limit), 'limit')

    # Heartbeat and maintenance

    def test_the_heartbeat_answers_anybody(self):
        for client in (self.server.client(), self.server.client('0' * 64), self.officer):
            self.assert_done(client.get(HEARTBEAT))
            self.assert_done(client.get(HEARTBEAT, health_check=1))
        self.assertEqual(self.server.client().request('HEAD', HEARTBEAT).status, 200)

    def test_the_heartbeat_tells_whether_credentials_are_good(self):
        cookies = self.server.log_in('records@lettings.example', remember_me=False).cookies()
        for client, valid in ((self.server.client(), False), (self.server.client('0' * 64), False), (self.officer, True),
                              (self.server.client(Cookie=f'DYNAMO_SESSION={cookies["DYNAMO_SESSION"]}'), True)):
            for body in ({}, {'json': {}}, {'form': {}}):
                self.assertEqual(self.assert_ok(client.request('POST', HEARTBEAT, **body)).json['valid'], valid)
        ended = self.server.client_of('service@lettings.example')
        self.assert_ok(ended.get('/logout'))
        self.assertIs(self.assert_ok(ended.request('POST', HEARTBEAT)).json['valid'], False)

    def test_maintenance_mode_is_told_to_anybody(self):
        self.assertEqual(self.assert_ok(self.server.client().get('/api/system/maintenance-mode')).data, {'enabled': False})

    # What every answer carries

    def test_the_request_id_leads_to_the_line_in_the_log(self):
        answer = self.officer.get('/api/tenants/manage', action='get', id=4711)
        with self.server.offline():  # lines are written in batches, and the last when the server stops
            pass
        (line,) = [line for line in self.server.log().splitlines() if answer.header('X-Request-Id') in line]
        for part in ('"method":"GET"', '"path":"/api/tenants/manage"', '"status":404'):
            self.assertIn(part, line)

    def test_every_request_has_an_id_of_its_own(self):
        ids = [self.server.client().get(HEARTBEAT).header('X-Request-Id') for _ in range(20)]
        self.assertEqual(len(set(ids)), 20)

    def test_the_database_takes_no_longer_than_the_whole(self):
        for answer in (self.officer.get('/api/tenants/manage', action='list'), self.officer.post('/api/tenants/manage', {'tenant_name': 'Ti Ming'})):
            self.assertTrue(0 < float(answer.header('X-DB-Query-Time-ms')) <= float(answer.header('X-Response-Time-ms')))


class RateLimit(ApiTest):
    roles = ('viewer',)
    settings = {'TENANTRY_RATE_LIMIT': '20'}

    def test_requests_beyond_the_limit_wait_for_the_next_minute(self):
        client = self.server.client()
        remaining, answer = [], client.get(HEARTBEAT)
        for _ in range(45):  # should a new minute begin meanwhile, the count does too
            self.assertEqual(answer.header('X-RateLimit-Limit'), '20')
            if answer.status == 429:
                break
            remaining.append(int(answer.header('X-RateLimit-Remaining')))
            answer = client.get(HEARTBEAT)
        self.assert_refused(answer, 429, 'Too many requests; try again shortly')
        self.assertEqual(answer.header('X-RateLimit-Remaining'), '0')
        self.assertTrue(1 <= int(answer.header('Retry-After')) <= 60)
        self.assertEqual(remaining[-20:], list(range(19, -1, -1)))
        self.assertEqual(self.server.client('0' * 64).get('/api/users/permissions').status, 429)


if __name__ == '__main__':
    unittest.main()
