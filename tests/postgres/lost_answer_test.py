"""The connection to the database ends between a COMMIT and its answer. Nobody knows then whether it is done: the server does not say so,
and does not do it again."""
import time
import unittest

from support.postgres_between import BetweenTest, Lose

TENANTS = '/api/tenants/manage'
ROUNDS = 8


class LostAnswer(BetweenTest):
    roles = ('officer', 'admin')

    def create(self, name, lose):
        token = self.officer.csrf()
        lost = self.between.lost
        self.between.lose(lose, name.lower())  # as the names' index has it
        begun = time.monotonic()
        answer = self.officer.request('POST', TENANTS, json={'tenant_name': name}, headers={'X-CSRF-Token': token})
        self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(self.between.lost - lost, 0 if lose is None else 1)
        return answer

    def found(self, name):
        """How many of that name there are. Readings that were in the lost transaction must be journaled first, or nobody reads."""
        ends = time.monotonic() + 5
        while True:
            listed = self.officer.get('/api/tenants/list', action='list', search=name)
            if listed.status != 503 or time.monotonic() > ends:
                return sum(one['tenant_name'] == name for one in self.assert_ok(listed).data)
            time.sleep(0.1)

    def test_a_write_is_not_said_to_be_done_and_not_done_again(self):
        for lose, there in ((Lose.ANSWER, 1), (Lose.COMMIT, 0)):
            for number in range(ROUNDS):
                name = f'Lost {lose.name.capitalize()} Number{number}'
                answer = self.create(name, lose)
                self.assertEqual(answer.status, 503, str(answer))
                self.assertTrue(answer.header('Retry-After'), str(answer))
                self.assertEqual(self.found(name), there, name)
        self.assertIn('holds', self.server.command('audit', 'verify', '--against-data'))

    def test_what_is_not_lost_is_done_once(self):
        self.assert_ok(self.create('Nothing Lost', None))
        self.assertEqual(self.found('Nothing Lost'), 1)

    def test_one_that_is_done_twice_is_found(self):
        self.assertEqual(self.create('Done Twice', Lose.ANSWER).status, 503)
        self.assert_ok(self.create('Done Twice', None))
        self.assertEqual(self.found('Done Twice'), 2)


if __name__ == '__main__':
    unittest.main()
