#include "rights/disclosure.hpp"

#include <tuple>

#include "crypto/random.hpp"
#include "register/record.hpp"
#include "register/sealed_texts.hpp"
#include "register/working_day.hpp"
#include "rights/period.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

constexpr housing::TextColumns<1> kColumns{"disclosure", {"reason"}};

struct Row {
    std::int64_t id = 0;
    Uuid uuid;
    std::int64_t version = 1;
    std::int64_t person = 0;
    std::optional<std::int64_t> account;
    std::string format;
    bool with_checked = false;
    Instant created_at;
};

housing::RowIdentity identity(const Row& row) {
    return {row.uuid, row.version,
            housing::RowFacts{}
                .add(row.id)
                .add(row.uuid)
                .add(row.person)
                .add(row.account)
                .add(std::optional{row.format})
                .add(std::int64_t{row.with_checked})
                .add(to_millis(row.created_at))};
}

/// A row as it is stored.
struct StoredRow {
    Row row;  ///< without its reason
    housing::TextBlobs<1> reason;
    ByteView row_seal;
};

StoredRow read_stored(const db::Rows& rows) {
    StoredRow s;
    rows.into(s.row.id, s.row.uuid, s.row.version, s.row.person, s.row.account, s.row.format,
              s.row.with_checked, s.reason[0], s.row_seal, s.row.created_at);
    return s;
}

}  // namespace

Result<void> record_disclosure(audit::Work& work, const Disclosure& disclosure, std::int64_t most) {
    const auto account = work.actor().account;
    if (most > 0 && account) {
        std::int64_t given = 0;
        TRY(work.tx().find(sql::disclosure::count_since, std::tie(given), account,
                           work.now() - std::chrono::hours{1}));
        if (given >= most) {
            return Error{Code::Throttled, "Too many reports within an hour; try again later"};
        }
    }
    const Row row{TRY(housing::next_id(work.tx(), "disclosure")),
                  crypto::new_uuid(),
                  1,
                  disclosure.person.value,
                  account,
                  std::string{disclosure.format.view()},
                  disclosure.checked == Checked::Yes,
                  work.now()};
    const auto sealed = housing::seal_texts(work.keys(), kColumns, identity(row), {disclosure.reason});
    TRY(work.tx().execute(sql::disclosure::insert, row.id, row.uuid, row.version, row.person, row.account,
                          row.format, row.with_checked, sealed.blobs[0], sealed.row_seal, row.created_at));
    TRY(work.changed({.action = "disclosure.recorded", .resource = row.id, .version = row.version}));
    return work.changed({.action = "tenant.gdpr_export", .resource = row.person, .person = row.person});
}

Result<std::int64_t> forget_disclosure_reasons(audit::Work& work, Id<housing::Person> person) {
    std::vector<Row> all;
    {
        db::Rows rows = TRY(work.tx().query(sql::disclosure::list_reasoned, person));
        while (TRY(rows.next())) {
            Row& row = all.emplace_back();
            rows.into(row.id, row.uuid, row.version, row.person, row.account, row.format, row.with_checked,
                      row.created_at);
        }
    }
    // One by one: each row has a seal of its own.
    for (Row& row : all) {
        ++row.version;
        const auto sealed = housing::seal_texts(work.keys(), kColumns, identity(row), {std::nullopt});
        TRY(work.tx().execute(sql::disclosure::forget, row.id, row.version, sealed.row_seal));
        TRY(work.changed({.action = "disclosure.forgotten", .resource = row.id, .version = row.version}));
    }
    return static_cast<std::int64_t>(all.size());
}

Result<void> tell_of_old_disclosures(audit::Work& work) {
    std::vector<Row> all;
    {
        db::Rows rows = TRY(work.tx().query(sql::disclosure::list_after, 0));
        while (TRY(rows.next())) {
            all.push_back(read_stored(rows).row);
        }
    }
    for (const Row& row : all) {
        TRY(work.changed({.action = "disclosure.recorded", .resource = row.id, .version = row.version}));
    }
    return {};
}

Result<void> check_disclosures(db::Transaction& tx, const crypto::KeyRing& keys,
                               housing::CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::disclosure::list_after, 0));
    while (TRY(rows.next())) {
        const StoredRow s = read_stored(rows);
        const bool sound = housing::open_texts(keys, kColumns, identity(s.row), s.reason, s.row_seal).ok();
        report.add("disclosure", s.row.id, sound ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_disclosures(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::disclosure::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredRow s = read_stored(rows);
        housing::reseal(some, {s.row.id, std::nullopt, s.row.person}, kColumns, identity(s.row), s.reason,
                        s.row_seal);
    }
    return {};
}

Date due_day(Date received) {
    Date due = after_months(received, 1);
    while (!housing::is_working_day(due)) {
        due = Date{std::chrono::sys_days{due} + std::chrono::days{1}};
    }
    return due;
}

}  // namespace tenantry::rights
