#include "register/tenancy.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "crypto/random.hpp"
#include "register/household.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Error kNoSuchTenancy{Code::NotFound, "No such tenancy"};

/// Contract section 3.
constexpr std::array<std::pair<std::string_view, std::string_view>, 29> kTenures{{
    {"ASY", "Asylum seeker"},
    {"DEC", "Temp Decant"},
    {"FRE", "Freehold"},
    {"INT", "Introductory"},
    {"LEA", "Leasehold (RTB)"},
    {"LTA", "License temporay account"},
    {"MPA", "Mesne profit account"},
    {"NON", "Non-secure"},
    {"PVG", "Private garage"},
    {"RSL", "Landlord"},
    {"RTM", "Rent to mortgage"},
    {"SEC", "Secure"},
    {"SLL", "Short life lease"},
    {"TAF", "Tenants association flat"},
    {"TBB", "Temporary B&B"},
    {"TGA", "Tenant garage"},
    {"THL", "Temporary hostel lease"},
    {"THO", "Temporary hostel"},
    {"TLA", "Temporary annex"},
    {"TPL", "Temporary private let"},
    {"TRA", "Temporary Traveller"},
    {"COM", "Commercial let"},
    {"FRS", "Freehold (service charge)"},
    {"HPH", "HPH(SLA)"},
    {"LHS", "Leasehold 100% stair"},
    {"SHO", "Shared ownership"},
    {"SPS", "Private sale leasehold"},
    {"SPT", "Sheltered accommodation"},
    {"SSE", "Share equity"},
}};
constexpr std::string_view kOtherTenure = "Temp Traveller";

constexpr Literal kTable = "tenancy";

std::optional<std::int64_t> days_of(const std::optional<Date>& date) {
    return date ? std::optional{to_days(*date)} : std::nullopt;
}

/// What the row seal covers: every column.
RowFacts facts_of(const Tenancy& t) {
    RowFacts facts;
    facts.add(t.id.value)
        .add(t.uuid)
        .add(t.version)
        .add(t.tag_reference)
        .add(t.payment_reference)
        .add(number_of(t.property))
        .add(number_of(t.household))
        .add(t.tenure_code)
        .add(days_of(t.start_on))
        .add(days_of(t.end_on))
        .add(std::int64_t{t.terminated})
        .add(std::int64_t{t.present})
        .add(t.current_balance)
        .add(t.rent)
        .add(t.benefit)
        .add(t.direct_debit)
        .add(t.account_type)
        .add(t.agreement_type)
        .add(to_millis(t.created_at))
        .add(to_millis(t.updated_at));
    return facts;
}

/// Reads the tenancy's own columns, its seal and whatever else the statement answers.
template <class... Beside>
FactRow read_into(const db::Rows& rows, Tenancy& t, Beside&... beside) {
    std::optional<ByteView> seal;
    rows.into(t.id, t.uuid, t.version, t.tag_reference, t.payment_reference, t.property, t.household,
              t.tenure_code, t.start_on, t.end_on, t.terminated, t.present, t.current_balance, t.rent,
              t.benefit, t.direct_debit, t.account_type, t.agreement_type, t.created_at, t.updated_at, seal,
              beside...);
    return {t.id.value, facts_of(t), seal};
}

/// Corrupt where it is not as it was sealed.
Result<Tenancy> read_tenancy(const db::Rows& rows, const crypto::KeyRing& keys) {
    Tenancy t;
    const FactRow row = read_into(rows, t, t.property_reference, t.house_reference, t.household_uuid);
    TRY(check_facts(keys, kTable, row));
    return t;
}

