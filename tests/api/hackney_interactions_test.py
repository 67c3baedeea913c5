"""Trays, and what is logged into them (contract 4.7: I1, I2, I3, I6)."""
import datetime
import time
import zoneinfo

from support.hackney import token
from support.hackney_work import (ADA, EMPTY_PATCH, HOUSEHOLD, MANAGER, MANAGER_AREA, NOTHING, OFFICER, PATCH, PATH, SUBJECT, UNKNOWN, ZOE, InteractionsTest,
                                  new_interaction)

CREATE = PATH + '/CreateTenancyManagementInteraction'
AREA_TRAYS = (PATH + '/GetAreaTrayIneractions', PATH + '/GetAreaTrayInteractions')


class Trays(InteractionsTest):
    def test_an_item_has_43_keys(self):
        parent = self.log()
        logged = self.log(processType='1', householdId=HOUSEHOLD, parentInteractionId=parent['interactionId'], managerId=MANAGER_AREA,
                          serviceRequest={'requestCallback': True})
        item = self.item(logged, 'officer', PATCH)
        created = item['createdon']
        at = datetime.datetime.strptime(created, '%Y-%m-%d %H:%M:%S').replace(tzinfo=datetime.timezone.utc)
        self.assertLess(abs(at.timestamp() - time.time()), 60)
        local = at.astimezone(zoneinfo.ZoneInfo('Europe/London'))
        note = item['AnnotationList'][0]
        self.assertEqual(item, {
            'incidentId': logged['serviceRequest']['id'], 'isTransferred': False, 'ticketNumber': logged['serviceRequest']['ticketNumber'],
            'stateCode': 0, 'processStage': 0, 'nccOfficersId': OFFICER, 'nccEstateOfficer': 'Olu Officer', 'createdon': created,
            'nccOfficerUpdatedById': None, 'nccOfficerUpdatedByName': None, 'natureOfEnquiryId': 15, 'natureOfEnquiry': 'Tenancy process',
            'enquirySubjectId': 100000156, 'enquirysubject': 'Tenancy & household check', 'interactionId': logged['interactionId'],
            'areamanagerId': MANAGER_AREA, 'areaManagerName': 'Mo Manager', 'officerPatchId': PATCH, 'officerPatchName': 'Olu Officer',
            'areaName': 'Homerton 1', 'handledBy': 'Estate Officer', 'requestCallBack': True, 'contactId': ADA, 'contactName': 'Ada Sample',
            'contactTitle': 'Ms', 'contactPostcode': 'E8 9ZZ', 'contactAddressLine1': 'FLAT 2 SAMPLE HOUSE', 'contactAddressLine2': 'EXAMPLE ROAD',
            'contactAddressLine3': None, 'contactAddressCity': 'LONDON', 'contactBirthDate': '1981-11-12', 'contactTelephone': '02000000000',
            'contactEmailAddress': 'ada@example.org', 'contactCautionaryAlert': False, 'contactPropertyCautionaryAlert': False,
            'contactLarn': 'LARN0000001', 'contactUPRN': '100023000001', 'householdID': HOUSEHOLD, 'accountCreatedOn': '2020-01-02 03:04:05',
            'parentInteractionId': parent['interactionId'], 'traId': None, 'issueLocation': None,
            'AnnotationList': [{'noteText': f'Starting a check logged on  {local:%d/%m/%Y %H:%M:%S} by  Olu Officer', 'annotationId': note['annotationId'],
                                'noteCreatedOn': f'{local:%Y-%m-%d %H:%M:%S}'}]})

    def test_an_areas_tray_leaves_seven_keys_null(self):
        parent = self.log()
        logged = self.log(processType=2, householdId=HOUSEHOLD, parentInteractionId=parent['interactionId'])
        own = self.item(logged)
        emptied = ('contactTitle', 'contactCautionaryAlert', 'contactPropertyCautionaryAlert', 'accountCreatedOn', 'parentInteractionId', 'traId',
                   'issueLocation')
        for path in AREA_TRAYS:
            for query in ({'OfficeId': '3'}, {'officeid': ' 3 '}):
                items = {item['interactionId']: item for item in self.service.get(path, **query).json['results']}
                self.assertEqual(items[logged['interactionId']], {**own, **dict.fromkeys(emptied)})

    def test_each_tray_has_its_own(self):
        officers = self.log(officerPatchId=PATCH)
        nobodys = self.log(officerPatchId=EMPTY_PATCH, areaName='4')
        managers = self.log(officerPatchId=None, managerId=MANAGER_AREA)
        zoes = self.log(contactId=ZOE)
        trays = {('officer', PATCH): {0, 3}, ('officer', EMPTY_PATCH): {1}, ('manager', MANAGER_AREA): {2}, ('contact', ADA): {0, 1, 2},
                 ('contact', ZOE): {3}}
        logged = [item['interactionId'] for item in (officers, nobodys, managers, zoes)]
        for (person_type, uuid), expected in trays.items():
            self.assertEqual({logged.index(key) for key in self.tray(person_type, uuid) if key in logged}, expected, person_type)
        item = self.item(nobodys, 'officer', EMPTY_PATCH)
        self.assertEqual((item['officerPatchName'], item['areaManagerName'], item['areamanagerId'], item['areaName']), (' ', ' ', None, 'Homerton 2'))
        item = self.item(zoes, 'contact', ZOE)
        self.assertEqual((item['contactName'], item['contactTitle'], item['contactUPRN'], item['accountCreatedOn']), ("Zoë O'Brien", None, None, None))

    def test_an_issue_says_where_it_is_and_is_about_nobody(self):
        common = {'estateOfficerId': OFFICER, 'estateOfficerName': 'Olu Officer', 'officerPatchId': PATCH, 'areaName': '3', 'TRAId': None,
                  'natureOfEnquiry': '28', 'enquirySubject': '100000501', 'ServiceRequest': {'title': 'ETRA', 'description': 'Door broken'}}
        create = '/v1/ETRA/CreateETRAMeetingOrIssue'
        association = {'name': 'Sample TRA', 'notes': '', 'email': '', 'areaId': 3, 'patchId': PATCH, 'estateRefs': []}
        self.assertEqual(self.service.post('/v1/TRA', association).status, 200)
        tra = self.service.get('/v1/TRA/GetTRAForPatch', patchId=PATCH).json['results'][0]['traId']
        meeting = self.service.post(create, {**common, 'processType': '1', 'TRAId': tra}).json
        issue = self.service.post(create, {**common, 'processType': '3', 'TRAId': tra, 'parentInteractionId': meeting['interactionId'],
                                           'issueLocation': 'Sample House'}).json
        item = self.tray('officer', PATCH)[issue['interactionId']]
        shown = [item[key] for key in ('issueLocation', 'traId', 'parentInteractionId', 'contactId', 'contactName', 'contactCautionaryAlert')]
        self.assertEqual(shown, ['Sample House', str(tra), meeting['interactionId'], None, None, None])
        self.assertNotIn(issue['interactionId'], self.service.get(AREA_TRAYS[0], OfficeId=3).body.decode())

    def test_what_is_closed_is_still_shown(self):
        logged = self.log()
        self.close(logged, MANAGER)
        for item in (self.item(logged), self.item(logged, 'officer', PATCH)):
            self.assertEqual((item['stateCode'], item['nccOfficerUpdatedById'], item['nccOfficerUpdatedByName']), (1, MANAGER, 'Mo Manager'))

    def test_codes_without_a_label_are_shown_as_they_are(self):
        item = self.item(self.log(natureofEnquiry=99, enquirySubject='other', source='7'))
        shown = [item[key] for key in ('natureOfEnquiryId', 'natureOfEnquiry', 'enquirySubjectId', 'enquirysubject', 'handledBy')]
        self.assertEqual(shown, [99, None, 'other', None, None])

    def test_nothing_found_is_an_empty_object_under_another_key(self):
        for person_type in ('contact', 'officer', 'manager'):
            self.assert_json(self.service.get(PATH, contactId=UNKNOWN, personType=person_type), 200, NOTHING)
        self.assert_json(self.service.get(PATH, contactId=PATCH, personType='manager'), 200, NOTHING)
        for path in AREA_TRAYS:
            self.assert_json(self.service.get(path, OfficeId=404), 200, NOTHING)

    def test_what_a_tray_asks_for(self):
        contact, empty, wrong = 'Please provide a valid contact.', 'Required variable personType is empty.', 'Please provide a valid personType.'
        for query, text in (({}, contact), ({'contactId': ' ', 'personType': 'x'}, contact), ({'contactId': 'x', 'personType': 'contact'}, contact),
                            ({'contactId': ADA}, empty), ({'contactId': ADA, 'personType': ' '}, empty),
                            ({'contactId': ADA, 'personType': 'Contact'}, wrong), ({'contactId': ADA, 'personType': 'nobody'}, wrong)):
            self.assert_refused_with(self.service.get(PATH, **query), text)
        for path in AREA_TRAYS:
            for query in ({}, {'OfficeId': ''}, {'OfficeId': 'x'}, {'OfficeId': '3.5'}):
                self.assert_json(self.service.get(path, **query), 400, '[]')

    def test_names_are_read_in_any_case(self):
        logged = self.log()
        for path in (PATH, PATH.lower(), PATH.upper() + '/', '/manageatenancy' + PATH):
            answer = self.service.get(path, CONTACTID='{' + ADA.upper() + '}', persontype='contact')
            self.assertIn(logged['interactionId'], [item['interactionId'] for item in answer.json['results']])

    def test_who_may_see_and_who_may_change(self):
        viewer = self.as_token('viewer')
        self.assertEqual(viewer.get(PATH, contactId=ADA, personType='contact').status, 200)
        self.assertEqual(viewer.get(AREA_TRAYS[0], OfficeId=3).status, 200)
        before = len(self.tray('contact', ADA))
        for method, path in (('POST', CREATE), ('PATCH', PATH), ('PUT', PATH + '/TransferCall'), ('POST', PATH + '/ServiceRequest')):
            self.assert_empty(viewer.request(method, path, json=new_interaction()), 403)
            self.assert_empty(self.client_with(None).request(method, path, json=new_interaction()), 401)
            self.assert_empty(self.client_with(token(seconds=-400)).request(method, path, json=new_interaction()), 401)
            self.assert_empty(self.service.request(method, path, body=b'a=1', content_type='text/plain'), 415)
        self.assertEqual(len(self.tray('contact', ADA)), before)
        self.assertEqual(self.as_token('officer').post(CREATE, new_interaction()).status, 201)


