"""Many requests at one instant before one server: tests/support/races.py."""
from support.case import ApiTest
from support.races import Races


class OneServer(Races, ApiTest):
    roles = ('officer', 'admin')
    settings = {'TENANTRY_RATE_LIMIT': '0'}