template <class Key>
Result<Tenancy> find_one(db::Transaction& tx, const crypto::KeyRing& keys, const db::Sql& sql,
                         const Key& key) {
    db::Rows rows = TRY(tx.query(sql, key));
    if (!TRY(rows.next())) {
        return kNoSuchTenancy;
    }
    return read_tenancy(rows, keys);
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Tenancy& t) {
    auto written = work.tx().execute(sql, t.id, t.uuid, t.version, t.tag_reference, t.payment_reference,
                                     t.property, t.household, t.tenure_code, t.start_on, t.end_on,
                                     t.terminated, t.present, t.current_balance, t.rent, t.benefit,
                                     t.direct_debit, t.account_type, t.agreement_type, t.created_at,
                                     t.updated_at, seal_facts(work.keys(), kTable, facts_of(t)));
    if (!written.ok() && written.error().code == Code::Conflict) {
        return Error{Code::Conflict, "another tenancy has this tag reference", "tag_reference"};
    }
    return written;
}

/// People of the tenancy who are in another household, and those who came under its tag reference before it.
Result<void> link_people(audit::Work& work, const Tenancy& tenancy) {
    std::vector<Id<Person>> people;
    {
        db::Rows rows = TRY(work.tx().query(sql::tenancy::list_people_to_link, tenancy.id, tenancy.household,
                                            tenancy.tag_reference));
        while (TRY(rows.next())) {
            rows.into(people.emplace_back());
        }
    }
    // One by one: each person's row is sealed over their tenancy and household.
    for (const auto id : people) {
        const Person before = TRY(load_person(work, id));
        Person after = before;
        after.tenancy = tenancy.id;
        after.household = tenancy.household;
        TRY(update_person(work, before, std::move(after), "tenant.linked"));
    }
    return {};
}

Result<std::vector<RentAccount>> read_accounts(db::Rows rows, const crypto::KeyRing& keys) {
    std::vector<RentAccount> accounts;
    while (TRY(rows.next())) {
        auto tenancy = read_tenancy(rows, keys);
        if (tenancy.ok()) {
            accounts.push_back({std::move(tenancy).value(), {}});
        }
    }
    return accounts;
}

Result<std::vector<RentAccount>> with_tenants(audit::Work& work, std::vector<RentAccount> accounts) {
    TRY(add_tenants(work, accounts));
    std::erase_if(accounts, [](const RentAccount& account) { return account.tenants.empty(); });
    return accounts;
}

/// NotFound where the person has none.
Result<Tenancy> tenancy_of(audit::Work& work, const Person& person) {
    if (!person.tenancy) {
        return kNoSuchTenancy;
    }
    return find_tenancy(work.tx(), work.keys(), *person.tenancy);
}

}  // namespace

const SealedTable kTenancyRows{kTable, sql::tenancy::list_rows, sql::tenancy::set_seal,
                               [](const db::Rows& rows) {
                                   Tenancy t;
                                   return read_into(rows, t);
                               }};

std::optional<std::string> tenure_label(const std::optional<std::string>& code) {
    if (!code) {
        return std::nullopt;
    }
    const auto* known =
        std::find_if(kTenures.begin(), kTenures.end(), [&](const auto& one) { return one.first == *code; });
    return std::string{known == kTenures.end() ? kOtherTenure : known->second};
}

Result<Tenancy> find_tenancy(db::Transaction& tx, const crypto::KeyRing& keys, Id<Tenancy> id) {
    return find_one(tx, keys, sql::tenancy::find_by_id, id);
}
Result<Tenancy> find_tenancy(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid) {
    return find_one(tx, keys, sql::tenancy::find_by_uuid, uuid);
}
Result<Tenancy> find_tenancy_by_tag(db::Transaction& tx, const crypto::KeyRing& keys,
                                    std::string_view tag_reference) {
    return find_one(tx, keys, sql::tenancy::find_by_tag, tag_reference);
}

Result<std::vector<Tenancy>> list_tenancies_of(db::Transaction& tx, const crypto::KeyRing& keys,
                                               Id<Property> home) {
    std::vector<Tenancy> tenancies;
    db::Rows rows = TRY(tx.query(sql::tenancy::list_of_property, home, kTenanciesMost));
    while (TRY(rows.next())) {
        auto tenancy = read_tenancy(rows, keys);
        if (tenancy.ok()) {
            tenancies.push_back(std::move(tenancy).value());
        }
    }
    return tenancies;
}

