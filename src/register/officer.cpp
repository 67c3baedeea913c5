#include "register/officer.hpp"

#include <tuple>

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "officer";

/// What the row seal covers: every column.
RowFacts facts_of(const Officer& o, std::int64_t account) {
    RowFacts facts;
    facts.add(o.id.value)
        .add(o.uuid)
        .add(account)
        .add(std::int64_t{o.active})
        .add(to_millis(o.created_at))
        .add(to_millis(o.updated_at));
    return facts;
}

/// An officer as a statement answers them, the account still sealed.
struct OfficerRow {
    Officer officer;
    std::optional<ByteView> seal;
    access::AccountRow account;

    static OfficerRow of(const db::Rows& rows) {
        OfficerRow row;
        std::apply(
            [&](auto&... column) {
                rows.into(row.officer.id, row.officer.uuid, row.officer.active, row.officer.created_at,
                          row.officer.updated_at, row.seal, column...);
            },
            row.account.columns());
        return row;
    }
    [[nodiscard]] Result<Officer> open(const crypto::KeyRing& keys) const {
        TRY(check_facts(keys, kTable, {officer.id.value, facts_of(officer, account.id()), seal}));
        Officer opened = officer;
        opened.account = TRY(account.open(keys));
        return opened;
    }
};

Result<void> report_damage(audit::Work& work, const std::vector<std::int64_t>& accounts) {
    for (const auto account : accounts) {
        log(LogLevel::Error, "a sealed field did not open",
            {{"table", Literal{"account"}}, {"id", account}, {"column", Literal{"record"}}});
        TRY(work.read({.action = "user.damaged", .resource = account, .outcome = audit::Outcome::Failed}));
    }
    return {};
}

/// The officers of a statement whose accounts are sound; the others are journaled.
Result<std::vector<Officer>> read_officers(audit::Work& work, Result<db::Rows> found) {
    std::vector<Officer> officers;
    std::vector<std::int64_t> damaged;
    {
        db::Rows rows = TRY(std::move(found));
        while (TRY(rows.next())) {
            const OfficerRow row = OfficerRow::of(rows);
            auto officer = row.open(work.keys());
            if (officer.ok()) {
                officers.push_back(std::move(officer).value());
            } else {
                damaged.push_back(row.account.id());
            }
        }
    }
    TRY(report_damage(work, damaged));
    return officers;
}

PageOfIds numbers_of(const std::set<Id<Officer>>& officers) {
    PageOfIds numbers;
    for (const auto officer : officers) {
        numbers.ids.push_back(officer.value);
    }
    return numbers;
}

/// A password is of no use without a username.
void lock_without_username(access::Account& account) {
    if (!account.username) {
        account.password.clear();
    }
}

}  // namespace

const SealedTable kOfficerRows{
    kTable, sql::officer::list_rows, sql::officer::set_seal, [](const db::Rows& rows) {
        Officer o;
        std::int64_t account = 0;
        std::optional<ByteView> seal;
        rows.into(o.id, o.uuid, account, o.active, o.created_at, o.updated_at, seal);
        return FactRow{o.id.value, facts_of(o, account), seal};
    }};

Result<Officer> find_officer(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid) {
    db::Rows rows = TRY(tx.query(sql::officer::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such officer"};
    }
    return OfficerRow::of(rows).open(keys);
}

Result<Id<Officer>> find_officer_id(db::Transaction& tx, const Uuid& uuid) {
    Id<Officer> id;
    const auto found = tx.find(sql::officer::find_id, std::tie(id), uuid);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Error{Code::NotFound, "No such officer"}
                                                    : found.error();
    }
    return id;
}

Result<std::vector<Officer>> find_officers(audit::Work& work, const std::set<Id<Officer>>& officers) {
    if (officers.empty()) {
        return std::vector<Officer>{};
    }
    return read_officers(work, work.tx().query(sql::officer::find_all, numbers_of(officers).json()));
}

Result<OfficerNames> name_officers(audit::Work& work, const std::set<Id<Officer>>& officers) {
    OfficerNames names;
    for (const auto& officer : TRY(find_officers(work, officers))) {
        names.emplace(officer.id, officer.account.full_name());
    }
    return names;
}

Result<std::vector<Officer>> list_unassigned_officers(audit::Work& work) {
    return read_officers(work, work.tx().query(sql::officer::list_unassigned));
}

