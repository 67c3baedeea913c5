"""A disk without room: changes are answered 507 and none is half there, reading goes on, and writing does so by itself once there is room."""
import resource
import time
import unittest
from unittest import mock

from support.engine import looks_at_files
from support.server import Server, email_of
from support.small_disk import ADDRESSES, MIB, TENANTS, FullDiskTest, SmallDisk


class FullDisk(FullDiskTest):
    def assert_full(self, answer, text):
        self.assert_refused(answer, 507, text)


@looks_at_files
class NoFileMayGrow(FullDisk):
    """What a quota, or a limit of the process, refuses is the same to the server as a disk's end."""

    roles = ('officer', 'admin')

    def limit(self, size):
        pid = self.server.process.pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]))

    def test_changes_are_refused_reading_goes_on_and_it_heals(self):
        tenant = self.create_tenant('Was There')
        address = self.create_address()
        token = self.officer.csrf()
        self.limit(0)
        try:
            for _ in range(5):
                begun = time.monotonic()
                self.assert_full(self.create('Never There', token), 'the disk is full')
                self.assertLess(time.monotonic() - begun, 1)
                self.assert_ok(self.officer.get(ADDRESSES, action='get', uuid=address['uuid']))
            # Nobody reads of a person what cannot be journaled.
            self.officer.get(TENANTS, action='get', uuid=tenant['uuid'])
            time.sleep(0.6)
            self.assert_refused(self.officer.get(TENANTS, action='get', uuid=tenant['uuid']), 503,
                                'The audit trail cannot be written; try again later')
        finally:
            self.limit(resource.RLIM_INFINITY)
        self.assert_ok(self.create('Afterwards', token))  # the token was not spent by what was refused
        time.sleep(0.6)
        self.get_tenant(tenant)
        self.assertEqual(self.names(), ['Was There', 'Afterwards'])


@looks_at_files
class DataFolderOnSmallDisk(FullDisk):
    @classmethod
    def setUpClass(cls):
        cls.disk = SmallDisk(64 * MIB)
        cls.addClassCleanup(cls.disk.remove)
        with mock.patch('tempfile.tempdir', str(cls.disk.folder)):
            cls.server = Server(('officer', 'admin', 'viewer'))
        cls.addClassCleanup(cls.server.close)

    def test_reading_and_logging_in_go_on_with_what_changes_leave(self):
        tenant = self.create_tenant('Was There')
        token = self.officer.csrf()
        with self.disk.filled(left=8 * MIB):
            self.assert_full(self.create('Never There', token), 'the disk is nearly full')
            for _ in range(3):
                self.get_tenant(tenant)
                time.sleep(0.3)
            self.assertEqual(self.server.log_in(email_of('viewer')).status, 200)
            # A server that starts then serves as well.
            self.server.stop()
            self.server.start()
            self.assert_full(self.create('Never There', self.officer.csrf()), 'the disk is nearly full')
            self.get_tenant(tenant)
            self.wait_for_activity(lambda entry: entry['resource_id'] == tenant['ID'], action='tenant.viewed')
        self.create_tenant('Afterwards')

    def test_at_its_end_nothing_is_half_done_and_it_heals_time_after_time(self):
        for cycle in range(3):
            token = self.officer.csrf()
            with self.disk.filled():
                for _ in range(20):
                    answer = self.create('Never There', token)
                    self.assertEqual(answer.status, 507, str(answer))
            self.assert_ok(self.create(f'Cycle {cycle}', token))
        self.assertNotIn('Never There', self.names())
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))
        self.create_tenant('Never There')
        self.assertIn('Never There', self.names(), 'whoever was there would have been found')


if __name__ == '__main__':
    unittest.main()
