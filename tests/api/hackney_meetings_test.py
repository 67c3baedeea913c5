"""Meetings of associations and what is raised there, first version (contract 4.12)."""
import datetime
import re

from support.hackney import ZERO
from support.meetings import MANAGER_AREA, NOBODY, OFFICER, PATCH, TICKET, MeetingsTest

SIGNATURE = '77000000-0000-4000-8000-000000000001'
PDF = '78000000-0000-4000-8000-000000000001'
INSTANT = r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class Meetings(MeetingsTest):
    def create(self, process_type, **members):
        body = {'estateOfficerId': OFFICER, 'estateOfficerName': 'Olu Officer', 'officerPatchId': PATCH, 'areaName': 3, 'managerId': None,
                'processType': process_type, 'TRAId': str(self.association), 'ServiceRequest': {'title': 'ETRA', 'description': 'Door broken'}, **members}
        return self.service.post('/v1/ETRA/CreateETRAMeetingOrIssue', body)

    def hold(self, **members):
        answer = self.create('1', **members)
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json

    def raise_at(self, meeting, **members):
        members = {'parentInteractionId': meeting['interactionId'], 'issueLocation': 'Sample House', 'enquirySubject': '100000501', **members}
        answer = self.create(3, **members)
        self.assertEqual(answer.status, 201, str(answer))
        return answer.json

    def details(self, meeting):
        return self.service.get('/v1/ETRA/get-meeting-details/' + meeting['interactionId']).json

    def issues_of(self, meeting):
        return self.service.get('/v1/ETRA/GetETRAIssues/' + meeting['interactionId'], retrieveETRAMeetingIssues='TRUE').json.get('results', [])

    def notes_of(self, meeting):
        return [note['noteText'] for note in self.issues_of(meeting)[0]['AnnotationList']]

    # Creating

    def test_a_meeting_is_told_with_its_ticket(self):
        meeting = self.hold()
        self.assertRegex(meeting['ticketNumber'], f'^{TICKET}$')
        answer = self.service.get('/v1/etra/GET-MEETING-details/' + meeting['interactionId'].upper())
        self.assertRegex(answer.body.decode(), f'^{{"id":"{meeting["interactionId"]}","name":"{meeting["ticketNumber"]}","createdOn":"{INSTANT}","modifiedOn":"{INSTANT}",'
                         '"confirmationDate":null,"signatureId":null,"signatoryRole":null,"pdfId":null,"councillorsAttending":null,'
                         '"otherCouncilStaffAttending":null,"totalAttendees":null}$')

    def test_an_issue_is_told_in_full(self):
        meeting = self.hold()
        issue = self.raise_at(meeting, managerId=MANAGER_AREA)
        item, = self.service.get(f'/v1/ETRA/GetETRAIssues/{self.association}', retrieveETRAMeetingIssues='false').json['results']
        self.assertEqual(self.issues_of(meeting), [item])
        created = datetime.datetime.strptime(item['createdon'], '%Y-%m-%d %H:%M:%S')
        self.assertLess(abs(now().replace(tzinfo=None) - created), datetime.timedelta(minutes=1))
        deadline = datetime.datetime.strptime(item['deadlineDate'], '%Y-%m-%dT00:00:00Z')
        self.assertGreaterEqual((deadline - created).days, 20)
        self.assertLess(deadline.weekday(), 5)
        note, = item['AnnotationList']
        self.assertEqual(note['annotationId'], issue['annotationId'])
        self.assertEqual(item, {
            'incidentId': issue['incidentId'], 'isTransferred': False, 'ticketNumber': issue['ticketNumber'], 'stateCode': 0, 'processStage': 0,
            'nccOfficersId': OFFICER, 'nccOfficerName': 'Olu Officer', 'createdon': item['createdon'], 'deadlineDate': item['deadlineDate'],
            'parentInteractionId': meeting['interactionId'], 'nccOfficerUpdatedById': None, 'nccOfficerUpdatedByName': None, 'natureOfEnquiryId': 28,
            'natureOfEnquiry': 'ETRA', 'enquirySubjectId': 100000501, 'enquirysubject': 'ASB South', 'interactionId': issue['interactionId'],
            'areamanagerId': MANAGER_AREA, 'areaManagerName': 'Mo Manager', 'officerPatchId': PATCH, 'officerPatchName': 'Olu Officer',
            'areaName': 'Homerton 1', 'traId': str(self.association), 'issueLocation': 'Sample House', 'processType': 3, 'serviceArea': None,
            'serviceAreaName': None, 'AnnotationList': [{'noteText': 'Door broken', 'annotationId': issue['annotationId'], 'noteCreatedOn': note['noteCreatedOn']}]})

    def test_an_issue_takes_nature_and_association_of_its_meeting(self):
        meeting = self.hold()
        self.raise_at(meeting, TRAId=None, officerPatchId='', estateOfficerId=None, areaName=None, natureOfEnquiry='15')
        item, = self.issues_of(meeting)
        self.assertEqual((item['traId'], item['natureOfEnquiryId'], item['nccOfficerName'], item['officerPatchName'], item['areaManagerName']),
                         (str(self.association), 15, None, ' ', ' '))

    def test_what_cannot_be_created_is_told_as_an_object_and_leaves_nothing(self):
        meeting = self.hold()
        parent = {'parentInteractionId': meeting['interactionId']}
        bad = [('0', {}), ('2', parent), (None, {}), ('x', {}), ('1', {'ServiceRequest': None}), ('1', {'ServiceRequest': 'x'}), ('1', {'estateOfficerId': NOBODY}),
               ('1', {'estateOfficerId': 'x'}), ('1', {'officerPatchId': NOBODY}), ('1', {'managerId': NOBODY}), ('1', {'areaName': 404}), ('1', {'TRAId': '404'}),
               ('1', {'TRAId': 'x'}), ('3', {}), ('3', {'parentInteractionId': NOBODY}), ('3', {**parent, 'issueLocation': 'x' * 201})]
        for process_type, members in bad:
            self.assert_failed(self.create(process_type, **members), 'object')
        for body in (None, b'null', b'{', b'{}'):
            self.assert_failed(self.service.request('POST', '/v1/ETRA/CreateETRAMeetingOrIssue', body=body, content_type='application/json'), 'object')
        self.assertEqual(len(self.service.get(f'/v1/ETRA/etra-meetings-by-tra/{self.association}').json), 1)

    # Lists

    def test_nothing_found_is_an_empty_object_under_another_key(self):
        for query in ({}, {'retrieveETRAMeetingIssues': 'true'}, {'retrieveETRAMeetingIssues': 'x'}):
            for number in (NOBODY, '404', 'x', ZERO):
                self.assert_json(self.service.get(f'/v1/ETRA/GetETRAIssues/{number}', **query), 200, '{"result":{}}')
        for number in ('404', '0', 'x'):
            self.assert_json(self.service.get(f'/v1/ETRA/etra-meetings-by-tra/{number}'), 200, '[]')

    def test_the_meetings_of_an_association_are_listed_in_order(self):
        first, second = self.hold(), self.hold()
        self.raise_at(first)
        answer = self.service.get(f'/v1/ETRA/ETRA-meetings-by-tra/{self.association}')
        self.assertEqual(answer.json, [self.details(first), self.details(second)])

    def test_an_unknown_meeting_is_a_failure_and_no_uuid_a_bad_request(self):
        self.assert_failed(self.service.get('/v1/ETRA/get-meeting-details/' + NOBODY), 'filter')
        self.assert_failed(self.service.get('/v1/ETRA/get-meeting-details/' + self.raise_at(self.hold())['interactionId']), 'filter')
        self.assert_empty(self.service.get('/v1/ETRA/get-meeting-details/x'), 400)

    # Changing issues

    def update(self, issue, **members):
        body = {'estateOfficerId': OFFICER, 'estateOfficerName': 'Olu Officer', 'issueInteractionId': issue['interactionId'],
                'issueIncidentId': issue['incidentId'], 'isNewNote': False, 'issueIsToBeDeleted': False, **members}
        return self.service.patch('/v1/ETRA/UpdateETRAIssue', body)

    def assert_changed(self, answer, status, issue, action='Updated', note=None):
        note = 'null' if note is None else f'"{note}"'
        self.assert_json(answer, status, f'{{"incidentId":"{issue["incidentId"]}","interactionId":"{issue["interactionId"]}","annotationId":{note},"action":"{action}"}}')

    def test_an_update_changes_what_it_names(self):
        meeting = self.hold()
        issue = self.raise_at(meeting)
        self.assert_changed(self.update(issue, note='chased', isNewNote='True'), 201, issue)
        item, = self.issues_of(meeting)
        self.assertEqual((item['issueLocation'], item['processStage'], item['nccOfficerUpdatedByName']), ('Sample House', 0, 'Olu Officer'))
        self.assertEqual(self.notes_of(meeting), ['Door broken', 'chased'])
        self.assert_changed(self.update(issue, note='Door mended', annotationId=issue['annotationId'], issueLocation='Yew House', enquirySubject='100000220',
                                        serviceArea='4', issueStage='Completed'), 201, issue)
        item, = self.issues_of(meeting)
        self.assertEqual((item['issueLocation'], item['enquirySubjectId'], item['enquirysubject'], item['serviceArea'], item['processStage']),
                         ('Yew House', 100000220, None, 4, 8))
        self.assertEqual(self.notes_of(meeting), ['Door mended', 'chased'])
        for stage, number in ((0, 0), ('9', 9), ('notcompleted', 0), ('ESCALATED', 9)):
            self.update(issue, issueStage=stage)
            self.assertEqual(self.issues_of(meeting)[0]['processStage'], number)

    def test_an_issue_is_deleted_with_its_case_closed(self):
        meeting = self.hold()
        issue, other = self.raise_at(meeting), self.raise_at(meeting)
        self.assert_changed(self.update(issue, issueIsToBeDeleted=True), 201, issue, 'Deleted')
        self.assertEqual([item['interactionId'] for item in self.issues_of(meeting)], [other['interactionId']])
        self.assert_failed(self.update(issue, note='too late', isNewNote=True), 'object')

    def test_a_meetings_papers_are_noted_through_the_same_endpoint(self):
        meeting = self.hold()
        self.assert_changed(self.update(meeting, pdfId=PDF), 201, meeting)
        self.assert_changed(self.update(meeting, signatureId=SIGNATURE), 201, meeting)
        details = self.details(meeting)
        self.assertEqual((details['pdfId'], details['signatureId']), (PDF, SIGNATURE))
        self.assert_failed(self.update(meeting, note='x', isNewNote=True), 'object')
        self.assert_failed(self.update(meeting, pdfId=PDF, issueIncidentId=NOBODY), 'object')

    def test_what_cannot_be_updated_stays_as_it_is(self):
        meeting = self.hold()
        issue, other = self.raise_at(meeting), self.raise_at(meeting)
        for members in ({'issueInteractionId': NOBODY}, {'issueInteractionId': None}, {'issueInteractionId': 'x'}, {'issueIncidentId': other['incidentId']},
                        {'estateOfficerId': NOBODY}, {'issueStage': 'soon'}, {'issueStage': 7}, {'serviceArea': 'x'}, {'annotationId': other['annotationId'], 'note': 'x'},
                        {'annotationId': NOBODY, 'note': 'x'}, {'isNewNote': 'x'}, {'note': 'x' * 10_001}):
            self.assert_failed(self.update(issue, **{'issueLocation': 'Elsewhere', **members}), 'object')
        self.assertEqual([item['issueLocation'] for item in self.issues_of(meeting)], ['Sample House', 'Sample House'])
        self.assert_failed(self.service.request('PATCH', '/v1/ETRA/UpdateETRAIssue'), 'object')

    def respond(self, issue, **members):
        body = {'responderName': 'Ri R', 'responseText': 'Booked', 'serviceAreaName': 'Repairs', 'serviceAreaId': '4', 'issueStage': 0,
                'issueIncidentId': issue['incidentId'], 'annotationSubjectId': NOBODY, 'projectedCompletionDate': '2026-04-01T00:00:00', **members}
        return self.service.patch('/v1/ETRA/add-issue-response/' + issue['interactionId'], body)

    def test_a_response_is_noted_with_its_date(self):
        meeting = self.hold()
        issue = self.raise_at(meeting)
        answer = self.respond(issue)
        item, = self.issues_of(meeting)
        note = item['AnnotationList'][1]
        self.assert_changed(answer, 200, issue, note=note['annotationId'])
        self.assertRegex(note['noteText'], r'\AResponse from: Repairs\nBooked\nWednesday 01 April 2026\nResponder: Ri R on \d\d/\d\d/\d{4} \d\d:\d\d:\d\d\Z')
        self.assertEqual((item['serviceArea'], item['serviceAreaName'], item['processStage']), (4, 'Repairs', 0))
        self.respond(issue, issueStage='8', projectedCompletionDate=None, responseText='Mended')
        self.assertIn('\nMended\nCompleted by service area\n', self.notes_of(meeting)[2])
        self.assertEqual(self.issues_of(meeting)[0]['processStage'], 8)
        self.assertEqual(self.respond(issue, issueStage=9, projectedCompletionDate=None).status, 200)

    def test_a_response_needs_a_body_and_unless_it_is_done_a_date(self):
        issue = self.raise_at(self.hold())
        path = '/v1/ETRA/add-issue-response/' + issue['interactionId']
        for members in ({'projectedCompletionDate': None}, {'projectedCompletionDate': 'x'}, {'issueStage': None, 'projectedCompletionDate': None},
                        {'issueStage': 'x'}, {'issueStage': 5}, {'serviceAreaId': 'x'}):
            self.assert_empty(self.respond(issue, **members), 400)
        for body in (None, b'null', b'[]', b'{'):
            self.assert_empty(self.service.request('PATCH', path, body=body, content_type='application/json'), 400)
        self.assert_failed(self.respond(issue, issueIncidentId=NOBODY), 'filter')
        for number in (NOBODY, 'x'):
            self.assert_failed(self.respond({**issue, 'interactionId': number}), 'filter')

    def test_a_rejected_response_leaves_the_issue_at_no_stage(self):
        meeting = self.hold()
        issue = self.raise_at(meeting)
        path = '/v1/ETRA/reject-response/' + issue['interactionId']
        body = {'responderName': 'Olu Officer', 'responseText': 'Not fixed', 'issueIncidentId': issue['incidentId'], 'annotationSubjectId': NOBODY}
        answer = self.service.patch(path, body)
        item, = self.issues_of(meeting)
        self.assert_changed(answer, 200, issue, note=item['AnnotationList'][1]['annotationId'])
        self.assertRegex(item['AnnotationList'][1]['noteText'], r'\AResponse rejected\nNot fixed\nResponder: Olu Officer on \d\d/')
        self.assertIsNone(item['processStage'])
        for bad in (None, b'null', b'1'):
            self.assert_empty(self.service.request('PATCH', path, body=bad, content_type='application/json'), 400)
        self.assert_failed(self.service.patch('/v1/ETRA/reject-response/' + NOBODY, body), 'filter')
        self.assert_failed(self.service.patch(path, {**body, 'issueIncidentId': NOBODY}), 'filter')

    def test_a_case_is_closed_with_its_work_and_a_note(self):
        meeting = self.hold()
        issue = self.raise_at(meeting)
        answer = self.service.patch('/v1/ETRA/close-incident/' + issue['incidentId'], 'done')
        self.assert_json(answer, 200, f'{{"incidentId":"{issue["incidentId"]}","status":"Closed"}}')
        self.assertEqual(self.issues_of(meeting)[0]['stateCode'], 1)
        self.assertEqual(self.notes_of(meeting), ['Door broken', 'done'])
        for body in (None, b'null', b'{}', b'" "'):
            self.assertEqual(self.service.request('PATCH', '/v1/ETRA/close-incident/' + issue['incidentId'], body=body, content_type='application/json').status, 200)
        self.assertEqual(self.notes_of(meeting), ['Door broken', 'done'])
        for number in ('x', ZERO):
            self.assert_empty(self.service.patch('/v1/ETRA/close-incident/' + number, 'done'), 400)
        self.assert_failed(self.service.patch('/v1/ETRA/close-incident/' + NOBODY, 'done'), 'filter')

    # Attendance and signing

    def test_attendance_is_recorded(self):
        meeting = self.hold()
        path = '/v1/ETRA/record-attendance/' + meeting['interactionId']
        answer = self.service.patch(path, {'councillors': 'Cllr A', 'otherCouncilStaff': '', 'totalAttendees': '7'})
        self.assert_json(answer, 200, f'{{"meetingId":"{meeting["interactionId"]}","recorded":true,"councillors":"Cllr A","otherCouncilStaff":"","totalAttendees":7}}')
        details = self.details(meeting)
        self.assertEqual((details['councillorsAttending'], details['otherCouncilStaffAttending'], details['totalAttendees']), ('Cllr A', '', 7))
        self.assertEqual(self.service.patch(path, {}).json['totalAttendees'], 0)
        for body in (None, b'null', b'{"totalAttendees":"x"}', b'{"totalAttendees":1.5}'):
            self.assert_empty(self.service.request('PATCH', path, body=body, content_type='application/json'), 400)
        for number in (NOBODY, 'x'):
            self.assert_failed(self.service.patch('/v1/ETRA/record-attendance/' + number, {}), 'filter')

    def test_a_meeting_is_finalised_once(self):
        meeting = self.hold()
        path = '/v1/ETRA/finalise-meeting/' + meeting['interactionId']
        answer = self.service.patch(path, {'name': 'Cy Chair', 'role': 'chair', 'signatureId': SIGNATURE})
        self.assertRegex(answer.body.decode(), f'^{{"result":{{"id":"{meeting["interactionId"]}","isFinalised":true,'
                         r'"signOffDate":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00"}}$')
        details = self.details(meeting)
        self.assertTrue(re.fullmatch(INSTANT, details['confirmationDate']))
        self.assertEqual((details['signatureId'], details['signatoryRole'], details['modifiedOn']), (SIGNATURE, 'chair', details['confirmationDate']))
        self.assert_empty(self.service.patch(path, {'name': 'Someone Else', 'role': 'secretary'}), 403)
        self.assertEqual(self.details(meeting), details)

    def test_a_meeting_may_be_finalised_without_a_name(self):
        for body in (None, b'null', b'{}', b'{"signatureId":"x"}'):
            meeting = self.hold()
            path = '/v1/ETRA/finalise-meeting/' + meeting['interactionId']
            self.assertEqual(self.service.request('PATCH', path, body=body, content_type='application/json').status, 200)
            self.assertIsNone(self.details(meeting)['signatoryRole'])
        for number in (NOBODY, 'x'):
            self.assert_failed(self.service.request('PATCH', '/v1/ETRA/finalise-meeting/' + number), 'filter')

    def test_a_viewer_reads_and_changes_nothing(self):
        meeting = self.hold()
        viewer = self.as_token('viewer')
        self.assertEqual(viewer.get('/v1/ETRA/get-meeting-details/' + meeting['interactionId']).status, 200)
        self.assert_empty(viewer.patch('/v1/ETRA/finalise-meeting/' + meeting['interactionId'], {}), 403)