Result<TenancyLink> link_of_tag(audit::Work& work, const std::string& tag_reference) {
    TenancyLink link;
    const auto found = work.tx().find(sql::tenancy::find_link,
                                      std::tie(link.tenancy.emplace(), link.household), tag_reference);
    if (found.ok() && link.household) {
        return link;
    }
    if (!found.ok()) {
        if (found.error().code != Code::NotFound) {
            return found.error();
        }
        link.tenancy.reset();
    }
    link.household = TRY(ensure_household(work, tag_reference));
    return link;
}

Result<Tenancy> create_tenancy(audit::Work& work, Tenancy t) {
    t.id.value = TRY(next_id(work.tx(), "tenancy"));
    if (t.uuid == Uuid{}) {
        t.uuid = crypto::new_uuid();
    }
    t.version = 1;
    t.created_at = t.created_at == Instant{} ? work.now() : t.created_at;
    t.updated_at = work.now();
    TRY(write_row(work, sql::tenancy::insert, t));
    TRY(work.changed({.action = "tenancy.created", .resource = t.id.value, .version = t.version}));
    TRY(link_people(work, t));
    return t;
}

Result<Tenancy> update_tenancy(audit::Work& work, Tenancy t) {
    ++t.version;
    t.updated_at = work.now();
    if (TRY(write_row(work, sql::tenancy::update, t)) != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = "tenancy.updated", .resource = t.id.value, .version = t.version}));
    TRY(link_people(work, t));
    return t;
}

Result<void> add_tenants(audit::Work& work, std::vector<RentAccount>& accounts) {
    PageOfIds tenancies;
    std::unordered_map<Id<Tenancy>, std::size_t> places;
    for (const RentAccount& account : accounts) {
        places.emplace(account.tenancy.id, tenancies.ids.size());
        tenancies.ids.push_back(account.tenancy.id.value);
    }
    auto people = TRY(list_people_of_tenancies(work, tenancies));
    std::vector<std::int64_t> ids;
    for (const Person& person : people) {
        if (person.property) {
            ids.push_back(person.property->value);
        }
    }
    std::unordered_map<Id<Property>, Property> homes;
    for (auto& home : TRY(find_properties(work.tx(), std::move(ids)))) {
        homes.emplace(home.id, std::move(home));
    }
    for (Person& person : people) {
        const auto home = person.property ? homes.find(*person.property) : homes.end();
        auto& tenants = accounts[places.at(*person.tenancy)].tenants;
        tenants.push_back(
            {std::move(person), home == homes.end() ? std::nullopt : std::optional{home->second}});
    }
    return {};
}

Result<std::vector<RentAccount>> list_accounts_by_tag(audit::Work& work, std::string_view tag_reference) {
    return with_tenants(
        work,
        TRY(read_accounts(TRY(work.tx().query(sql::tenancy::find_by_tag, tag_reference)), work.keys())));
}

Result<std::vector<RentAccount>> list_accounts_by_payment_reference(audit::Work& work,
                                                                    std::string_view payment_reference) {
    return with_tenants(
        work,
        TRY(read_accounts(TRY(work.tx().query(sql::tenancy::list_by_payment_reference, payment_reference)),
                          work.keys())));
}

Result<std::vector<RentAccount>> list_accounts_created(db::Transaction& tx, const crypto::KeyRing& keys,
                                                       Instant after, Instant until) {
    return read_accounts(TRY(tx.query(sql::tenancy::list_created, after, until)), keys);
}

Result<Tenancy> find_tenancy_of_person(audit::Work& work, const Uuid& person) {
    return tenancy_of(work, TRY(find_person(work, person, Depth::Contact)));
}

Result<Tenancy> find_tenancy_by_hackney_homes_id(audit::Work& work, std::string_view hackney_homes_id) {
    return tenancy_of(work, TRY(find_person_by_hackney_homes_id(work, hackney_homes_id)));
}

}  // namespace tenantry::housing
