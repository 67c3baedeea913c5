#include "register/alert.hpp"

#include <algorithm>
#include <map>

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/code_list.hpp"
#include "register/person_columns.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"alert", {"type_code"}};

RowIdentity identity(const Alert& alert) {
    return {alert.uuid, alert.version,
            RowFacts{}
                .add(alert.id.value)
                .add(alert.uuid)
                .add(alert.version)
                .add(alert.person.value)
                .add(alert.uprn)
                .add(to_millis(alert.created_at))};
}

/// A row as it is stored.
struct StoredAlert {
    Alert alert;  ///< without its type
    TextBlobs<1> type_code;
    ByteView row_seal;
};

Result<Alert> open_alert(StoredAlert stored, const crypto::KeyRing& keys) {
    auto texts = TRY(open_texts(keys, kColumns, identity(stored.alert), stored.type_code, stored.row_seal));
    stored.alert.type_code = std::move(texts[0]).value_or("");
    return std::move(stored.alert);
}

StoredAlert read_stored(const db::Rows& rows) {
    StoredAlert s;
    Alert& a = s.alert;
    rows.into(a.id, a.uuid, a.version, a.person, a.uprn, s.type_code[0], s.row_seal, a.created_at);
    return s;
}

Result<void> write_alert(audit::Work& work, const Alert& alert) {
    const auto sealed =
        seal_texts(work.keys(), kColumns, identity(alert), PlainTexts<1>{std::optional{alert.type_code}});
    const bool is_new = alert.version == 1;
    const auto rows = TRY(work.tx().execute(is_new ? sql::alert::insert : sql::alert::update, alert.id,
                                            alert.uuid, alert.version, alert.person, alert.uprn,
                                            sealed.blobs[0], sealed.row_seal, alert.created_at));
    if (rows != 1) {
        return kStaleEdit;
    }
    return work.changed({.action = is_new ? Literal{"alert.created"} : Literal{"alert.updated"},
                         .resource = alert.id.value,
                         .version = alert.version,
                         .person = alert.person.value});
}

struct Flags {
    bool own = false;
    bool home = false;
};

Result<void> set_flags(audit::Work& work, const Person& before, Flags flags) {
    if (before.cautionary_alert == flags.own && before.property_cautionary_alert == flags.home) {
        return {};
    }
    Person after = before;
    after.cautionary_alert = flags.own;
    after.property_cautionary_alert = flags.home;
    TRY(update_person(work, before, std::move(after), "tenant.flagged"));
    return {};
}

std::ptrdiff_t count_flagged(const std::vector<Person>& people) {
    return std::count_if(people.begin(), people.end(), [](const Person& p) { return p.cautionary_alert; });
}

/// Contract 4.5, K4.
Result<void> raise_flags(audit::Work& work, Id<Person> person, std::int64_t uprn) {
    const auto people = TRY(load_people_at(work, uprn));
    if (count_flagged(people) > 1) {
        const Person before = TRY(load_person(work, person));
        return set_flags(work, before, {true, before.property_cautionary_alert});
    }
    for (const Person& one : people) {
        TRY(set_flags(work, one, {one.cautionary_alert || one.id == person, true}));
    }
    return {};
}

/// Contract 4.5, K5, in the form that section 6 repairs: the home stays flagged for whoever else is.
Result<void> lower_flags(audit::Work& work, Id<Person> person, std::int64_t uprn) {
    const auto people = TRY(load_people_at(work, uprn));
    const auto flagged = count_flagged(people);
    if (flagged == 0) {
        return {};
    }
    const auto own = std::find_if(people.begin(), people.end(),
                                  [person](const Person& p) { return p.id == person && p.cautionary_alert; });
    if (flagged == 1 && own != people.end()) {
        for (const Person& one : people) {
            TRY(set_flags(work, one, {false, false}));
        }
        return {};
    }
    const Person before = TRY(load_person(work, person));
    return set_flags(work, before, {false, before.property_cautionary_alert});
}

Result<void> report_damage_of_alert(audit::Work& work, const Alert& alert) {
    log(LogLevel::Error, "a sealed record did not open", {{"table", kColumns.table}, {"id", alert.id.value}});
    return work.read({.action = "alert.damaged",
                      .resource = alert.id.value,
                      .version = alert.version,
                      .person = alert.person.value,
                      .outcome = audit::Outcome::Failed});
}

/// What an alert says and of whom, each with what could not be opened.
struct ReadAlert {
    Alert alert;
    bool opened = true;
    Person person;
};

Result<std::vector<ReadAlert>> read_alerts(Result<db::Rows> found, const crypto::KeyRing& keys) {
    std::vector<ReadAlert> all;
    db::Rows rows = TRY(std::move(found));
    while (TRY(rows.next())) {
        StoredPerson person;
        StoredAlert stored;
        Alert& a = stored.alert;
        person.read(rows, a.id, a.uuid, a.version, a.person, a.uprn, stored.type_code[0], stored.row_seal,
                    a.created_at);
        ReadAlert& one = all.emplace_back();
        one.alert = stored.alert;
        one.person = open_person(std::move(person), keys, Depth::Contact);
        if (auto opened = open_alert(std::move(stored), keys); opened.ok()) {
            one.alert = std::move(opened).value();
        } else {
            one.opened = false;
        }
    }
    return all;
}

