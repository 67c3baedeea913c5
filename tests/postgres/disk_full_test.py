"""A disk of the database's without room: of the tables, or of the whole cluster with its log. Nothing is half done, nothing acknowledged
is lost, and it goes on by itself once there is room.
"""
import os
import re
import time
import unittest
from unittest import mock

import psycopg2
from support.engine import ask
from support.server import Server
from support.small_disk import ADDRESSES, MIB, TENANTS, FullDiskTest, SmallDisk
from support.standby import Cluster


class FullDisk(FullDiskTest):
    roles = ('officer', 'admin')

    @classmethod
    def setUpClass(cls):
        cls.disk = SmallDisk(cls.size)
        cls.addClassCleanup(cls.disk.remove)

    def setUp(self):
        self.token = self.officer.csrf()

    def check_register(self, acknowledged):
        """Who was acknowledged is there once, and nobody else is."""
        self.assertEqual(sorted(self.names()), sorted(acknowledged))
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))


class TablesOnSmallDisk(FullDisk):
    size = 64 * MIB

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if os.geteuid() == 0:
            cls.disk.give_to('postgres')
        space = f'small_{os.getpid()}'
        ask(f"CREATE TABLESPACE {space} LOCATION '{cls.disk.folder}'")
        cls.addClassCleanup(ask, f'DROP TABLESPACE {space}')
        cls.server = Server(cls.roles, TENANTRY_CSRF_MODE='session', TENANTRY_RATE_LIMIT='0')
        cls.addClassCleanup(cls.server.close)
        cls.server.stop()
        ask(f'ALTER DATABASE {cls.server.database} SET TABLESPACE {space}')
        cls.server.start()

    def test_changes_are_refused_reading_goes_on_and_it_heals_time_after_time(self):
        tenant = self.create_tenant('Was There')
        address = self.create_address()
        acknowledged = ['Was There']
        for cycle in range(3):
            with self.disk.filled():
                self.create_until_refused(f'Cycle {cycle}', acknowledged)
                self.assert_ok(self.officer.get(ADDRESSES, action='get', uuid=address['uuid']))
                self.read_until_refused(tenant)
                self.assert_ok(self.officer.get(ADDRESSES, action='get', uuid=address['uuid']))
            self.assert_ok(self.create(f'Afterwards {cycle}', self.token))
            acknowledged.append(f'Afterwards {cycle}')
            time.sleep(0.6)
            self.get_tenant(tenant)
        self.check_register(acknowledged)
        self.assert_ok(self.officer.request('DELETE', TENANTS, json={'uuid': tenant['uuid']}, headers={'X-CSRF-Token': self.token}))
        with self.assertRaises(AssertionError, msg='one that is lost must be found'):
            self.check_register(acknowledged)

    def create_until_refused(self, name, acknowledged):
        """The pages that are there take some more; then nothing is created."""
        refused = 0
        for number in range(2000):
            answer = self.create(f'{name} No{number}', self.token)
            if answer.status == 200:
                acknowledged.append(f'{name} No{number}')
                refused = 0
                continue
            self.assert_refused(answer, 507, "the database's disk is full")
            refused += 1
            if refused == 20:
                return
        self.fail('the disk is not full')

    def read_until_refused(self, tenant):
        """Nobody reads of a person what cannot be journaled."""
        ends = time.monotonic() + 20
        while (answer := self.officer.get(TENANTS, action='get', uuid=tenant['uuid'])).status == 200:
            self.assertLess(time.monotonic(), ends, 'readings are journaled where nothing can be written')
        self.assert_refused(answer, 503, 'The audit trail cannot be written; try again later')


class ClusterOnSmallDisk(FullDisk):
    size = 256 * MIB

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cluster = Cluster(cls.disk.folder / 'cluster')
        cls.cluster.start()
        cls.addClassCleanup(cls.cluster.stop)
        cls.enterClassContext(mock.patch.dict(os.environ, TENANTRY_TEST_POSTGRES=str(cls.cluster.folder)))
        cls.server = Server(cls.roles, TENANTRY_CSRF_MODE='session', TENANTRY_RATE_LIMIT='0')
        cls.addClassCleanup(cls.server.close)

    def test_where_its_log_finds_no_room_it_stops_and_what_was_acknowledged_is_there_afterwards(self):
        acknowledged, refused = [], 0
        with self.disk.filled(left=4 * MIB):
            ends = time.monotonic() + 60
            while refused < 20:
                if len(acknowledged) >= 30:
                    self.disk.fill()
                    self.use_up_log()
                name = f'Person No{len(acknowledged)}'
                answer = self.create(name, self.token)
                if answer.status == 200:
                    acknowledged.append(name)
                    refused = 0
                else:
                    self.assertIn(answer.status, (503, 507), str(answer))
                    refused += 1
                self.assertLess(time.monotonic(), ends, 'the database goes on without a log')
        self.assertTrue(re.search('PANIC:.*No space left on device', (self.cluster.folder / 'log').read_text(encoding='utf8')))
        if not self.cluster.is_there():
            self.cluster.come_back()
        ends = time.monotonic() + 10
        while self.create('Afterwards', self.token).status != 200:
            self.assertLess(time.monotonic(), ends, 'it does not heal')
            time.sleep(0.1)
        self.check_register([*acknowledged, 'Afterwards'])

    def use_up_log(self):
        """Goes on with the log's next file."""
        try:
            self.cluster.ask('SELECT pg_switch_wal()')
        except psycopg2.Error:
            pass  # there is no room for one


if __name__ == '__main__':
    unittest.main()
