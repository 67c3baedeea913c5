"""Holds every answer against docs/openapi/propops.yaml: its path, method, status, headers and body, and its action where
the operation has several. An accepted request is held to the description, too: nothing undocumented can be relied on.
"""
import functools
import json
import pathlib

import jsonschema
import yaml

DESCRIPTION = pathlib.Path(__file__).parents[2] / 'docs' / 'openapi' / 'propops.yaml'
TRANSPORT_HEADERS = {'content-type', 'content-length', 'date', 'connection'}


def unique_members(pairs):
    members = dict(pairs)
    assert len(members) == len(pairs), f'a member stands twice in {pairs}'
    return members


class Contract:
    def __init__(self, description):
        self.description = description
        self._operations = {(method, path): operation for method, path, operation in self.operations()}
        self._resolver = jsonschema.RefResolver('', description)

    @classmethod
    @functools.cache
    def load(cls):
        with open(DESCRIPTION, encoding='utf-8') as file:
            return cls(yaml.load(file, Loader=yaml.CSafeLoader))

    def operations(self):
        """(method, path, operation) for each."""
        for path, item in self.description['paths'].items():
            for method, operation in item.items():
                yield method.upper(), path, operation

    def check(self, exchange):
        try:
            self._check(exchange)
        except AssertionError as failure:
            raise AssertionError(f'{exchange}\nis not as docs/openapi/propops.yaml says: {failure}') from None

    def _check(self, exchange):
        operation = self._operation_of(exchange)
        response = self._response_of(operation, exchange.status)
        self._check_headers(exchange, response)
        if exchange.method == 'HEAD':
            assert exchange.body == b'', 'a HEAD has a body'
            return
        assert int(exchange.header('Content-Length')) == len(exchange.body), 'Content-Length is wrong'
        content_type = exchange.header('Content-Type')
        if content_type in response['content'] and content_type != 'application/json':
            return  # a page or an archive, which the test itself looks into
        assert content_type == 'application/json; charset=utf-8', f'Content-Type is {content_type}'
        body = json.loads(exchange.body.decode('utf-8'), object_pairs_hook=unique_members)
        self._validate(response['content']['application/json']['schema'], body, 'the answer')
        if exchange.status == 200:
            action = self._action_of(operation, exchange)
            if action is not None:
                self._validate({'$ref': '#/components/schemas/' + action['answer']}, body, 'the answer of the action')
            self._check_request(operation, action, exchange)

    def _operation_of(self, exchange):
        method = 'GET' if exchange.method == 'HEAD' else exchange.method
        operation = self._operations.get((method, exchange.path))
        assert operation is not None or exchange.status != 200, 'no such operation is described'
        return operation or {'responses': {}}

    def _response_of(self, operation, status):
        response = operation['responses'].get(str(status)) or self.description['x-anywhere'].get(str(status))
        assert response is not None, f'status {status} is not described'
        return self._resolved(response)

    def _check_headers(self, exchange, response):
        for name, header in response['headers'].items():
            header = self._resolved(header)
            values = exchange.header_values(name)
            assert values or not header['required'], f'{name} is missing'
            assert len(values) <= 1 or name == 'Set-Cookie', f'{name} is there {len(values)} times'
            for value in values:
                kind = {'integer': int, 'number': float}.get(header['schema'].get('type'), str)
                self._validate(header['schema'], kind(value), name)
        known = {name.lower() for name in response['headers']} | TRANSPORT_HEADERS
        unknown = [name for name, _ in exchange.headers if name.lower() not in known]
        assert not unknown, f'headers {unknown} are not described'

    @staticmethod
    def _action_of(operation, exchange):
        actions = operation.get('x-actions')
        if actions is None:
            return None
        sent = exchange.sent if isinstance(exchange.sent, dict) else {}
        name = sent.get('action') or exchange.query.get('action')
        if name is None:
            return next(action for action in actions.values() if action.get('default'))
        return actions[name]

    def _check_request(self, operation, action, exchange):
        parameters = [self._resolved(parameter) for parameter in operation.get('parameters', [])]
        known = {parameter['name']: parameter['schema'] for parameter in parameters if parameter['in'] == 'query'}
        if action is not None and 'query' in action:
            known = {name: known[name] for name in {'action', *action['query']} if name in known}
        unknown = exchange.query.keys() - known.keys()
        assert not unknown, f'parameters {unknown} are not described'
        content = operation.get('requestBody', {'content': {}})['content']
        if exchange.sent is not None:
            assert exchange.content_type in content, f'{exchange.content_type} is not described'
            if exchange.content_type == 'application/json':
                whole = {**{k: v for k, v in exchange.query.items() if k == 'action'}, **exchange.sent}
                self._validate(content['application/json']['schema'], whole, 'the request')

    def _resolved(self, item):
        while '$ref' in item:
            item = self._resolver.resolve(item['$ref'])[1]
        return item

    def _validate(self, schema, value, what):
        validator = jsonschema.Draft202012Validator(schema, resolver=self._resolver)
        failure = jsonschema.exceptions.best_match(validator.iter_errors(value))
        if failure is not None:
            raise AssertionError(f'{what}: {failure.message} at {list(failure.absolute_path)}')
