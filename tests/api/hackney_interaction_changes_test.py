"""Following up, closing and handing over (contract 4.7: I4, I5)."""
import concurrent.futures
import datetime
import itertools
import zoneinfo

from support.hackney_work import ADA, EMPTY_PATCH, HOUSEHOLD, MANAGER, MANAGER_AREA, OFFICER, PATCH, PATH, UNKNOWN, InteractionsTest

TRANSFER = PATH + '/TransferCall'
NO_REQUEST = 'Please provide a valid TenancyManagemnt request.'


class FollowingUp(InteractionsTest):
    def follow_up(self, logged, said='Visited', status=1, callback=False, **changes):
        request = {'interactionId': logged['interactionId'], 'estateOfficerId': MANAGER, 'estateOfficerName': 'Mo Manager', 'status': status,
                   'ServiceRequest': {'Id': logged['serviceRequest']['id'], 'description': said, 'requestCallback': callback}, **changes}
        return self.service.patch(PATH, request)

    def process(self):
        return self.log(processType=1, householdId=HOUSEHOLD)

    def test_the_whole_answer(self):
        logged = self.process()
        ids = (logged['serviceRequest']['id'], logged['interactionId'])
        answer = self.follow_up(logged, callback='True')
        note = answer.json['result']['annotationId']
        self.assert_json(answer, 200, f'{{"result":{{"annotationId":"{note}","serviceRequestId":"{ids[0]}","interactionId":"{ids[1]}",'
                                      '"description":"Visited","status":"InProgress","requestCallBack":true,"processStage":0}}')
        item = self.item(logged)
        self.assertEqual(item['AnnotationList'][1]['annotationId'], answer.json['result']['annotationId'])
        now = datetime.datetime.now(zoneinfo.ZoneInfo('Europe/London'))
        self.assertRegex(item['AnnotationList'][1]['noteText'], rf'^Visited logged on  {now:%d/%m/%Y} \d\d:\d\d:\d\d by  Mo Manager$')
        self.assertEqual((item['stateCode'], item['requestCallBack'], item['nccOfficerUpdatedById']), (0, True, MANAGER))
        answer = self.follow_up(logged, said=None, status=0, callback=True)
        self.assert_json(answer, 200, f'{{"result":{{"annotationId":null,"serviceRequestId":"{ids[0]}","interactionId":"{ids[1]}","description":null,'
                                      '"status":"Closed","requestCallBack":false,"processStage":0}}')
        item = self.item(logged)
        self.assertEqual((item['stateCode'], item['requestCallBack'], len(item['AnnotationList'])), (1, False, 2))

    def test_absence_of_a_status_closes_and_any_number_but_0_does_not(self):
        for status, closes in ((None, True), ('0', True), (0, True), (1, False), ('1', False), (7, False), (-1, False)):
            logged = self.log()
            answer = self.follow_up(logged, status=status)
            self.assertEqual(answer.json['result']['status'], 'Closed' if closes else 'InProgress')
            self.assertEqual(self.item(logged)['stateCode'], int(closes), status)

    def test_a_stage_is_kept_where_none_is_given_and_of_a_plain_interaction(self):
        logged = self.process()
        for changes, stored, told in (
                ({'processStage': '2'}, 2, 2), ({}, 2, 2), ({'processStage': None}, 2, 2), ({'processType': '0', 'processStage': 8}, 2, 8),
                ({'processType': 1, 'processStage': 8}, 8, 8), ({'processStage': 0}, 0, 0)):
            answer = self.follow_up(logged, **changes)
            self.assertEqual((self.item(logged)['processStage'], answer.json['result']['processStage']), (stored, told), changes)

    def test_blank_words_leave_no_note(self):
        logged = self.log()
        for said in ('', ' \n', None):
            answer = self.follow_up(logged, said=said)
            self.assertEqual((answer.json['result']['annotationId'], answer.json['result']['description']), (None, said))
        self.assertEqual(len(self.notes(logged)), 1)

    def test_what_is_closed_stays_closed(self):
        logged = self.log()
        for status in (0, 1, 0):
            self.assertEqual(self.follow_up(logged, status=status).status, 200)
            self.assertEqual(self.item(logged)['stateCode'], 1)
        self.assertEqual(len(self.notes(logged)), 4)

    def test_what_is_lacking(self):
        logged = self.log()
        for request in ({}, {'interactionId': logged['interactionId']}, {'serviceRequest': None}, {'serviceRequest': 'x'},
                        {'serviceRequest': {'id': 'x'}, 'status': 'x'}):
            self.assert_refused_with(self.service.patch(PATH, request), NO_REQUEST)
        for body in (b'', b'null', b'{'):
            self.assert_refused_with(self.service.request('PATCH', PATH, body=body, content_type='application/json'), NO_REQUEST)
        for blank in ({}, {'id': ''}, {'id': ' '}, {'id': None}):
            self.assert_refused_with(self.service.patch(PATH, {'serviceRequest': blank}), 'Please provide a valid incidentId.')

    def test_what_does_not_exist_is_a_failure_and_nothing_is_stored(self):
        logged, other = self.log(), self.log()
        before = self.tray('contact', ADA)
        request = {'Id': logged['serviceRequest']['id'], 'description': 'Visited'}
        for changes in ({'interactionId': UNKNOWN}, {'interactionId': 'x'}, {'interactionId': None}, {'estateOfficerId': UNKNOWN}, {'estateOfficerId': None},
                        {'ServiceRequest': {**request, 'Id': UNKNOWN}}, {'ServiceRequest': {**request, 'Id': 'x'}},
                        {'ServiceRequest': {**request, 'Id': other['serviceRequest']['id']}}):
            for status in (0, 1):
                self.assert_failed(self.follow_up(logged, status=status, **changes), 'object')
        self.assertEqual(self.tray('contact', ADA), before)