Result<std::vector<Officer>> list_active_officers(audit::Work& work) {
    return read_officers(work, work.tx().query(sql::officer::list_active));
}

Result<std::vector<Holding>> list_holdings(db::Transaction& tx, const std::set<Id<Officer>>& officers) {
    std::vector<Holding> holdings;
    db::Rows rows = TRY(tx.query(sql::officer::list_holdings, numbers_of(officers).json()));
    while (TRY(rows.next())) {
        Holding& one = holdings.emplace_back();
        rows.into(one.officer, one.is_manager_area, one.uuid, one.name);
    }
    return holdings;
}

Result<Posting> find_posting(db::Transaction& tx, std::int64_t account) {
    Posting posting;
    std::optional<Uuid> own_area;
    std::optional<Uuid> area_above;
    std::optional<Id<Area>> area_of_patch;
    std::optional<Id<Area>> area_of_manager;
    const auto found = tx.find(sql::officer::find_posting,
                               std::tie(posting.officer, posting.officer_uuid, posting.patch, area_of_patch,
                                        area_above, own_area, area_of_manager),
                               account);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Error{Code::NotFound, "No such officer"}
                                                    : found.error();
    }
    posting.is_manager = own_area.has_value();
    posting.manager_area = own_area ? own_area : area_above;
    posting.area = posting.patch ? area_of_patch : area_of_manager;
    return posting;
}

Result<Officer> create_officer(audit::Work& work, Officer officer) {
    officer.account.type = access::AccountType::Staff;
    officer.account.role = TRY(access::find_role(work.tx(), "officer"));
    lock_without_username(officer.account);
    officer.account = TRY(access::create_account(work, std::move(officer.account)));
    if (!officer.active) {
        officer.account.status = access::AccountStatus::Disabled;
        officer.account = TRY(access::update_account(work, std::move(officer.account), "user.disabled"));
    }
    officer.id.value = TRY(next_id(work.tx(), "officer"));
    if (officer.uuid == Uuid{}) {
        officer.uuid = crypto::new_uuid();
    }
    officer.created_at = officer.updated_at = work.now();
    TRY(work.tx().execute(sql::officer::insert, officer.id, officer.uuid, officer.account.id, officer.active,
                          officer.created_at,
                          seal_facts(work.keys(), kTable, facts_of(officer, officer.account.id))));
    TRY(work.changed({.action = "officer.created", .resource = officer.id.value}));
    return officer;
}

Result<Officer> update_officer(audit::Work& work, Officer officer) {
    using access::AccountStatus;
    bool was_active = false;
    TRY(work.tx().find(sql::officer::find_active, std::tie(was_active), officer.id));
    auto& account = officer.account;
    const bool left_or_returned = was_active != officer.active;
    if (left_or_returned && account.status != AccountStatus::Blacklisted) {
        account.status = officer.active ? AccountStatus::Active : AccountStatus::Disabled;
    }
    lock_without_username(account);
    account = TRY(access::update_account(
        work, std::move(account),
        left_or_returned && !officer.active ? Literal{"user.disabled"} : Literal{"user.updated"}));
    officer.updated_at = work.now();
    TRY(work.tx().execute(sql::officer::update, officer.id, officer.active, officer.updated_at,
                          seal_facts(work.keys(), kTable, facts_of(officer, account.id))));
    TRY(work.changed({.action = left_or_returned && !officer.active ? Literal{"officer.disabled"}
                                                                    : Literal{"officer.updated"},
                      .resource = officer.id.value}));
    return officer;
}

Result<Officer> disable_officer(audit::Work& work, Officer officer) {
    officer.active = false;
    if (officer.account.status == access::AccountStatus::Active) {
        officer.account.status = access::AccountStatus::Disabled;
    }
    return update_officer(work, std::move(officer));
}

Result<void> settle_officer_roles(audit::Work& work) {
    const auto manager = TRY(access::find_role(work.tx(), "manager"));
    const auto ordinary = TRY(access::find_role(work.tx(), "officer"));
    auto misplaced = TRY(read_officers(work, work.tx().query(sql::officer::list_in_wrong_role)));
    for (auto& officer : misplaced) {
        officer.account.role = officer.account.role.id == manager.id ? ordinary : manager;
        TRY(access::update_account(work, std::move(officer.account), "user.role_changed"));
    }
    return {};
}

}  // namespace tenantry::housing
