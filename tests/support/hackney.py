"""What the cases of the Hackney API share: clients with signed tokens, import folders, and the API's description.

Every answer is held against docs/openapi/hackney.yaml: status, media type, body, and the order of an object's keys, which
must all be there.
"""
import base64
import csv
import functools
import hashlib
import hmac
import http.client
import json as json_text
import pathlib
import re
import shutil
import time
import urllib.parse
import uuid

import jsonschema
import yaml

from support.case import ApiTest
from support.client import Client, Exchange

DESCRIPTION = pathlib.Path(__file__).parents[2] / 'docs' / 'openapi' / 'hackney.yaml'
SECRET = 'the secret that the systems share'
ZERO = '00000000-0000-0000-0000-000000000000'
FAILED = 'We had some problems processing your request'


def sign(claims, secret=SECRET, header=None):
    """A JWT under HS256 of exactly these claims."""
    def encode(data):
        return base64.urlsafe_b64encode(data).rstrip(b'=')
    parts = [encode(json_text.dumps(part).encode()) for part in (header or {'alg': 'HS256', 'typ': 'JWT'}, claims)]
    signature = hmac.new(secret.encode(), b'.'.join(parts), hashlib.sha256).digest()
    return b'.'.join([*parts, encode(signature)]).decode()


def token(role=None, seconds=3600, **claims):
    claims = {'exp': int(time.time()) + seconds, **claims}
    return sign(claims if role is None else {**claims, 'role': role})


def error(developer, user=None):
    """The original's error object."""
    return {'developerMessage': developer, 'userMessage': developer if user is None else user, 'source': None, 'stackTrace': None}


class HackneyContract:
    def __init__(self):
        with open(DESCRIPTION, encoding='utf-8') as file:
            self.description = yaml.load(file, Loader=yaml.CSafeLoader)
        self._resolver = jsonschema.RefResolver('', self.description)
        self._paths = [(re.compile(re.sub(r'\\{\w+\\}', '[^/]+', re.escape(path)), re.IGNORECASE), item)
                       for path, item in self.description['paths'].items()]

    @classmethod
    @functools.cache
    def load(cls):
        return cls()

    def operations(self):
        for path, item in self.description['paths'].items():
            for method, operation in item.items():
                yield method.upper(), path, operation

    def check(self, exchange):
        try:
            self._check(exchange)
        except AssertionError as failure:
            raise AssertionError(f'{exchange}\nis not as docs/openapi/hackney.yaml says: {failure}') from None

    def _check(self, exchange):
        path = re.sub('^/manageatenancy(?=/)', '', exchange.path, flags=re.IGNORECASE)
        path = path[:-1] if path.endswith('/') and len(path) > 1 else path
        exact = [item for pattern, item in self._paths if '[^/]+' not in pattern.pattern and pattern.fullmatch(path)]
        found = exact or [item for pattern, item in self._paths if pattern.fullmatch(path)]
        method = 'get' if exchange.method == 'HEAD' else exchange.method.lower()
        if not found or method not in found[0]:
            assert exchange.status in (204, 404) and exchange.body == b'', 'what is not described is not found'
            return
        response = found[0][method]['responses'].get(str(exchange.status))
        assert response is not None, f'status {exchange.status} is not described'
        response = self._resolved(response)
        if 'content' not in response:
            assert exchange.body == b'', 'the body is not empty'
            assert exchange.status != 401 or exchange.header('WWW-Authenticate').startswith('Bearer')
            return
        (media_type, content), = response['content'].items()
        assert exchange.header('Content-Type') == media_type, f'Content-Type is {exchange.header("Content-Type")}'
        if exchange.method != 'HEAD':
            self._check_body(content['schema'], exchange.json if 'json' in media_type else exchange.body.decode())

    def _check_body(self, schema, body):
        failure = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema, resolver=self._resolver).iter_errors(body))
        if failure is not None:
            raise AssertionError(f'{failure.message} at {list(failure.absolute_path)}')
        self._check_keys(schema, body)

    def _check_keys(self, schema, value):
        """Keys and their order are those of the schema that the value fits."""
        schema = self._resolved(schema)
        for choice in schema.get('oneOf', []):
            if jsonschema.Draft202012Validator(choice, resolver=self._resolver).is_valid(value):
                self._check_keys(choice, value)
        if isinstance(value, dict) and 'properties' in schema:
            assert list(value) == list(schema['properties']), f'the keys are {list(value)}'
            for key, member in value.items():
                self._check_keys(schema['properties'][key], member)
        if isinstance(value, list) and 'items' in schema:
            for member in value:
                self._check_keys(schema['items'], member)

    def _resolved(self, item):
        while '$ref' in item:
            item = self._resolver.resolve(item['$ref'])[1]
        return item


