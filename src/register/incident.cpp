#include "register/incident.hpp"

#include <fmt/format.h>

#include <array>

#include "crypto/random.hpp"
#include "register/incident_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::size_t kTicketLetters = 6;

/// Each letter as likely as any other: a byte past the last whole round of them is drawn again.
std::string random_letters() {
    constexpr std::size_t kRounds = 256 / kLetters.size() * kLetters.size();
    std::string letters;
    while (letters.size() < kTicketLetters) {
        std::array<unsigned char, kTicketLetters> bytes{};
        crypto::fill_random(bytes);
        for (const unsigned char byte : bytes) {
            if (byte < kRounds && letters.size() < kTicketLetters) {
                letters += kLetters[byte % kLetters.size()];
            }
        }
    }
    return letters;
}

constexpr TextColumns<3> kColumns{"incident", {"title", "description", "resolution"}};

RowIdentity identity(const Incident& i) {
    return {i.uuid, i.version,
            RowFacts{}
                .add(i.id.value)
                .add(i.uuid)
                .add(i.version)
                .add(std::optional{i.ticket_number})
                .add(number_of(i.person))
                .add(number_of(i.household))
                .add(i.subject)
                .add(i.request_callback)
                .add(to_millis(i.created_at))
                .add(to_millis(i.updated_at))
                .add(i.closed_at ? std::optional{to_millis(*i.closed_at)} : std::nullopt)};
}

SealedTexts<3> seal_incident(const crypto::KeyRing& keys, const Incident& i) {
    return seal_texts(keys, kColumns, identity(i),
                      PlainTexts<3>{std::optional{i.title}, i.description, i.resolution});
}

template <class Key>
Result<Incident> load_one(audit::Work& work, const db::Sql& sql, const Key& key) {
    db::Rows rows = TRY(work.tx().query(sql, key));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such case"};
    }
    StoredIncident stored;
    read_row(rows, columns_of(stored));
    return open_incident(work.keys(), std::move(stored));
}

Result<Incident> store(audit::Work& work, Incident incident, Literal action) {
    ++incident.version;
    incident.updated_at = work.now();
    const auto sealed = seal_incident(work.keys(), incident);
    const auto rows = TRY(work.tx().execute(
        sql::incident::update, incident.id, incident.version, incident.person, incident.household,
        incident.subject, sealed.blobs[0], sealed.blobs[1], sealed.blobs[2], incident.request_callback,
        sealed.row_seal, incident.updated_at, incident.closed_at));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = action,
                      .resource = incident.id.value,
                      .version = incident.version,
                      .person = number_of(incident.person)}));
    return incident;
}

}  // namespace

Result<void> check_row(const crypto::KeyRing& keys, const StoredIncident& stored) {
    return check_texts(keys, kColumns, identity(stored.incident), stored.texts, stored.row_seal);
}

Result<Incident> open_incident(const crypto::KeyRing& keys, StoredIncident stored) {
    Incident& incident = stored.incident;
    auto texts = TRY(open_texts(keys, kColumns, identity(incident), stored.texts, stored.row_seal));
    incident.title = std::move(texts[0]).value_or("");
    incident.description = std::move(texts[1]);
    incident.resolution = std::move(texts[2]);
    return std::move(incident);
}

Result<Incident> create_incident(audit::Work& work, Incident i) {
    i.id.value = TRY(next_id(work.tx(), "incident"));
    i.uuid = crypto::new_uuid();
    i.version = 1;
    i.ticket_number = fmt::format("CAS-{:05}-{}", i.id.value, random_letters());
    i.created_at = i.updated_at = work.now();
    const auto sealed = seal_incident(work.keys(), i);
    TRY(work.tx().execute(sql::incident::insert, i.id, i.uuid, i.version, i.ticket_number, i.person,
                          i.household, i.subject, sealed.blobs[0], sealed.blobs[1], sealed.blobs[2],
                          i.request_callback, sealed.row_seal, i.created_at, i.updated_at, i.closed_at));
    TRY(work.changed({.action = "incident.created",
                      .resource = i.id.value,
                      .version = i.version,
                      .person = number_of(i.person)}));
    return i;
}

Result<Incident> load_incident(audit::Work& work, Id<Incident> id) {
    return load_one(work, sql::incident::find_by_id, id);
}
Result<Incident> load_incident(audit::Work& work, const Uuid& uuid) {
    return load_one(work, sql::incident::find_by_uuid, uuid);
}

Result<Incident> update_incident(audit::Work& work, Incident incident) {
    return store(work, std::move(incident), "incident.updated");
}

Result<Incident> close_incident(audit::Work& work, Incident incident, std::optional<std::string> resolution) {
    if (incident.closed_at) {
        return incident;
    }
    incident.resolution = std::move(resolution);
    incident.request_callback = false;
    incident.closed_at = work.now();
    return store(work, std::move(incident), "incident.closed");
}

Result<void> check_incidents(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::incident::list_after, 0));
    while (TRY(rows.next())) {
        StoredIncident stored;
        read_row(rows, columns_of(stored));
        const auto id = stored.incident.id.value;
        report.add("incident", id,
                   open_incident(keys, std::move(stored)).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_incidents(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::incident::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        StoredIncident s;
        read_row(rows, columns_of(s));
        const Incident& i = s.incident;
        reseal(some, {i.id.value, i.version, number_of(i.person)}, kColumns, identity(i), s.texts,
               s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
