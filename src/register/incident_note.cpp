#include "register/incident_note.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"incident_note", {"text"}};

RowIdentity identity(const IncidentNote& note) {
    return {note.uuid, note.version,
            RowFacts{}
                .add(note.id.value)
                .add(note.uuid)
                .add(note.version)
                .add(note.incident.value)
                .add(to_millis(note.created_at))};
}

SealedTexts<1> seal_note(const crypto::KeyRing& keys, const IncidentNote& note) {
    return seal_texts(keys, kColumns, identity(note), PlainTexts<1>{std::optional{note.text}});
}

/// A row as it is stored.
struct StoredNote {
    IncidentNote note;  ///< without its text
    TextBlobs<1> text;
    ByteView row_seal;
};

StoredNote read_stored(const db::Rows& rows) {
    StoredNote stored;
    IncidentNote& note = stored.note;
    rows.into(note.id, note.uuid, note.version, note.incident, stored.text[0], stored.row_seal,
              note.created_at);
    return stored;
}

Result<std::string> open_text(const crypto::KeyRing& keys, const StoredNote& stored) {
    auto texts = TRY(open_texts(keys, kColumns, identity(stored.note), stored.text, stored.row_seal));
    return std::move(texts[0]).value_or("");
}

/// Between what was said and by whom.
std::string signature_at(Instant at) {
    return fmt::format(" logged on  {} by  ", uk_note_time(at));
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

std::string uk_note_time(Instant at) {
    const std::string when = format_date_time(uk_time(at));  // "2026-02-03 10:11:12"
    const std::string_view text = when;
    return fmt::format("{}/{}/{} {}", text.substr(8, 2), text.substr(5, 2), text.substr(0, 4),
                       text.substr(11));
}

std::string signed_note(std::string_view said, Instant at, std::string_view author) {
    return fmt::format("{}{}{}", said, signature_at(at), author);
}

SignedText read_signature(const IncidentNote& note) {
    const std::string_view text = note.text;
    const std::string signature = signature_at(note.created_at);
    const auto at = text.rfind(signature);
    if (at == std::string_view::npos) {
        return {text, std::nullopt};
    }
    return {text.substr(0, at), text.substr(at + signature.size())};
}

Result<IncidentNote> create_incident_note(audit::Work& work, const Incident& incident, std::string text) {
    IncidentNote note;
    note.id.value = TRY(next_id(work.tx(), "incident_note"));
    note.uuid = crypto::new_uuid();
    note.version = 1;
    note.incident = incident.id;
    note.text = std::move(text);
    note.created_at = work.now();
    const auto sealed = seal_note(work.keys(), note);
    TRY(work.tx().execute(sql::incident_note::insert, note.id, note.uuid, note.version, note.incident,
                          sealed.blobs[0], sealed.row_seal, note.created_at));
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
    const auto sealed = seal_note(work.keys(), note);
    const auto rows = TRY(work.tx().execute(sql::incident_note::update, note.id, note.version,
                                            sealed.blobs[0], sealed.row_seal));
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
    db::Rows rows = TRY(tx.query(sql::incident_note::list_after, 0));
    while (TRY(rows.next())) {
        const StoredNote stored = read_stored(rows);
        report.add("incident_note", stored.note.id.value,
                   open_text(keys, stored).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_incident_notes(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::incident_note::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredNote s = read_stored(rows);
        const IncidentNote& n = s.note;
        reseal(some, {n.id.value, n.version}, kColumns, identity(n), s.text, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
