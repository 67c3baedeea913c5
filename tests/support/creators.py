"""Clients that create people without end, each call under an Idempotency-Key and repeated until it is answered: what was acknowledged
is there afterwards, and nothing is there twice.
"""
import collections
import http.client
import json
import threading
import time
import uuid

ANSWERS_WITHIN = 5  # seconds
PAUSE = 0.05  # before the same call is sent again
GIVES_UP_AFTER = 60  # seconds that one call may take in all, so that a test ends


class Creator(threading.Thread):
    """Asks one port. Ends after the call that is under way when it is told to, or with a surprise."""

    def __init__(self, number, port, token, csrf, name='Creator'):
        super().__init__(daemon=True)
        self.port = port
        self.headers = {'Authorization': 'Bearer ' + token, 'X-CSRF-Token': csrf, 'Content-Type': 'application/json'}
        self.name_of_all = f'{name}{number}'
        self.connection = None
        self.acknowledged = {}  # uuid by name
        self.given_up = []
        self.attempts = []  # (when it was sent, seconds that the answer took, its status or None)
        self.without_hint = 0  # answers 503 that do not say when to come again
        self.ends = False
        self.surprise = None

    def run(self):
        try:
            while not self.ends:
                self.create(f'{self.name_of_all} No{len(self.acknowledged)}')
        except BaseException as surprise:  # pylint: disable=broad-except
            self.surprise = surprise
        finally:
            self.close()

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def create(self, name):
        key, began = f'"{uuid.uuid4()}"', time.monotonic()
        while time.monotonic() - began < GIVES_UP_AFTER:
            status, body = self.send(name, key)
            if status == 200:
                self.acknowledged[name] = json.loads(body)['data']['uuid']
                return
            if status not in (None, 502, 503):
                raise AssertionError(f'{name}: {status} {body}')
            time.sleep(PAUSE)
        self.given_up.append(name)
        self.ends = True

    def send(self, name, key):
        sent = time.monotonic()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
            self.connection.request('POST', '/api/tenants/manage', json.dumps({'tenant_name': name}), {**self.headers, 'Idempotency-Key': key})
            response = self.connection.getresponse()
            body, status = response.read(), response.status
            if status == 503 and response.getheader('Retry-After') is None:
                self.without_hint += 1
        except (OSError, http.client.HTTPException):  # the server is gone, or went before it answered
            self.close()
            body, status = b'', None
        self.attempts.append((sent, time.monotonic() - sent, status))
        return status, body


class Creators:
    """Several of them, on these ports by turns."""

    def __init__(self, count, ports, token, csrf, name='Creator'):
        self.all = [Creator(number, ports[number % len(ports)], token, csrf, name) for number in range(count)]
        for creator in self.all:
            creator.start()

    def acknowledged(self):
        return sum(len(creator.acknowledged) for creator in self.all)

    def wait_for(self, more):
        """Until so many more are acknowledged; how long that took."""
        began, wanted = time.monotonic(), self.acknowledged() + more
        while self.acknowledged() < wanted:
            if time.monotonic() - began > GIVES_UP_AFTER or any(creator.surprise for creator in self.all):
                self.finish()
                raise AssertionError(f'{wanted - self.acknowledged()} of {more} writes are missing')
            time.sleep(0.01)
        return time.monotonic() - began

    def finish(self):
        for creator in self.all:
            creator.ends = True
        for creator in self.all:
            creator.join(timeout=GIVES_UP_AFTER + 30)
            if creator.surprise:
                raise creator.surprise

    def attempts(self):
        return sorted(attempt for creator in self.all for attempt in creator.attempts)

    def check_answers(self, case, statuses):
        """Each was one of these statuses, in time, and said when to come again where it was 503."""
        slowest = max(self.attempts(), key=lambda attempt: attempt[1])
        case.assertLess(slowest[1], ANSWERS_WITHIN, slowest)
        case.assertLessEqual({status for _, _, status in self.attempts()}, set(statuses))
        case.assertEqual(sum(creator.without_hint for creator in self.all), 0)

    def longest_pause(self):
        """The longest time in which nothing was acknowledged to anybody."""
        ends = sorted(sent + took for sent, took, status in self.attempts() if status == 200)
        return max(later - sooner for sooner, later in zip(ends, ends[1:]))

    def lost_and_doubled(self, client):
        """Acknowledged people who are not in the register, and people who are there twice."""
        found, page = collections.Counter(), 200
        for creator in self.all:
            for offset in range(0, len(creator.acknowledged) + page, page):
                listed = client.get('/api/tenants/list', action='list', search=creator.name_of_all.lower(), limit=page, offset=offset)
                assert listed.status == 200, str(listed)
                found.update(one['tenant_name'] for one in listed.data)
        lost = [name for creator in self.all for name in creator.acknowledged if name not in found]
        return lost, [name for name, times in found.items() if times > 1]