class HandingOver(InteractionsTest):
    def transfer(self, logged, **changes):
        request = {'interactionId': logged['interactionId'], 'estateOfficerId': MANAGER, 'areaName': '3', **changes}
        return self.service.put(TRANSFER, {name: value for name, value in request.items() if value is not None})

    def holders(self, logged):
        item = self.item(logged)
        return item['officerPatchId'], item['areamanagerId']

    def test_the_matrix(self):
        for from_patch, from_manager, to_patch, to_manager in itertools.product((False, True), repeat=4):
            if not to_patch and not to_manager:
                continue
            logged = self.log(officerPatchId=PATCH, managerId=MANAGER_AREA)
            given = {'officerPatchId': EMPTY_PATCH if to_patch else None, 'managerId': MANAGER_AREA if to_manager else None,
                     'assignedToPatch': 'True' if from_patch else False, 'assignedToManager': from_manager}
            answer = self.transfer(logged, **given)
            patch, manager, expected = given['officerPatchId'], given['managerId'], (PATCH, MANAGER_AREA)
            flags = (from_patch, from_manager)
            if from_manager and not from_patch and to_patch:
                expected, manager, flags = (EMPTY_PATCH, None), None, (False, False)
            elif from_patch and to_manager:
                expected, patch, flags = (None, MANAGER_AREA), None, (False, from_manager)
            elif not from_patch and not from_manager:
                expected = (EMPTY_PATCH if to_patch else PATCH, MANAGER_AREA)
            self.assertEqual(self.holders(logged), expected, given)
            told = answer.json
            self.assertEqual((told['officerPatchId'], told['managerId'], told['assignedToPatch'], told['assignedToManager'], told['transferred']),
                             (patch, manager, *flags, False), given)
            self.assertTrue(self.item(logged)['isTransferred'])

    def test_the_whole_answer_with_a_note(self):
        logged = self.log()
        ids = (logged['interactionId'], logged['serviceRequest']['id'])
        answer = self.transfer(logged, officerPatchId=PATCH, managerId=MANAGER_AREA, assignedToPatch='True', estateOfficerName='Olu Officer',
                               serviceRequest={'id': ids[1], 'description': 'for review'})
        note = self.item(logged)['AnnotationList'][1]
        self.assertRegex(note['noteText'], r'^for review logged on  \d\d/\d\d/\d{4} \d\d:\d\d:\d\d by  Olu Officer$')
        self.assert_json(answer, 200, (
            f'{{"interactionId":"{ids[0]}","contactId":null,"enquirySubject":null,"estateOfficerId":"{MANAGER}","subject":null,"adviceGiven":null,'
            f'"estateOffice":null,"source":null,"natureofEnquiry":null,"estateOfficerName":"Olu Officer",'
            f'"officerPatchId":null,"areaName":"3","managerId":"{MANAGER_AREA}",'
            f'"assignedToPatch":false,"assignedToManager":false,"transferred":false,"ServiceRequest":{{"id":"{ids[1]}","title":null,"description":"for review",'
            '"contactId":null,"parentCaseId":null,"subject":null,"createdDate":null,"enquiryType":null,"ticketNumber":null,"requestCallback":false,'
            '"transferred":false,"createdBy":null,"childRequests":null},"status":0,"parentInteractionId":null,"processType":null,"householdId":null,'
            f'"processStage":0,"reasonForStartingProcess":null,"annotationid":"{note["annotationId"]}"}}'))

    def test_the_whole_answer_without_a_note(self):
        logged = self.log()
        answer = self.transfer(logged, officerPatchId=PATCH)
        self.assert_json(answer, 200, (
            f'{{"interactionId":"{logged["interactionId"]}","contactId":null,"enquirySubject":null,"estateOfficerId":"{MANAGER}","subject":null,'
            f'"adviceGiven":null,"estateOffice":null,"source":null,"natureofEnquiry":null,"estateOfficerName":null,'
            f'"officerPatchId":"{PATCH}","areaName":"3","managerId":null,'
            '"assignedToPatch":false,"assignedToManager":false,"transferred":false,"serviceRequest":null,"status":0,"parentInteractionId":null,'
            '"processType":null,"householdId":null,"processStage":0,"reasonForStartingProcess":null}'))
        said = {'id': logged['serviceRequest']['id'], 'title': 'T', 'description': ' ', 'ticketNumber': 'CAS-1', 'requestCallback': 'true'}
        answer = self.transfer(logged, officerPatchId=PATCH, serviceRequest=said, adviceGiven='two\nlines', reasonForStartingProcess='5')
        self.assertEqual({name: answer.json['serviceRequest'][name] for name in said}, {**said, 'requestCallback': True})
        self.assertEqual((answer.json['adviceGiven'], answer.json['reasonForStartingProcess']), ('two\nlines', 5))
        self.assertEqual(len(self.notes(logged)), 1)

    def test_a_note_needs_no_case_named(self):
        logged = self.log()
        self.assertIn('annotationid', self.transfer(logged, officerPatchId=PATCH, serviceRequest={'description': "Zoë's"}).json)
        self.assertTrue(self.notes(logged)[1].startswith("Zoë's logged on  "))

    def test_area_and_stage_are_those_given_but_stage_0_changes_none(self):
        logged = self.log(processType=1, householdId=HOUSEHOLD)
        for stage, expected in ((5, 5), ('0', 5), (None, 5), ('6', 6)):
            answer = self.transfer(logged, officerPatchId=PATCH, areaName=4, processStage=stage)
            self.assertEqual((answer.json['areaName'], answer.json['processStage']), ('4', int(stage or 0)))
            item = self.item(logged)
            self.assertEqual((item['processStage'], item['areaName'], item['nccOfficerUpdatedByName']), (expected, 'Homerton 2', 'Mo Manager'))

    def test_what_is_lacking(self):
        texts = ['Please provide a valid Interaction Id.', 'Please provide a valid officer PatchId.', 'Please provide a valid estateOfficerId.',
                 'Please provide a valid areaName.']
        full = {'interactionId': UNKNOWN, 'officerPatchId': PATCH, 'estateOfficerId': OFFICER, 'areaName': 3}
        for name, text in zip(full, texts):
            for blank in ({}, {name: ''}, {name: ' '}, {name: None}):
                self.assert_refused_with(self.service.put(TRANSFER, {key: value for key, value in full.items() if key != name} | blank), text)
        self.assert_refused_with(self.service.put(TRANSFER, {}), *texts)
        for body in (b'', b'null', b'{"assignedToPatch":"maybe"}'):
            self.assert_refused_with(self.service.request('PUT', TRANSFER, body=body, content_type='application/json'), NO_REQUEST)

    def test_what_does_not_exist_is_a_failure_and_nothing_is_stored(self):
        logged, other = self.log(), self.log()
        before = self.tray('contact', ADA)
        note = {'description': 'x'}
        for changes in ({'interactionId': UNKNOWN}, {'interactionId': 'x'}, {'officerPatchId': UNKNOWN}, {'officerPatchId': 'x'}, {'managerId': UNKNOWN},
                        {'managerId': OFFICER}, {'estateOfficerId': UNKNOWN}, {'estateOfficerId': 'x'}, {'areaName': 404}, {'areaName': 'Homerton 1'},
                        {'serviceRequest': {**note, 'id': UNKNOWN}}, {'serviceRequest': {**note, 'id': other['serviceRequest']['id']}}):
            self.assert_failed(self.transfer(logged, **{'officerPatchId': PATCH, 'serviceRequest': note, **changes}), 'object')
        self.assertEqual(self.tray('contact', ADA), before)

    def test_twenty_at_once_end_in_one_state(self):
        logged = self.log(officerPatchId=PATCH)

        def hand_over(n):
            given = {'managerId': MANAGER_AREA, 'assignedToPatch': True} if n % 2 else {'officerPatchId': EMPTY_PATCH, 'assignedToManager': True}
            return self.transfer(logged, **given, serviceRequest={'description': f'turn {n}'}).status

        with concurrent.futures.ThreadPoolExecutor(20) as threads:
            self.assertEqual(set(threads.map(hand_over, range(20))), {200})
        self.assertIn(self.holders(logged), ((EMPTY_PATCH, None), (None, MANAGER_AREA)))
        notes = self.notes(logged)
        self.assertEqual(sorted(note.split(' logged')[0] for note in notes[1:]), sorted(f'turn {n}' for n in range(20)))
        last = int(notes[-1].split(' ')[1])
        self.assertEqual(self.holders(logged), (None, MANAGER_AREA) if last % 2 else (EMPTY_PATCH, None))
