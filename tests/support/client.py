"""One keep-alive connection to the server, with its credentials. Every answer is held against the API's description."""
import dataclasses
import http.client
import json as json_text
import urllib.parse

# What these parameters carry must never reach a log.
PERSONAL = {'tenant_name', 'tenant_email', 'tenant_number_primary', 'tenant_number_work', 'search', 'first_name', 'last_name',
            'email', 'phone', 'username', 'password', 'token', 'csrf_token', 'q', 'reason'}
SECRET = {'token', 'session_token', 'csrf_token'}
# What every answer carries, whatever it is.
SECURITY_HEADERS = {'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'no-referrer',
                    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains', 'Cross-Origin-Opener-Policy': 'same-origin',
                    'Cross-Origin-Resource-Policy': 'same-origin'}
SECURITY_POLICY = {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}


def check_security_headers(header, about):
    """header(name) is the value of that header, or None."""
    for name, value in SECURITY_HEADERS.items():
        assert header(name) == value, f'{name} of {about}'
    policy = set((header('Content-Security-Policy') or '').split('; '))
    assert SECURITY_POLICY <= policy, f'{policy} of {about}'


@dataclasses.dataclass
class Exchange:
    """A request and its answer."""
    method: str
    path: str
    query: dict
    content_type: str
    sent: object  # the members of the body, where it is JSON or a form; else None
    status: int
    headers: list
    body: bytes

    @property
    def json(self):
        return json_text.loads(self.body)

    @property
    def data(self):
        return self.json['data']

    @property
    def error(self):
        return self.json['error']

    def header(self, name):
        """The only header of that name, or None."""
        values = self.header_values(name)
        assert len(values) <= 1, f'{name} is there {len(values)} times'
        return values[0] if values else None

    def header_values(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def cookies(self):
        return dict(line.split(';')[0].split('=', 1) for line in self.header_values('Set-Cookie'))

    def __str__(self):
        return f'{self.method} {self.path} {self.query}: {self.status} {self.body.decode(errors="replace")}'


class Client:
    def __init__(self, server, token, headers):
        self.server = server
        self.token = token
        self.headers = headers
        self._connection = None

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def request(self, method, path, query=None, json=None, form=None, body=None, content_type=None, headers=None):
        """Sends the request as it is told: no CSRF token is added. The query is a dict, or a text as it shall be sent."""
        sent = None
        if json is not None:
            sent, body, content_type = json, json_text.dumps(json, ensure_ascii=False).encode(), 'application/json'
        elif form is not None:
            sent, body = form, urllib.parse.urlencode(form).encode()
            content_type = 'application/x-www-form-urlencoded'
        lines = {**self.headers, **(headers or {})}
        if self.token is not None:
            lines.setdefault('Authorization', 'Bearer ' + self.token)
        if content_type is not None:
            lines['Content-Type'] = content_type
        raw_query = query if isinstance(query, str) else urllib.parse.urlencode(query or {})
        asked = query if isinstance(query, dict) else dict(urllib.parse.parse_qsl(query or '', keep_blank_values=True))
        for values in (asked, sent if isinstance(sent, dict) else {}):
            self.server.plant(*(str(value) for name, value in values.items() if name in PERSONAL and value is not None))
        response, answer = self._exchange(method, path + ('?' + raw_query if raw_query else ''), body, lines)
        exchange = Exchange(method, path, asked, content_type, sent, response.status, response.getheaders(), answer)
        self._plant_secrets(exchange)
        self.server.exchanges.append(exchange)
        check_security_headers(exchange.header, exchange)
        self.server.contract.check(exchange)
        return exchange

    def get(self, path, **query):
        return self.request('GET', path, query)

    def csrf(self):
        answer = self.get('/api/security/csrf-token')
        assert answer.status == 200, str(answer)
        return answer.data['token']

    def post(self, path, members=None, **options):
        return self.write('POST', path, members, **options)

    def put(self, path, members=None, **options):
        return self.write('PUT', path, members, **options)

    def delete(self, path, members=None, **options):
        return self.write('DELETE', path, members, **options)

    def write(self, method, path, members=None, form=None, query=None):
        """Sends the members as JSON (or the form) with a new CSRF token in the header."""
        return self.request(method, path, query, json=members, form=form, headers={'X-CSRF-Token': self.csrf()})

    def _exchange(self, method, target, body, headers):
        if self._connection is None:
            self._connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60)
        connection = self._connection  # which whoever ends the server may close meanwhile
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            answer = response.read()
        except BaseException:
            self.close()
            raise
        if response.will_close:
            self.close()
        return response, answer

    def _plant_secrets(self, exchange):
        if exchange.status == 200 and exchange.body and exchange.header('Content-Type').startswith('application/json'):
            members = exchange.json
            for values in (members, members.get('data')):
                if isinstance(values, dict):
                    self.server.plant(*(values[name] for name in SECRET if name in values))
            self.server.plant(*exchange.cookies().values())