/// With the words of the code list; what is damaged is reported.
Result<std::vector<AlertAtHome>> show_alerts(audit::Work& work, std::vector<ReadAlert> alerts) {
    std::map<std::string, std::string> labels;
    for (auto& entry : TRY(list_codes(work.tx(), "alert_type"))) {
        labels.emplace(std::move(entry.code), std::move(entry.label));
    }
    std::vector<AlertAtHome> shown;
    for (auto& one : alerts) {
        AlertAtHome& alert = shown.emplace_back();
        if (one.person.unreadable.empty()) {
            alert.person_name = one.person.name.full();
        } else {
            TRY(report_damage(work, one.person));
        }
        const auto label = labels.find(one.alert.type_code);
        alert.label = label == labels.end() ? one.alert.type_code : label->second;
        if (!one.opened) {
            TRY(report_damage_of_alert(work, one.alert));
            alert.label = kUnreadableAlert;
        }
        alert.person = one.person.uuid;
        alert.alert = std::move(one.alert);
    }
    return shown;
}

/// People who are flagged though no alert says of what.
Result<std::vector<FlaggedPerson>> list_flagged(audit::Work& work, std::optional<Id<Property>> home,
                                                std::optional<Id<Person>> person) {
    std::vector<FlaggedPerson> flagged;
    std::vector<Person> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::alert::list_flagged_around, home, person));
        while (TRY(rows.next())) {
            Person one = read_person(rows, work.keys(), Depth::Contact);
            flagged.push_back(
                {one.id, one.uuid, one.unreadable.empty() ? std::optional{one.name.full()} : std::nullopt});
            if (!one.unreadable.empty()) {
                damaged.push_back(std::move(one));
            }
        }
    }
    for (const Person& one : damaged) {
        TRY(report_damage(work, one));
    }
    return flagged;
}

std::vector<std::int64_t> people_of(const std::vector<AlertAtHome>& alerts) {
    std::vector<std::int64_t> people;
    people.reserve(alerts.size());
    for (const auto& one : alerts) {
        people.push_back(one.alert.person.value);
    }
    return people;
}

Result<void> journal_list(audit::Work& work, std::vector<std::int64_t> people) {
    if (people.empty()) {
        return {};
    }
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return work.read({.action = "alert.listed", .people = std::move(people)});
}

}  // namespace

Result<void> raise_alerts(audit::Work& work, const Uuid& person, std::int64_t uprn,
                          const std::vector<std::string>& type_codes) {
    const auto id = TRY(find_person_id(work.tx(), person));
    for (const auto& code : type_codes) {
        const Id<Alert> number{TRY(next_id(work.tx(), "alert"))};
        TRY(write_alert(work, {number, crypto::new_uuid(), 1, id, uprn, code, work.now()}));
    }
    return raise_flags(work, id, uprn);
}

Result<void> remove_alerts(audit::Work& work, const Uuid& person, std::optional<std::int64_t> uprn,
                           const std::vector<Uuid>& alerts, Caution caution) {
    const auto id = TRY(find_person_id(work.tx(), person));
    for (const auto& uuid : alerts) {
        Id<Alert> removed;
        std::int64_t version = 0;
        const auto found = work.tx().find(sql::alert::remove, std::tie(removed, version), uuid, id);
        if (!found.ok()) {
            return found.error().code == Code::NotFound ? Error{Code::NotFound, "No such alert"}
                                                        : found.error();
        }
        TRY(work.changed(
            {.action = "alert.removed", .resource = removed.value, .version = version, .person = id.value}));
    }
    if (caution == Caution::Stays || !uprn) {
        return {};
    }
    return lower_flags(work, id, *uprn);
}

Result<std::vector<AlertAtHome>> list_alerts_at(audit::Work& work, std::int64_t uprn) {
    auto alerts = TRY(
        show_alerts(work, TRY(read_alerts(work.tx().query(sql::alert::list_at_uprn, uprn), work.keys()))));
    TRY(journal_list(work, people_of(alerts)));
    return alerts;
}

Result<std::vector<AlertAtHome>> find_alerts(audit::Work& work, const PageOfIds& ids) {
    if (ids.ids.empty()) {
        return std::vector<AlertAtHome>{};
    }
    auto alerts = TRY(
        show_alerts(work, TRY(read_alerts(work.tx().query(sql::alert::find_all, ids.json()), work.keys()))));
    TRY(journal_list(work, people_of(alerts)));
    return alerts;
}

Result<Warnings> list_warnings(audit::Work& work, std::optional<Id<Property>> home,
                               std::optional<Id<Person>> person) {
    Warnings warnings;
    warnings.alerts = TRY(show_alerts(
        work, TRY(read_alerts(work.tx().query(sql::alert::list_around, home, person), work.keys()))));
    warnings.flagged = TRY(list_flagged(work, home, person));
    auto people = people_of(warnings.alerts);
    for (const auto& one : warnings.flagged) {
        people.push_back(one.id.value);
    }
    TRY(journal_list(work, std::move(people)));
    return warnings;
}

Result<Alert> find_alert(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::alert::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such alert"};
    }
    return open_alert(read_stored(rows), work.keys());
}

Result<void> put_alert(audit::Work& work, Alert alert, const Uuid& person) {
    alert.person = TRY(find_person_id(work.tx(), person));
    if (alert.version == 0) {
        alert.id.value = TRY(next_id(work.tx(), "alert"));
    }
    ++alert.version;
    TRY(write_alert(work, alert));
    return raise_flags(work, alert.person, alert.uprn);
}

Result<void> check_alerts(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::alert::list_after, 0));
    while (TRY(rows.next())) {
        const StoredAlert stored = read_stored(rows);
        report.add("alert", stored.alert.id.value,
                   open_alert(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_alerts(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::alert::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredAlert s = read_stored(rows);
        const Alert& a = s.alert;
        reseal(some, {a.id.value, a.version, a.person.value}, kColumns, identity(a), s.type_code, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