class HackneyClient(Client):
    """Sends what it is told: no CSRF token, the query as a dict or as text, the body as JSON or raw."""

    def request(self, method, path, query=None, json=None, body=None, content_type=None, headers=None):
        if json is not None:
            body, content_type = json_text.dumps(json, ensure_ascii=False).encode(), content_type or 'application/json'
        lines = {**self.headers, **(headers or {})}
        if self.token is not None:
            lines.setdefault('Authorization', 'Bearer ' + self.token)
        if content_type is not None:
            lines['Content-Type'] = content_type
        raw_query = query if isinstance(query, str) else urllib.parse.urlencode(query or {})
        response, answer = self._exchange(method, path + ('?' + raw_query if raw_query else ''), body, lines)
        exchange = Exchange(method, path, query if isinstance(query, dict) else {}, content_type, json, response.status, response.getheaders(), answer)
        HackneyContract.load().check(exchange)
        return exchange

    def get(self, path, **query):
        return self.request('GET', path, query)

    def post(self, path, members=None, **query):
        return self.request('POST', path, query, json=members)

    def put(self, path, members=None, **query):
        return self.request('PUT', path, query, json=members)

    def patch(self, path, members=None, **query):
        return self.request('PATCH', path, query, json=members)

    def delete(self, path, **query):
        return self.request('DELETE', path, query)


class HackneyTest(ApiTest):
    """One server for the class. `files` is its import folder: {'people.csv': [{column: value}, …], …}."""
    roles = ()
    settings = {'TENANTRY_HACKNEY_JWT_SECRET': SECRET}
    files = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.files:
            cls.import_files(cls.files)

    @classmethod
    def import_files(cls, files, status=0):
        """Imports through the running server; what the command says."""
        folder = cls.server.folder / ('import-' + uuid.uuid4().hex)
        folder.mkdir()
        try:
            for name, rows in files.items():
                columns = list(dict.fromkeys(column for row in rows for column in row))
                with open(folder / name, 'w', encoding='utf-8', newline='') as file:
                    writer = csv.DictWriter(file, columns, restval='')
                    writer.writeheader()
                    writer.writerows(rows)
            return cls.server.command('import', str(folder), status=status)
        finally:
            shutil.rmtree(folder)

    def client_with(self, signed):
        client = HackneyClient(self.server, signed, {})
        self.addCleanup(client.close)
        return client

    @property
    def service(self):
        """A client whose token has no role."""
        return self.client_with(token())

    def as_token(self, role):
        return self.client_with(token(role))

    def assert_json(self, answer, status, body):
        """The whole answer, byte for byte where the body is text."""
        if isinstance(body, str):
            self.assertEqual((answer.status, answer.body.decode()), (status, body))
        else:
            self.assertEqual((answer.status, answer.json), (status, body), str(answer))

    def assert_empty(self, answer, status):
        self.assertEqual((answer.status, answer.body), (status, b''), str(answer))

    def assert_refused_with(self, answer, *texts):
        """400 with an error for each text, in order."""
        self.assert_json(answer, 400, [error(text) for text in texts])

    def assert_failed(self, answer, shape):
        """500 (an unknown id, mostly) in the shape 'array', 'object' or 'filter'."""
        self.assertEqual(answer.status, 500, str(answer))
        one = {'array': lambda: answer.json[0], 'object': lambda: answer.json, 'filter': lambda: answer.json['result']}[shape]()
        self.assertEqual(one['userMessage'], 'A server error occurred.' if shape == 'filter' else FAILED)
