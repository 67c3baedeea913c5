#include "register/importer.hpp"

#include "register/alert.hpp"
#include "register/area.hpp"
#include "register/case_note.hpp"
#include "register/citizen.hpp"
#include "register/code_list.hpp"
#include "register/estate.hpp"
#include "register/household.hpp"
#include "register/job.hpp"
#include "register/manager_area.hpp"
#include "register/officer.hpp"
#include "register/patch.hpp"
#include "register/person.hpp"
#include "register/property.hpp"
#include "register/tenancy.hpp"

namespace tenantry::housing {

namespace {

/// What is stored under the uuid, or a new empty record. Errors other than NotFound are passed on.
template <class Record>
Result<Record> stored_or_new(Result<Record> found) {
    if (!found.ok() && found.error().code == Code::NotFound) {
        return Record{};
    }
    return found;
}

Result<std::optional<Id<Property>>> property_of(audit::Work& work, std::optional<std::int64_t> uprn) {
    if (!uprn) {
        return std::optional<Id<Property>>{};
    }
    const auto property = TRY(find_property_by_uprn(work.tx(), *uprn));
    if (!property) {
        return Error{Code::Invalid, "no property has this UPRN", "uprn"};
    }
    return property;
}

std::optional<std::int64_t> pence_of(const std::optional<Pence>& amount) {
    return amount ? std::optional{amount->value} : std::nullopt;
}

/// What a reference leads to; Invalid with the column's name and this text where it leads nowhere.
template <class Found>
Result<Found> referred(Result<Found> found, Literal text, Literal column) {
    if (!found.ok() && found.error().code == Code::NotFound) {
        return Error{Code::Invalid, text, column};
    }
    return found;
}

Result<Id<Area>> area_of(audit::Work& work, std::int64_t number) {
    return TRY(referred(find_area(work.tx(), {number}), "no area has this number", "area_id")).id;
}

Result<std::optional<Id<Officer>>> officer_of(audit::Work& work, const std::optional<Uuid>& uuid) {
    if (!uuid) {
        return std::optional<Id<Officer>>{};
    }
    return std::optional{
        TRY(referred(find_officer_id(work.tx(), *uuid), "no officer has this uuid", "officer_uuid"))};
}

/// Nobody of the register's officers gave it to whom the file says.
template <class Held>
void hand_over(Held& held, std::optional<Id<Officer>> officer) {
    if (held.officer != officer) {
        held.officer = officer;
        held.updated_by.reset();
    }
}

}  // namespace

Result<void> Importer::add(const AreaRecord& record) {
    return put_area(work_, {{record.id}, record.name});
}

Result<void> Importer::add(const OfficerRecord& record) {
    Officer officer = TRY(stored_or_new(find_officer(work_.tx(), work_.keys(), record.uuid)));
    const bool is_new = officer.id.value == 0;
    officer.uuid = record.uuid;
    officer.active = record.active;
    officer.account.first_name = record.first_name;
    officer.account.last_name = record.last_name;
    officer.account.email = record.email;
    officer.account.username = none_if_empty(record.username);
    if (!record.password_hash.empty()) {
        officer.account.password = record.password_hash;
    }
    roles_are_due_ = true;
    TRY(is_new ? create_officer(work_, std::move(officer)) : update_officer(work_, std::move(officer)));
    return {};
}

Result<void> Importer::add(const ManagerAreaRecord& record) {
    ManagerArea area = TRY(stored_or_new(find_manager_area(work_.tx(), work_.keys(), record.uuid)));
    area.uuid = record.uuid;
    area.name = record.name;
    area.area = TRY(area_of(work_, record.area));
    hand_over(area, TRY(officer_of(work_, record.officer)));
    roles_are_due_ = true;
    TRY(area.version == 0 ? create_manager_area(work_, std::move(area))
                          : update_manager_area(work_, std::move(area)));
    return {};
}

Result<void> Importer::add(const PatchRecord& record) {
    Patch patch = TRY(stored_or_new(find_patch(work_.tx(), work_.keys(), record.uuid)));
    patch.uuid = record.uuid;
    patch.name = record.name;
    patch.area = TRY(area_of(work_, record.area));
    patch.manager_area.reset();
    if (record.manager_area) {
        patch.manager_area = TRY(referred(find_manager_area(work_.tx(), work_.keys(), *record.manager_area),
                                          "no manager area has this uuid", "manager_area_uuid"))
                                 .id;
    }
    hand_over(patch, TRY(officer_of(work_, record.officer)));
    TRY(patch.version == 0 ? create_patch(work_, std::move(patch)) : update_patch(work_, std::move(patch)));
    return {};
}

Result<void> Importer::finish() {
    if (roles_are_due_) {
        TRY(settle_officer_roles(work_));
    }
    return ledger_.finish();
}

Result<void> Importer::add(const PropertyRecord& record) {
    Property p = TRY(stored_or_new(find_property(work_.tx(), work_.keys(), record.uuid)));
    p.uuid = record.uuid;
    p.uprn = record.uprn;
    p.property_reference = none_if_empty(record.property_reference);
    p.house_reference = none_if_empty(record.house_reference);
    p.address_line_1 = record.address_line_1;
    p.address_line_2 = none_if_empty(record.address_line_2);
    p.address_line_3 = none_if_empty(record.address_line_3);
    p.city = none_if_empty(record.city);
    p.county = none_if_empty(record.county);
    p.postcode = record.postcode;
    p.ward_id = none_if_empty(record.ward_id);
    p.ward_name = none_if_empty(record.ward_name);
    p.patch = record.patch;
    if (p.patch) {
        TRY(referred(find_patch_id(work_.tx(), *p.patch), "no patch has this uuid", "patch_uuid"));
    }
    p.estate_address = none_if_empty(record.estate_address);
    p.neighbourhood_office = none_if_empty(record.neighbourhood_office);
    TRY(p.version == 0 ? create_property(work_, std::move(p)) : update_property(work_, std::move(p)));
    return {};
}

Result<void> Importer::add(const TenancyRecord& record) {
    Tenancy t = TRY(stored_or_new(find_tenancy(work_.tx(), work_.keys(), record.uuid)));
    t.uuid = record.uuid;
    t.tag_reference = record.tag_reference;
    t.payment_reference = none_if_empty(record.payment_reference);
    t.property = TRY(property_of(work_, record.uprn));
    if (record.household) {
        t.household = TRY(ensure_household(work_, record.tag_reference, *record.household));
    } else if (!t.household) {
        t.household = TRY(ensure_household(work_, record.tag_reference));
    }
    t.tenure_code = none_if_empty(record.tenure_code);
    t.start_on = record.start_on;
    t.end_on = record.end_on;
    t.terminated = record.terminated;
    t.present = record.present.value_or(!record.terminated);
    t.current_balance = pence_of(record.current_balance);
    t.rent = pence_of(record.rent);
    t.benefit = pence_of(record.benefit);
    t.direct_debit = none_if_empty(record.direct_debit);
    t.account_type = none_if_empty(record.account_type);
    t.agreement_type = none_if_empty(record.agreement_type);
    t.created_at = record.created_at.value_or(t.created_at);
    TRY(t.version == 0 ? create_tenancy(work_, std::move(t)) : update_tenancy(work_, std::move(t)));
    return {};
}

Result<void> Importer::add(const PersonRecord& record) {
    const Person before = TRY(stored_or_new(load_person(work_, record.uuid)));
    Person p = before;
    p.uuid = record.uuid;
    p.name = {none_if_empty(record.title), record.first_name, record.last_name};
    p.date_of_birth = record.date_of_birth;
    p.email = none_if_empty(record.email);
    p.telephone_1 = none_if_empty(record.telephone_1);
    p.telephone_2 = none_if_empty(record.telephone_2);
    p.telephone_3 = none_if_empty(record.telephone_3);
    p.larn = none_if_empty(record.larn);
    p.hackney_homes_id = none_if_empty(record.hackney_homes_id);
    p.member_id = none_if_empty(record.member_id);
    p.person_number = none_if_empty(record.person_number);
    p.property = TRY(property_of(work_, record.uprn));
    p.active = p.property.has_value();
    const TenancyLink link =
        record.tag_reference.empty() ? TenancyLink{} : TRY(link_of_tag(work_, record.tag_reference));
    p.tenancy = link.tenancy;
    p.household = link.household;
    p.responsible = record.responsible;
    p.relationship = none_if_empty(record.relationship);
    p.extended_relationship = none_if_empty(record.extended_relationship);
    p.disabled = record.disabled;
    TRY(before.version == 0 ? create_person(work_, std::move(p))
                            : update_person(work_, before, std::move(p), "tenant.imported"));
    return {};
}

Result<void> Importer::add(const AlertRecord& record) {
    Alert alert = TRY(stored_or_new(find_alert(work_, record.uuid)));
    alert.uuid = record.uuid;
    alert.uprn = record.uprn;
    alert.type_code = record.type_code;
    alert.created_at = record.created_at;
    const auto outcome = put_alert(work_, std::move(alert), record.person);
    if (!outcome.ok() && outcome.error().code == Code::NotFound) {
        return Error{Code::Invalid, "no person has this uuid", "person_uuid"};
    }
    return outcome;
}

Result<void> Importer::add(const CitizenRecord& record) {
    Citizen c = TRY(stored_or_new(find_citizen(work_, record.usn)));
    c.usn = record.usn;
    c.uprn = record.uprn;
    c.larn = none_if_empty(record.larn);
    c.person = record.person;
    c.hackney_homes_id = none_if_empty(record.hackney_homes_id);
    c.name = {none_if_empty(record.title), record.first_name, record.last_name};
    c.date_of_birth = record.date_of_birth;
    c.address = {none_if_empty(record.address_line_1), none_if_empty(record.address_line_2),
                 none_if_empty(record.address_line_3), none_if_empty(record.city),
                 none_if_empty(record.postcode)};
    TRY(c.version == 0 ? create_citizen(work_, std::move(c)) : update_citizen(work_, std::move(c)));
    return {};
}

Result<void> Importer::add(const JobRecord& record) {
    Job job = TRY(stored_or_new(load_job(work_, record.uuid)));
    job.uuid = record.uuid;
    job.reference = record.reference;
    job.title = record.title;
    job.description = record.description;
    job.status = record.status;
    job.property = TRY(property_of(work_, record.uprn));
    job.created_at = record.created_at;
    job.updated_at = record.updated_at;
    job.priority = record.priority ? record.priority : job.priority;
    job.type = record.type ? record.type : job.type;
    job.access_details =
        record.access_details.empty() ? job.access_details : std::optional{record.access_details};
    std::vector<Id<Person>> people;
    for (const auto& uuid : record.people) {
        const auto person = find_person_id(work_.tx(), uuid);
        if (!person.ok()) {
            return person.error().code == Code::NotFound
                       ? Error{Code::Invalid, "no person has this uuid", "person_uuids"}
                       : person.error();
        }
        people.push_back(*person);
    }
    TRY(job.version == 0 ? create_job(work_, std::move(job), people)
                         : update_job(work_, std::move(job), people));
    return {};
}

Result<void> Importer::add(const CaseNoteRecord& record) {
    CaseNote note = TRY(stored_or_new(find_case_note(work_, record.uuid)));
    const auto job = load_job(work_, record.job);
    if (!job.ok()) {
        return job.error().code == Code::NotFound ? Error{Code::Invalid, "no job has this uuid", "job_uuid"}
                                                  : job.error();
    }
    note.uuid = record.uuid;
    note.job = job->id;
    note.text = record.text;
    note.created_by = record.created_by;
    note.created_at = record.created_at;
    TRY(note.version == 0 ? create_case_note(work_, std::move(note))
                          : update_case_note(work_, std::move(note)));
    return {};
}

Result<void> Importer::add(const CodeRecord& record) {
    return put_code(work_, record.list, record.code, record.label);
}

Result<void> Importer::add(const EstateRecord& record) {
    return put_estate(work_, record.reference, record.name);
}

Result<void> Importer::add(const BlockRecord& record) {
    return put_block(work_, {record.reference, record.name, record.estate});
}

}  // namespace tenantry::housing