class ClosedLongAgo(InteractionsTest):
    settings = {**InteractionsTest.settings, 'TENANTRY_TRAY_CLOSED_DAYS': '0'}

    def test_a_server_may_be_set_to_show_everything(self):
        logged = self.log()
        self.close(logged, OFFICER)
        self.assertEqual(self.item(logged, 'officer', PATCH)['stateCode'], 1)


class Logging(InteractionsTest):
    def test_the_whole_answer(self):
        answer = self.service.post(CREATE, new_interaction(processType=1, householdId=HOUSEHOLD, reasonForStartingProcess=4, serviceRequest={
            'contactId': ADA, 'requestCallback': 'true'}))
        interaction, request = answer.json['interactionId'], answer.json['serviceRequest']
        self.assertRegex(request['ticketNumber'], r'^CAS-\d{5}-[A-Z0-9]{6}$')
        self.assert_json(answer, 201, (
            f'{{"interactionId":"{interaction}","contactId":"{ADA}","enquirySubject":"100000156","estateOfficerId":"{OFFICER}","subject":"{SUBJECT}",'
            f'"adviceGiven":null,"estateOffice":null,"source":"1","natureofEnquiry":"15","estateOfficerName":null,"officerPatchId":"{PATCH}","areaName":"3",'
            f'"managerId":null,"assignedToPatch":false,"assignedToManager":false,"transferred":false,"serviceRequest":{{"id":"{request["id"]}",'
            f'"title":"Tenancy Management","description":"Starting a check","contactId":"{ADA}","parentCaseId":null,"subject":"{SUBJECT}","createdDate":null,'
            f'"enquiryType":null,"ticketNumber":"{request["ticketNumber"]}","requestCallback":false,"transferred":false,"createdBy":null,"childRequests":null}},'
            f'"status":0,"parentInteractionId":null,"processType":"1","householdId":"{HOUSEHOLD}","processStage":0,"reasonForStartingProcess":null}}'))
        self.assertEqual(answer.header('Content-Type'), 'application/json')
        self.assertTrue(self.item(answer.json)['requestCallBack'])

    def test_only_a_plain_interaction_has_no_stage(self):
        self.assertIsNone(self.item(self.log(processType='0'))['processStage'])
        self.assertEqual(self.item(self.log(processType=3))['processStage'], 0)

    def test_a_note_has_lines_and_signs_as_it_was_written(self):
        said = 'Rang about “form” n° 5;\r\nher son\'s <key> & "lock"\n\ttab 📞'
        self.assertIn(said + ' logged on  ', self.notes(self.log(serviceRequest={'description': said}))[0])
        self.assertTrue(self.notes(self.log(estateOfficerName=None))[0].endswith(' by  '))
        self.assertTrue(self.notes(self.log(estateOfficerName="Siobhán O'Neill"))[0].endswith(" by  Siobhán O'Neill"))

    def test_what_is_lacking_is_told_one_by_one(self):
        householdless = 'Please provide a valid householdId for Tenancy Management Process'
        parentless = 'Please provide a valid parentInteractionId for Tenancy Management Post Visit Action'
        lacking = {
            'contactId': 'Please provide a valid ContactId', 'enquirySubject': 'Please provide a valid Subject for Tenancy Interaction',
            'areaName': 'Please provide a valid Estate Office details for Tenancy Interaction',
            'officerPatchId': 'Please provide a valid Patch officer or a Manager',
            'estateOfficerId': 'Please provide a valid Estate Officer details for Tenancy Interaction',
            'natureofEnquiry': 'Please provide a valid Nature of Enquiry details for Tenancy Interaction',
            'source': 'Please provide a valid Source details for Tenancy Interaction',
            'subject': 'Please provide a valid Subject details for Tenancy Interaction',
            'processType': 'Please provide a valid processType for ServiceRequest'}
        for name, text in lacking.items():
            for blank in (None, '', ' '):
                self.assert_refused_with(self.service.post(CREATE, new_interaction(**{name: blank})), text)
        for name in ('title', 'description', 'subject'):
            for blank in (None, '', ' '):
                self.assert_refused_with(self.service.post(CREATE, new_interaction(serviceRequest={name: blank})),
                                         f'Please provide a valid {name.capitalize()} for ServiceRequest')
        both = [householdless, parentless]
        for process_type, texts in ((1, [householdless]), ('1', [householdless]), (2, both), (' 2 ', both)):
            self.assert_refused_with(self.service.post(CREATE, new_interaction(processType=process_type)), *texts)
        self.assert_refused_with(self.service.post(CREATE, new_interaction(processType=2, householdId=HOUSEHOLD)), parentless)

    def test_what_is_lacking_is_told_at_once_in_order(self):
        request = 'Please provide  a valid ServiceRequest for TenancyManagement interaction request'
        self.assert_refused_with(self.service.post(CREATE, {}), 'Please provide a valid ContactId', request)
        self.assert_refused_with(self.service.post(CREATE, {'contactId': ADA, 'serviceRequest': None}), request)
        self.assert_refused_with(
            self.service.post(CREATE, {'processType': 2, 'serviceRequest': {}}), 'Please provide a valid ContactId',
            'Please provide a valid Subject for Tenancy Interaction', 'Please provide a valid Estate Office details for Tenancy Interaction',
            'Please provide a valid Patch officer or a Manager', 'Please provide a valid Estate Officer details for Tenancy Interaction',
            'Please provide a valid Nature of Enquiry details for Tenancy Interaction', 'Please provide a valid Source details for Tenancy Interaction',
            'Please provide a valid Subject details for Tenancy Interaction', 'Please provide a valid Title for ServiceRequest',
            'Please provide a valid Description for ServiceRequest', 'Please provide a valid householdId for Tenancy Management Process',
            'Please provide a valid parentInteractionId for Tenancy Management Post Visit Action', 'Please provide a valid Subject for ServiceRequest')
        self.assert_refused_with(
            self.service.post(CREATE, {'contactId': ADA, 'serviceRequest': {'title': 'x', 'description': 'x'}}),
            'Please provide a valid Subject for Tenancy Interaction',
            'Please provide a valid Estate Office details for Tenancy Interaction', 'Please provide a valid Patch officer or a Manager',
            'Please provide a valid Estate Officer details for Tenancy Interaction', 'Please provide a valid Nature of Enquiry details for Tenancy Interaction',
            'Please provide a valid Source details for Tenancy Interaction', 'Please provide a valid Subject details for Tenancy Interaction',
            'Please provide a valid processType for ServiceRequest', 'Please provide a valid Subject for ServiceRequest')

    def test_a_body_that_does_not_convert_is_none(self):
        text = 'Please provide  a valid TenancyManagement interaction request'
        for body in (b'', b'null', b'[]', b'{', b'"x"', b'\xff'):
            self.assert_refused_with(self.service.request('POST', CREATE, body=body, content_type='application/json'), text)
        for name, value in (('contactId', [ADA]), ('processStage', 'two'), ('serviceRequest', 'x'), ('assignedToPatch', 'maybe'), ('status', {}),
                            ('reasonForStartingProcess', 'why'), ('estateOffice', 'x' * 201), ('adviceGiven', 'x' * 10_001), ('source', 'a\nb')):
            self.assert_refused_with(self.service.post(CREATE, {**new_interaction(), name: value}), text)
        self.assert_refused_with(self.service.post(CREATE, new_interaction(serviceRequest={'description': 'x' * 10_001})), text)

    def test_names_and_values_are_read_in_any_form(self):
        request = new_interaction(enquirySubject=100000156, source=1, natureofEnquiry=15, areaName='3', processType='1', householdId=HOUSEHOLD.upper(),
                                  contactId='{' + ADA + '}', assignedToPatch='TRUE', status='1', processStage='2')
        logged = self.service.post(CREATE, {name.upper(): value for name, value in request.items()})
        self.assertEqual(logged.status, 201, str(logged))
        item = self.item(logged.json)
        self.assertEqual((item['natureOfEnquiryId'], item['enquirySubjectId'], item['handledBy'], item['householdID'], item['processStage']),
                         (15, 100000156, 'Estate Officer', HOUSEHOLD, 0))

    def test_what_does_not_exist_is_a_failure_and_nothing_is_stored(self):
        before = (self.tray('contact', ADA), self.tray('officer', PATCH))
        for name in ('contactId', 'officerPatchId', 'managerId', 'estateOfficerId', 'householdId', 'parentInteractionId'):
            for value in (UNKNOWN, 'no uuid'):
                self.assert_failed(self.service.post(CREATE, new_interaction(**{name: value})), 'object')
        for name, value in (('areaName', 404), ('areaName', 'Homerton 1'), ('processType', 'process'), ('processType', -1),
                            ('serviceRequest', {'contactId': UNKNOWN}), ('serviceRequest', {'contactId': 'x'})):
            self.assert_failed(self.service.post(CREATE, new_interaction(**{name: value})), 'object')
        self.assertEqual((self.tray('contact', ADA), self.tray('officer', PATCH)), before)


