"""What the API's test cases share: one server for all cases of a class."""
import contextlib
import time
import unittest

from support.server import ROLES, Server

DONE = 'Operation completed successfully'
NOT_SIGNED_IN = 'Authentication required. Please log in.'
NOT_PERMITTED = 'You do not have permission to perform this action'
BAD_CSRF = 'Invalid or expired CSRF token'
STALE = 'The record was changed by someone else; reload and try again'
NOBODY = '00000000-0000-4000-8000-000000000000'
BEYOND = 9_007_199_254_740_991  # the largest number that the API takes; no record has it


class ApiTest(unittest.TestCase):
    roles = ROLES
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.server = Server(cls.roles, **cls.settings)
        cls.addClassCleanup(cls.server.close)

    def as_role(self, role):
        return self.server.as_role(role)

    @property
    def officer(self):
        return self.as_role('officer')

    @property
    def admin(self):
        return self.as_role('admin')

    def assert_ok(self, answer):
        self.assertEqual(answer.status, 200, str(answer))
        return answer

    def assert_done(self, answer):
        self.assert_ok(answer)
        self.assertEqual(answer.json, {'success': True, 'message': DONE})

    def assert_refused(self, answer, status, text):
        self.assertEqual((answer.status, answer.json), (status, {'success': False, 'error': text}), str(answer))

    def assert_invalid(self, answer, name):
        self.assert_refused(answer, 400, f'Invalid or missing required parameter: {name}')

    def create_tenant(self, name='Priya Nair', **members):
        return self.assert_ok(self.officer.post('/api/tenants/manage', {'tenant_name': name, **members})).data

    def create_address(self, line='9 Weir Lane', postcode='LS21 3AB', **members):
        members = {'address_line_1': line, 'postcode': postcode, **members}
        return self.assert_ok(self.officer.post('/api/addresses/manage', members)).data

    def get_tenant(self, tenant):
        return self.assert_ok(self.officer.get('/api/tenants/manage', action='get', uuid=tenant['uuid'])).data

    def activity(self, **filters):
        return self.assert_ok(self.admin.get('/api/admin/activity-log', **filters)).data

    def wait_for_activity(self, wanted, **filters):
        """The newest matching entry. Readings and refusals are journaled within a quarter of a second; five are given."""
        ends = time.monotonic() + 5
        while True:
            with contextlib.suppress(StopIteration):
                return next(entry for entry in self.activity(**filters) if wanted(entry))
            time.sleep(0.02)
            self.assertLess(time.monotonic(), ends, f'the activity log holds no such entry: {filters}')
