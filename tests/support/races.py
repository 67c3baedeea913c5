"""Many requests at one instant: what may happen once happens once. The cases run before one server, and before two."""
import threading

AT_ONCE = 100


def at_once(count, act):
    """Runs act(number) on as many threads, released together; what each returned."""
    answers = [None] * count
    gate = threading.Barrier(count)

    def run(number):
        gate.wait()
        answers[number] = act(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class Races:
    """Cases of an ApiTest whose server has no rate limit, and an officer and an admin."""

    def clients(self, count):
        return [self.server.client(self.officer.token) for _ in range(count)]

    def test_a_csrf_token_used_a_hundred_times_in_parallel_writes_once(self):
        token = self.officer.csrf()
        clients = self.clients(AT_ONCE)
        answers = at_once(AT_ONCE, lambda number: clients[number].request(
            'POST', '/api/tenants/manage', json={'tenant_name': f'Once Only {number}', 'csrf_token': token}))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [403] * (AT_ONCE - 1))
        found = self.officer.get('/api/tenants/list', action='list', search='once only')
        self.assertEqual(found.json['count'], 1)
        created = [entry for entry in self.activity(action='tenant.created', limit=200)
                   if entry['resource_id'] == found.data[0]['ID']]
        self.assertEqual(len(created), 1)

    def test_of_many_edits_of_one_version_one_wins(self):
        tenant = self.create_tenant('Version Race')
        tokens = [self.officer.csrf() for _ in range(20)]
        clients = self.clients(20)
        answers = at_once(20, lambda number: clients[number].request(
            'PUT', '/api/tenants/manage', headers={'X-CSRF-Token': tokens[number]},
            json={'uuid': tenant['uuid'], 'version': 1, 'tenant_number_work': f'0113 496 00{number:02}'}))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [400] * 19)
        self.assertEqual(self.get_tenant(tenant)['version'], 2)

    def test_deleting_races_with_assigning_and_leaves_no_orphan(self):
        addresses = [self.create_address(f'{number} Race Row')['ID'] for number in range(2)]
        tenants = [self.create_tenant(f'Gone {number}') for number in range(10)]
        clients = self.clients(20)
        tokens = [self.officer.csrf() for _ in range(20)]

        def act(number):
            tenant = tenants[number // 2]
            headers = {'X-CSRF-Token': tokens[number]}
            if number % 2 == 0:
                return clients[number].request('DELETE', '/api/tenants/manage', json={'uuid': tenant['uuid']}, headers=headers)
            return clients[number].request('POST', '/api/tenants/assign-address', headers=headers,
                                           json={'tenant_uuid': tenant['uuid'], 'address_id': addresses[number % 2]})

        answers = at_once(20, act)
        self.assertTrue(all(answer.status == 200 for answer in answers[::2]), [str(answer) for answer in answers[::2]])
        self.assertTrue(all(answer.status in (200, 404) for answer in answers[1::2]))
        for tenant in tenants:
            self.assert_refused(self.officer.get('/api/tenants/manage', action='get', uuid=tenant['uuid']), 404, 'No such tenant')

    def test_of_many_users_with_one_email_one_is_made(self):
        members = {'action': 'create_user', 'first_name': 'Only', 'last_name': 'One', 'email': 'only.one@lettings.example',
                   'password': 'a password nobody has', 'account_type_id': 1, 'role_id': 6}
        tokens = [self.admin.csrf() for _ in range(6)]
        clients = [self.server.client(self.admin.token) for _ in range(6)]
        answers = at_once(6, lambda number: clients[number].request('POST', '/api/users/users', json=members,
                                                                   headers={'X-CSRF-Token': tokens[number]}))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [400] * 5, [str(answer) for answer in answers])
