"""A disk so small that a test can fill it."""
import contextlib
import errno
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support.case import ApiTest

MIB = 1024 * 1024
TENANTS = '/api/tenants/manage'
ADDRESSES = '/api/addresses/manage'


class FullDiskTest(ApiTest):
    def create(self, name, token):
        return self.officer.request('POST', TENANTS, json={'tenant_name': name}, headers={'X-CSRF-Token': token})

    def names(self):
        return [one['tenant_name'] for one in self.assert_ok(self.officer.get('/api/tenants/list', action='list', limit=1000)).data]


class SmallDisk:
    """A folder on a disk of its own. Who may not mount one has no such test."""

    def __init__(self, size):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-disk-'))
        self.filler = self.folder / 'filler'
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size},mode=755', 'tmpfs', self.folder], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.folder.rmdir()
            raise unittest.SkipTest('no disk can be mounted here')

    def remove(self):
        subprocess.run(['umount', self.folder], check=True)
        shutil.rmtree(self.folder)

    def give_to(self, account):
        shutil.chown(self.folder, account, account)

    def fill(self, left=0):
        """Takes all room but so many bytes. Whoever else writes there may take some of it first; then what is left is counted anew."""
        with open(self.filler, 'ab') as filler:
            while True:
                facts = os.statvfs(self.folder)
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
        self.filler.unlink()

    @contextlib.contextmanager
    def filled(self, left=0):
        self.fill(left)
        try:
            yield
        finally:
            self.free()
