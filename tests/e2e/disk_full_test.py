"""A disk without room: changes are answered 507 and none is half there, reading goes on, and writing does so by itself once there is room."""
import contextlib
import errno
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import time
import unittest
from unittest import mock

from support.case import ApiTest
from support.engine import looks_at_files
from support.server import Server, email_of

TENANTS = '/api/tenants/manage'
ADDRESSES = '/api/addresses/manage'
MIB = 1024 * 1024


class FullDisk(ApiTest):
    def create(self, name, token):
        return self.officer.request('POST', TENANTS, json={'tenant_name': name}, headers={'X-CSRF-Token': token})

    def assert_full(self, answer, text):
        self.assert_refused(answer, 507, text)

    def names(self):
        return [one['tenant_name'] for one in self.assert_ok(self.officer.get('/api/tenants/list', action='list', limit=100)).data]


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


@contextlib.contextmanager
def small_disk(size):
    """A folder on a disk of its own. Who may not mount one has no such test."""
    folder = tempfile.mkdtemp(prefix='tenantry-disk-')
    try:
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', 'tmpfs', folder], capture_output=True, check=False)
        if mounted.returncode != 0:
            raise unittest.SkipTest('no disk can be mounted here')
        try:
            yield folder
        finally:
            subprocess.run(['umount', folder], check=True)
    finally:
        shutil.rmtree(folder)


@looks_at_files
class SmallDisk(FullDisk):
    @classmethod
    def setUpClass(cls):
        cls.disk = pathlib.Path(cls.enterClassContext(small_disk(64 * MIB)))
        with mock.patch('tempfile.tempdir', str(cls.disk)):
            cls.server = Server(('officer', 'admin', 'viewer'))
        cls.addClassCleanup(cls.server.close)

    def fill(self, left):
        """Takes all room but so many bytes. The server may take some of it first; then what is left is counted anew."""
        with open(self.disk / 'filler', 'ab') as filler:
            while True:
                facts = os.statvfs(self.disk)
                room = facts.f_bavail * facts.f_frsize - left
                if room <= 0:
                    return
                try:
                    os.posix_fallocate(filler.fileno(), 0, os.fstat(filler.fileno()).st_size + room)
                    return
                except OSError as refused:
                    if refused.errno != errno.ENOSPC:
                        raise

    def free(self):
        (self.disk / 'filler').unlink()

    def test_reading_and_logging_in_go_on_with_what_changes_leave(self):
        tenant = self.create_tenant('Was There')
        token = self.officer.csrf()
        self.fill(8 * MIB)
        try:
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
        finally:
            self.free()
        self.create_tenant('Afterwards')

    def test_at_its_end_nothing_is_half_done_and_it_heals_time_after_time(self):
        for cycle in range(3):
            token = self.officer.csrf()
            self.fill(0)
            try:
                for _ in range(20):
                    answer = self.create('Never There', token)
                    self.assertEqual(answer.status, 507, str(answer))
            finally:
                self.free()
            self.assert_ok(self.create(f'Cycle {cycle}', token))
        self.assertNotIn('Never There', self.names())
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))


if __name__ == '__main__':
    unittest.main()
