#include "register/incident_note.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

crypto::FieldContext context(const IncidentNote& note) {
    return {"incident_note", "text", note.uuid, note.version};
}

std::string sealed_facts(const IncidentNote& note) {
    return fmt::format("{}|{}|{}|{}|{}", note.id.value, note.uuid.text(), note.version, note.incident.value,
                       to_millis(note.created_at));
}

struct SealedNote {
    Bytes text;
    Bytes row_seal;
};

SealedNote seal_note(const crypto::KeyRing& keys, const IncidentNote& note) {
    const std::string facts = sealed_facts(note);
    Bytes text = keys.seal(context(note), note.text);
    Bytes row_seal = keys.row_seal("incident_note", {bytes_of(facts), crypto::KeyRing::blob_tag(text)});
    return {std::move(text), std::move(row_seal)};
}

/// A row as it is stored.
struct StoredNote {
    IncidentNote note;  ///< without its text
    ByteView text;
    ByteView row_seal;
};

StoredNote read_stored(const db::Rows& rows) {
    StoredNote stored;
    IncidentNote& note = stored.note;
    rows.into(note.id, note.uuid, note.version, note.incident, stored.text, stored.row_seal, note.created_at);
    return stored;
}

Result<std::string> open_text(const crypto::KeyRing& keys, const StoredNote& stored) {
    const std::string facts = sealed_facts(stored.note);
    TRY(keys.check_row_seal("incident_note", stored.row_seal,
                            {bytes_of(facts), crypto::KeyRing::blob_tag(stored.text)}));
    return keys.open(context(stored.note), stored.text);
}

Result<void> report_damage(audit::Work& work, const IncidentNote& note) {
    log(LogLevel::Error, "a sealed field did not open",
        {{"table", Literal{"incident_note"}}, {"id", note.id.value}, {"column", Literal{"text"}}});
    return work.read({.action = "incident_note.damaged",
                      .resource = note.id.value,
                      .version = note.version,
                      .outcome = audit::Outcome::Failed});
}

}  // namespace

std::string signed_note(std::string_view said, Instant at, std::string_view author) {
    const std::string when = format_date_time(uk_time(at));  // "2026-02-03 10:11:12"
    const std::string_view text = when;
    return fmt::format("{} logged on  {}/{}/{} {} by  {}", said, text.substr(8, 2), text.substr(5, 2),
                       text.substr(0, 4), text.substr(11), author);
}

Result<IncidentNote> create_incident_note(audit::Work& work, const Incident& incident, std::string text) {
    IncidentNote note;
    note.id.value = TRY(next_id(work.tx(), "incident_note"));
    note.uuid = crypto::new_uuid();
    note.version = 1;
    note.incident = incident.id;
    note.text = std::move(text);
    note.created_at = work.now();
    const SealedNote sealed = seal_note(work.keys(), note);
    TRY(work.tx().execute(sql::incident_note::insert, note.id, note.uuid, note.version, note.incident,
                          sealed.text, sealed.row_seal, note.created_at));
    TRY(work.changed({.action = "incident_note.created",
                      .resource = note.id.value,
                      .version = note.version,
                      .person = number_of(incident.person)}));
    return note;
}

Result<IncidentNote> load_incident_note(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::incident_note::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such note"};
    }
    StoredNote stored = read_stored(rows);
    stored.note.text = TRY(open_text(work.keys(), stored));
    return std::move(stored.note);
}

Result<IncidentNote> update_incident_note(audit::Work& work, IncidentNote note) {
    ++note.version;
    const SealedNote sealed = seal_note(work.keys(), note);
    const auto rows = TRY(
        work.tx().execute(sql::incident_note::update, note.id, note.version, sealed.text, sealed.row_seal));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.changed(
        {.action = "incident_note.updated", .resource = note.id.value, .version = note.version}));
    return note;
}

Result<std::vector<IncidentNote>> list_incident_notes(audit::Work& work, const std::string& incidents) {
    std::vector<IncidentNote> notes;
    {
        db::Rows rows = TRY(work.tx().query(sql::incident_note::list_of_incidents, incidents));
        while (TRY(rows.next())) {
            StoredNote stored = read_stored(rows);
            auto text = open_text(work.keys(), stored);
            stored.note.unreadable = !text.ok();
            stored.note.text = text.ok() ? std::move(text).value() : "";
            notes.push_back(std::move(stored.note));
        }
    }
    for (const IncidentNote& note : notes) {
        if (note.unreadable) {
            TRY(report_damage(work, note));
        }
    }
    return notes;
}

Result<void> check_incident_notes(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::incident_note::list_all));
    while (TRY(rows.next())) {
        const StoredNote stored = read_stored(rows);
        report.add("incident_note", stored.note.id.value,
                   open_text(keys, stored).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

}  // namespace tenantry::housing
