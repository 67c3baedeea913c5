"""The way in: tokens, paths, methods, probes (contract sections 1, 2, 4.13)."""
import time

from support.hackney import SECRET, HackneyTest, sign, token

NOW = int(time.time())


class TheWayIn(HackneyTest):
    roles = ('officer', 'viewer')

    def test_the_health_check_needs_no_token(self):
        self.assert_json(self.client_with(None).get('/api/v1/healthcheck/ping'), 200, '{"success":true}')

    def test_values_are_the_sign_of_life_that_clients_look_for(self):
        self.assert_json(self.service.get('/Values'), 200, '["value1","value2"]')

    def test_the_configuration_is_shown_to_nobody(self):
        for client in (self.service, self.as_token('admin'), self.client_with(None)):
            for name in ('environment-variables', 'api-configuration'):
                self.assert_json(client.get('/api/config/' + name), 401, '{"code":401,"message":"This is method is disabled"}')

    def test_paths_are_read_in_any_case_and_under_the_gateways_prefix(self):
        for path in ('/values', '/VALUES', '/Values/', '/manageatenancy/Values', '/ManageATenancy/values/'):
            self.assertEqual(self.service.get(path).status, 200, path)
            self.assertEqual(self.service.request('HEAD', path).status, 200, path)

    def test_a_wrong_method_and_an_unknown_path_are_not_found(self):
        for client in (self.service, self.client_with(None)):
            for method, path in (('POST', '/Values'), ('DELETE', '/v1/Accounts'), ('GET', '/v1'), ('GET', '/v1/Nothing'), ('GET', '/v2/x'),
                                 ('PUT', '/api/v1/healthcheck/ping'), ('GET', '/manageatenancy/x'), ('PATCH', '/api/config/x')):
                answer = client.request(method, path)
                self.assert_empty(answer, 404)
                self.assertIsNone(answer.header('Allow'))

    def test_who_has_no_token_or_a_bad_one_is_told_so_without_a_body(self):
        answer = self.client_with(None).get('/Values')
        self.assert_empty(answer, 401)
        self.assertEqual(answer.header('WWW-Authenticate'), 'Bearer')
        bad = [token(seconds=-301), sign({'exp': NOW + 99}, secret='another secret of some length'), sign({}), sign({'exp': NOW + 99, 'nbf': NOW + 999}),
               sign({'exp': NOW + 99}, header={'alg': 'none'}), 'x', 'a.b.c', '..', token()[:-1]]
        for one in bad:
            answer = self.client_with(one).get('/Values')
            self.assert_empty(answer, 401)
            self.assertEqual(answer.header('WWW-Authenticate'), 'Bearer error="invalid_token"')
        self.assert_empty(self.client_with(None).request('GET', '/Values', headers={'Authorization': 'Basic ' + SECRET}), 401)

    def test_a_clock_that_is_a_little_off_does_not_matter(self):
        self.assertEqual(self.client_with(token(seconds=-200)).get('/Values').status, 200)
        self.assertEqual(self.client_with(token(nbf=NOW + 200)).get('/Values').status, 200)

    def test_the_bearer_token_of_the_tenants_api_counts_but_no_cookie(self):
        signed_in = self.as_role('officer').token
        self.assertEqual(self.client_with(signed_in).get('/Values').status, 200)
        self.assert_empty(self.client_with(None).request('GET', '/Values', headers={'Cookie': 'DYNAMO_SESSION=' + signed_in}), 401)

    def test_a_signed_token_opens_nothing_of_the_tenants_api(self):
        client = self.server.client(token())
        self.assertEqual(client.get('/api/tenants/list').status, 401)

    def test_the_command_prints_a_token_that_holds(self):
        printed = self.server.command('token', '--role', 'viewer', '--days', '2', '--subject', 'night job').strip()
        self.assertEqual(self.client_with(printed).get('/Values').status, 200)

    def test_other_sites_may_ask(self):
        answer = self.client_with(None).request('OPTIONS', '/Values', headers={'Origin': 'https://officers.example'})
        self.assert_empty(answer, 204)
        self.assertEqual(answer.header('Access-Control-Allow-Origin'), '*')
        self.assertIn('Authorization', answer.header('Access-Control-Allow-Headers'))
        self.assertIsNone(answer.header('Access-Control-Allow-Credentials'))
        self.assertEqual(self.service.get('/Values').header('Access-Control-Allow-Origin'), '*')
