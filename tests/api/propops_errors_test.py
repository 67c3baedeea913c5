"""What the server says to requests that are malformed, too large, or meant for nobody; and that none of it reaches the log."""
import unittest

from support.case import NOT_SIGNED_IN, ApiTest

MANAGE = '/api/tenants/manage'
NOT_JSON = 'The text is not valid JSON'
NOT_UTF8 = 'A parameter is not valid UTF-8 text'
TWICE = 'A parameter is given twice with different values'
PERCENT = 'A percent sign is not followed by two hexadecimal digits'
FORM = 'application/x-www-form-urlencoded'


class Errors(ApiTest):
    roles = ('officer', 'viewer')

    def post(self, body, content_type='application/json', query=None):
        return self.officer.request('POST', MANAGE, query, body=body, content_type=content_type, headers={'X-CSRF-Token': self.officer.csrf()})

    # Bodies

    def test_malformed_json_is_refused(self):
        for body in (b'{', b'}', b'nul', b'{"tenant_name":}', b'{"tenant_name":"A B",}', b'{"tenant_name":"A B"}x', b'{"tenant_name":"A B"}{}', b"{'tenant_name':'A B'}",
                     b'{tenant_name:"A B"}', b'\xef\xbb\xbf{"tenant_name":"A B"}', b'{"version":01}', b'{"version":+1}', b'{"version":NaN}', b'{"version":1.}',
                     b'{"tenant_name":"A\tB"}', b'{"tenant_name":"A\\xB"}', b'{"tenant_name":"A B"/* no */}', b'[' * 100_000, b'{"a":' * 33 + b'1' + b'}' * 33):
            self.assert_refused(self.post(body), 400, NOT_JSON)

    def test_a_member_that_stands_twice_is_refused(self):
        self.assert_refused(self.post(b'{"tenant_name":"A B","tenant_name":"A B"}'), 400, NOT_JSON)
        self.assert_refused(self.post(b'{"tenant_name":"A B","x":{"y":1,"y":1}}'), 400, NOT_JSON)
        self.assert_refused(self.post(b'{"tenant_name":"A B","tenant\\u005fname":"C D"}'), 400, NOT_JSON)

    def test_text_that_is_no_unicode_is_refused(self):
        for text in (b'\xff', b'\xc3', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xf0\x9f\x99', b'\\ud800', b'\\udc00\\ud800', b'\\ud83dx', b'\\u0000'):
            self.assert_refused(self.post(b'{"tenant_name":"A ' + text + b' B"}'), 400, NOT_JSON)
        for text in (b'%ff', b'%c3', b'%00', b'%ed%a0%80', b'\xff'):
            self.assert_refused(self.post(b'tenant_name=A' + text, FORM), 400, NOT_UTF8)
            if text != b'\xff':
                self.assert_refused(self.officer.request('GET', MANAGE, 'action=list&search=A' + text.decode()), 400, NOT_UTF8)
        self.assertEqual(self.assert_ok(self.post('{"tenant_name":"\\ud83d\\ude42 Smiley"}'.encode())).data['tenant_name'], '🙂 Smiley')

    def test_a_body_that_is_no_object_is_refused(self):
        for body in (b'[]', b'["tenant_name","A B"]', b'"tenant_name"', b'5', b'null', b'true'):
            self.assert_refused(self.post(body), 400, 'The request body must be a JSON object')

    def test_an_empty_body_says_nothing(self):
        for content_type in ('application/json', FORM, None):
            self.assert_invalid(self.post(b'', content_type), 'tenant_name')

    def test_numbers_beyond_their_range_are_refused(self):
        for number in (b'1e2', b'1.5', b'-1', b'0', b'9007199254740992', b'9223372036854775808', b'1e400', b'123456789012345678901234567890'):
            answer = self.post(b'{"tenant_name":"A B","tenant_address_id":' + number + b'}')
            self.assertEqual((answer.status, answer.error in (NOT_JSON, 'Invalid or missing required parameter: tenant_address_id')), (400, True), str(answer))

    def test_malformed_forms_and_queries_are_refused(self):
        for text in ('%', '%4', '%zz', 'A%', '%u0041'):
            self.assert_refused(self.post(f'tenant_name={text}'.encode(), FORM), 400, PERCENT)
            self.assert_refused(self.officer.request('GET', MANAGE, f'action=list&search={text}'), 400, PERCENT)
        many = '&'.join(f'field{turn}=x' for turn in range(201))
        self.assert_refused(self.post(many.encode(), FORM), 400, 'More than 200 fields')
        self.assert_refused(self.officer.request('GET', MANAGE, many), 400, 'More than 200 fields')

    def test_only_json_and_forms_are_read(self):
        for content_type in ('text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonp', 'json', '', None):
            self.assert_refused(self.post(b'{"tenant_name":"A B"}', content_type), 415, 'The media type of the request body is not supported')
        for content_type in ('application/json; charset=utf-8', 'Application/JSON', 'application/json ;charset=UTF-8'):
            self.assert_ok(self.post(b'{"tenant_name":"A B"}', content_type))

    # The same twice

    def test_a_value_given_twice_must_be_the_same(self):
        ask = lambda query: self.officer.request('GET', MANAGE, query)
        for query in ('action=list&action=get', 'action=list&limit=1&limit=2', 'action=list&active=1&active=0'):
            self.assert_refused(ask(query), 400, TWICE)
        self.assert_ok(ask('action=list&action=list&limit=1&limit=1'))
        self.assert_refused(self.post(b'{"action":"update","tenant_name":"A B"}', query={'action': 'create'}), 400, TWICE)
        self.assert_refused(self.post(b'action=create&action=delete&tenant_name=A+B', FORM), 400, TWICE)
        self.assert_ok(self.post(b'{"action":"create","tenant_name":"A B"}', query={'action': 'create'}))

    # Where nobody is

    def test_an_unknown_path_is_not_found_whoever_asks(self):
        for client in (self.server.client(), self.officer):
            for path in ('/api', '/api/', '/api/tenants', '/api/tenants/manage/', '/api/tenants/Manage', '/api/tenants/manage/4711', '/api/tenants/%6danage',
                         '/logout/', '/etc/passwd', '/api/tenants/gdpr'):
                for method in ('GET', 'POST', 'DELETE'):
                    self.assert_refused(client.request(method, path), 404, 'Not found')

    def test_a_target_that_proxies_may_read_otherwise_is_refused(self):
        for path in ('/api/../api/tenants/manage', '/api/./tenants/manage', '/api//tenants/manage', '/api/%2e%2e/tenants/manage', '/api%2ftenants/manage', '/api/%00', '/api/%ff',
                     '/api/tenants%'):
            self.assert_refused(self.officer.request('GET', path), 400, 'The request is malformed')
        self.assert_refused(self.officer.request('GET', MANAGE, {'action': 'list'}, body=b'{}', content_type='application/json'), 400, 'The request is malformed')

    def test_another_method_is_refused_and_told_which_there_are(self):
        for path, allowed in ((MANAGE, 'GET, HEAD, POST, PUT, DELETE'), ('/api/tenants/list', 'GET, HEAD, POST'), ('/api/auth/login', 'POST'),
                              ('/api/users/permissions', 'GET, HEAD, PUT'), ('/logout', 'GET, HEAD')):
            for method in ('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'BREW', 'get'):
                if method not in allowed.split(', '):
                    answer = self.server.client().request(method, path)
                    self.assertEqual((answer.status, answer.header('Allow')), (405, allowed), str(answer))

    # Too much

    def test_what_is_too_large_is_refused(self):
        self.assert_refused(self.post(b'', query={'search': 'x' * 9000}), 414, 'The request target is too long')
        self.assert_refused(self.officer.request('GET', MANAGE, headers={'X-Long': 'x' * 17_000}), 431, 'The request headers are too large')
        self.assert_refused(self.officer.request('GET', MANAGE, headers={f'X-{turn}': 'x' for turn in range(101)}), 431, 'The request headers are too large')
        self.assert_refused(self.officer.request('POST', MANAGE, body=b'', content_type='application/json', headers={'Content-Length': str((1 << 20) + 1)}), 413,
                            'The request body is too large')
        self.assert_invalid(self.post(b'{"tenant_name":"' + b'x' * 1_000_000 + b'"}'), 'tenant_name')

    def test_an_expectation_that_the_server_does_not_know_is_refused(self):
        self.assert_refused(self.server.client().request('GET', MANAGE, headers={'Expect': 'a miracle'}), 417, 'The expectation cannot be met')

    # The order of the checks

    def test_who_may_not_know_is_not_told_what_is_malformed(self):
        nobody = self.server.client()
        self.assert_refused(nobody.request('POST', MANAGE, body=b'{', content_type='application/json'), 401, NOT_SIGNED_IN)
        self.assert_refused(nobody.request('GET', MANAGE, 'search=%'), 401, NOT_SIGNED_IN)

    # The log

    def test_nothing_that_was_sent_is_in_the_log(self):
        self.server.plant('Canary Birdsong', 'Canary+Birdsong', 'Canary%20Birdsong', 'canary@mail.example', 'Birdsong')
        officer = self.officer
        for query in ('action=list&search=Canary+Birdsong', 'action=get&uuid=Birdsong', 'search=Canary%20Birdsong', 'action=Birdsong', 'Birdsong=1'):
            officer.request('GET', MANAGE, query)
        officer.request('GET', '/api/tenants/Birdsong')
        officer.request('POST', '/Birdsong', body=b'Birdsong', content_type='text/Birdsong')
        officer.request('GET', MANAGE, headers={'User-Agent': 'Birdsong', 'Referer': 'Birdsong', 'X-Request-Id': 'Birdsong', 'Cookie': 'name=Birdsong'})
        self.server.client('Birdsong').get(MANAGE, action='list')
        self.server.log_in('canary@mail.example', 'Canary Birdsong')
        for body in (b'{"Birdsong', b'{"tenant_name":"Birdsong","tenant_email":"Birdsong"}', b'{"tenant_name":"Canary Birdsong","tenant_email":"canary@mail.example"}'):
            self.post(body)
        with self.server.offline():  # stopping reads the log
            self.assertIn('/api/tenants/manage', self.server.log())


if __name__ == '__main__':
    unittest.main()