class ServiceRequests(InteractionsTest):
    path = PATH + '/ServiceRequest'

    def test_the_whole_answer(self):
        answer = self.service.post(self.path, {'title': 'Tenancy Management', 'requestCallback': True})
        self.assertRegex(answer.json['ticketNumber'], r'^CAS-\d{5}-[A-Z0-9]{6}$')
        self.assert_json(answer, 201, (
            f'{{"id":"{answer.json["id"]}","title":"Tenancy Management","description":null,"contactId":null,"parentCaseId":null,"subject":null,'
            f'"createdDate":null,"enquiryType":null,"ticketNumber":"{answer.json["ticketNumber"]}","requestCallback":true,"transferred":false,"createdBy":null,'
            '"childRequests":null}'))
        said = {'title': "Zoë's <key>", 'description': 'two\nlines', 'contactId': ZOE, 'subject': SUBJECT}
        answer = self.service.post(self.path, said)
        self.assertEqual({name: answer.json[name] for name in said}, said)
        self.assertFalse(answer.json['requestCallback'])
        self.assertEqual(self.service.post(self.path, {'title': 'x', 'description': '', 'contactId': '', 'subject': ''}).status, 201)

    def test_what_is_lacking(self):
        title = 'Please provide a valid Title for ServiceRequest'
        white = [f'Please provide a valid {name} for ServiceRequest' for name in ('Description', 'ContactId', 'Subject')]
        for blank in ({}, {'title': ''}, {'title': ' '}, {'title': None}):
            self.assert_refused_with(self.service.post(self.path, blank), title)
        for name, text in zip(('description', 'contactId', 'subject'), white):
            self.assert_refused_with(self.service.post(self.path, {'title': 'x', name: '  '}), text)
        self.assert_refused_with(self.service.post(self.path, {'title': ' ', 'description': ' ', 'contactId': ' ', 'subject': ' '}), title, *white)
        for body in (b'', b'null', b'[1]', b'{"title":["x"]}', b'{"title":"x","requestCallback":"maybe"}'):
            answer = self.service.request('POST', self.path, body=body, content_type='application/json')
            self.assert_refused_with(answer, 'Please provide a valid ServiceRequest')

    def test_an_unknown_person_is_a_failure(self):
        for contact in (UNKNOWN, 'x'):
            self.assert_failed(self.service.post(self.path, {'title': 'x', 'contactId': contact}), 'object')
