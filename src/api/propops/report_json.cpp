#include <algorithm>

#include "api/propops/reply.hpp"
#include "api/propops/report_record.hpp"
#include "register/person_columns.hpp"

namespace tenantry::api::propops {

namespace {

using rights::Field;
using rights::Record;
using rights::Shown;
using rights::SubjectReport;

void write_value(json::Writer& w, const Field& field) {
    if (field.shown != Shown::Value) {
        w.null();
        return;
    }
    switch (field.column.report) {
        case db::Report::Flag:
            w.boolean(field.number != 0);
            return;
        case db::Report::Number:
            w.integer(field.number);
            return;
        case db::Report::Money:
            w.hundredths(field.number);
            return;
        case db::Report::Time:
            write_instant(w, from_millis(field.number));
            return;
        case db::Report::Date:
            w.text(format_date(from_days(field.number)));
            return;
        default:
            w.text(readable(field));
    }
}

/// The names of the fields that are not shown for that reason, where there are any.
void write_names(json::Writer& w, Literal key, const Record& record, Shown shown) {
    if (std::ranges::none_of(record.fields, [&](const Field& f) { return f.shown == shown; })) {
        return;
    }
    w.key(key).begin_array();
    for (const Field& field : record.fields) {
        if (field.shown == shown) {
            w.text(field.column.name);
        }
    }
    w.end_array();
}

void write_records(json::Writer& w, const SubjectReport& report) {
    w.begin_object();
    for (const auto& table : report.tables) {
        w.key_text(table.name).begin_array();
        for (const Record& record : table.records) {
            w.begin_object();
            for (const Field& field : record.fields) {
                if (field.column.report != db::Report::No) {
                    write_value(w.key_text(field.column.name), field);
                }
            }
            write_names(w, "withheld", record, Shown::Withheld);
            write_names(w, "unreadable", record, Shown::Unreadable);
            w.end_object();
        }
        w.end_array();
    }
    w.end_object();
}

/// Writes a column of a record under the contract's name for it.
void write_as(json::Writer& w, Literal key, const Record& record, std::string_view column) {
    const Field* field = record.find(column);
    VERIFY(field != nullptr);
    write_value(w.key(key), *field);
}

void write_tenant(json::Writer& w, const Record& person) {
    w.begin_object();
    w.key("ID").integer(person.id);
    write_as(w, "uuid", person, "uuid");
    w.key("tenant_name");
    if (const auto name = housing::parse_name(person.text("name"))) {
        w.text(name->full());
    } else {
        w.null();
    }
    write_as(w, "tenant_email", person, "email");
    write_as(w, "tenant_number_primary", person, "telephone_1");
    write_as(w, "tenant_number_work", person, "telephone_2");
    write_as(w, "created_at", person, "created_at");
    w.end_object();
}

void write_addresses(json::Writer& w, const SubjectReport& report) {
    w.begin_array();
    for (const Record& stay : report.of("occupancy")) {
        w.begin_object();
        w.key("address_id").integer(stay.number("property_id").value_or(0));
        w.key("full_address").text_or_null(report.address_of(stay));
        write_as(w, "assigned_at", stay, "from_at");
        write_as(w, "unassigned_at", stay, "to_at");
        w.key("is_current").boolean(!stay.number("to_at"));
        w.end_object();
    }
    w.end_array();
}

void write_jobs(json::Writer& w, const SubjectReport& report) {
    w.begin_array();
    for (const Record& job : report.of("job")) {
        w.begin_object();
        w.key("ID").integer(job.id);
        write_as(w, "uuid", job, "uuid");
        write_as(w, "job_ref", job, "reference");
        write_as(w, "job_title", job, "title");
        write_as(w, "status_name", job, "status");
        w.key("full_address").text_or_null(report.address_of(job));
        write_as(w, "created_at", job, "created_at");
        write_as(w, "updated_at", job, "updated_at");
        w.end_object();
    }
    w.end_array();
}

void write_case_notes(json::Writer& w, const SubjectReport& report) {
    w.begin_array();
    for (const Record& note : report.of("case_note")) {
        w.begin_object();
        w.key("ID").integer(note.id);
        write_as(w, "uuid", note, "uuid");
        w.key("job_id").integer(note.number("job_id").value_or(0));
        write_as(w, "created_by_name", note, "created_by");
        write_as(w, "created_at", note, "created_at");
        w.end_object();
    }
    w.end_array();
}

void write_consents(json::Writer& w, const SubjectReport& report) {
    w.begin_array();
    for (const Record& consent : report.of("consent")) {
        w.begin_object();
        for (const Literal column : {Literal{"consent_type"}, Literal{"consent_version"}, Literal{"accepted"},
                                     Literal{"created_at"}}) {
            write_as(w, column, consent, column.view());
        }
        w.end_object();
    }
    w.end_array();
}

void write_activity(json::Writer& w, const SubjectReport& report) {
    w.begin_array();
    for (const Record& event : report.of("audit_event")) {
        w.begin_object();
        write_as(w, "activity_type", event, "action");
        write_as(w, "created_at", event, "at");
        w.end_object();
    }
    w.end_array();
}

void write_head(json::Writer& w, const ReportHead& head, const SubjectReport& report) {
    w.begin_object();
    write_instant(w.key("generated_at"), head.made_at);
    w.key("generated_by");
    head.made_by ? w.integer(*head.made_by) : w.null();
    w.key("format_version").text("1.0");
    w.key("legal_basis").text("UK GDPR Art. 15");
    w.key("respond_by");
    head.respond_by ? w.text(format_date(*head.respond_by)) : w.null();
    w.key("withheld").integer(report.withheld);
    w.key("unreadable").integer(report.unreadable);
    w.end_object();
}

}  // namespace

std::string report_json(const ReportHead& head, const SubjectReport& report) {
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("success").boolean(true);
    w.key("message").text("Operation completed successfully");
    w.key("data").begin_object();
    write_head(w.key("report"), head, report);
    write_tenant(w.key("tenant"), report.of("person").front());
    write_addresses(w.key("addresses"), report);
    write_jobs(w.key("job_history"), report);
    write_case_notes(w.key("case_note_references"), report);
    write_consents(w.key("consent_records"), report);
    write_activity(w.key("activity_logs"), report);
    write_records(w.key("records"), report);
    w.end_object();
    w.end_object();
    return body;
}

}  // namespace tenantry::api::propops
