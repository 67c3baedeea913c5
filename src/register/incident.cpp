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

crypto::FieldContext context(const Incident& incident, std::string_view column) {
    return {"incident", column, incident.uuid, incident.version};
}

/// Identity, version, links, flags and times, as the row seal covers them.
std::string sealed_facts(const Incident& i) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", i.id.value, i.uuid.text(), i.version,
                       i.ticket_number, i.person.value_or(Id<Person>{}).value,
                       i.household.value_or(Id<Household>{}).value, i.subject.has_value(), i.request_callback,
                       to_millis(i.created_at), to_millis(i.updated_at),
                       i.closed_at ? to_millis(*i.closed_at) : -1);
}

/// Calls use(parts) with what the row seal covers; the parts live only for the call.
template <class Use>
auto with_seal_parts(const Incident& incident, ByteView title, std::optional<ByteView> description,
                     std::optional<ByteView> resolution, Use use) {
    const std::string facts = sealed_facts(incident);
    const auto tag = crypto::KeyRing::blob_tag;
    return use({bytes_of(facts), incident.subject ? bytes_of(*incident.subject) : ByteView{}, tag(title),
                tag(description.value_or(ByteView{})), tag(resolution.value_or(ByteView{}))});
}

struct SealedIncident {
    Bytes title;
    std::optional<Bytes> description;
    std::optional<Bytes> resolution;
    Bytes row_seal;
};

SealedIncident seal_incident(const crypto::KeyRing& keys, const Incident& incident) {
    const auto seal = [&](std::string_view column, const std::optional<std::string>& text) {
        return text ? std::optional{keys.seal(context(incident, column), *text)} : std::nullopt;
    };
    const auto view = [](const std::optional<Bytes>& blob) {
        return blob ? std::optional{ByteView{*blob}} : std::nullopt;
    };
    SealedIncident sealed{keys.seal(context(incident, "title"), incident.title),
                          seal("description", incident.description),
                          seal("resolution", incident.resolution),
                          {}};
    sealed.row_seal = with_seal_parts(
        incident, sealed.title, view(sealed.description), view(sealed.resolution),
        [&keys](std::initializer_list<ByteView> parts) { return keys.row_seal("incident", parts); });
    return sealed;
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
    const SealedIncident sealed = seal_incident(work.keys(), incident);
    const auto rows = TRY(work.tx().execute(
        sql::incident::update, incident.id, incident.version, incident.person, incident.household,
        incident.subject, sealed.title, sealed.description, sealed.resolution, incident.request_callback,
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
    return with_seal_parts(stored.incident, stored.title, stored.description, stored.resolution,
                           [&](std::initializer_list<ByteView> parts) {
                               return keys.check_row_seal("incident", stored.row_seal, parts);
                           });
}

Result<Incident> open_incident(const crypto::KeyRing& keys, StoredIncident stored) {
    TRY(check_row(keys, stored));
    Incident& incident = stored.incident;
    incident.title = TRY(keys.open(context(incident, "title"), stored.title));
    if (stored.description) {
        incident.description = TRY(keys.open(context(incident, "description"), *stored.description));
    }
    if (stored.resolution) {
        incident.resolution = TRY(keys.open(context(incident, "resolution"), *stored.resolution));
    }
    return std::move(incident);
}

Result<Incident> create_incident(audit::Work& work, Incident i) {
    i.id.value = TRY(next_id(work.tx(), "incident"));
    i.uuid = crypto::new_uuid();
    i.version = 1;
    i.ticket_number = fmt::format("CAS-{:05}-{}", i.id.value, random_letters());
    i.created_at = i.updated_at = work.now();
    const SealedIncident sealed = seal_incident(work.keys(), i);
    TRY(work.tx().execute(sql::incident::insert, i.id, i.uuid, i.version, i.ticket_number, i.person,
                          i.household, i.subject, sealed.title, sealed.description, sealed.resolution,
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
    db::Rows rows = TRY(tx.query(sql::incident::list_all));
    while (TRY(rows.next())) {
        StoredIncident stored;
        read_row(rows, columns_of(stored));
        const auto id = stored.incident.id.value;
        report.add("incident", id,
                   open_incident(keys, std::move(stored)).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

}  // namespace tenantry::housing
