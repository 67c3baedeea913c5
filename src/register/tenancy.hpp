// A tenancy and its rent account: Hackney's account. None of its columns is sealed: it names no
// person, and is found by the landlord's references; its row is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "register/person.hpp"
#include "register/property.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Tenancy {
    Id<Tenancy> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string tag_reference;
    std::optional<std::string> payment_reference;
    std::optional<Id<Property>> property;
    std::optional<Id<Household>> household;
    std::optional<std::string> tenure_code;
    std::optional<Date> start_on;
    std::optional<Date> end_on;
    bool terminated = false;
    bool present = false;                         ///< somebody lives there under it
    std::optional<std::int64_t> current_balance;  ///< pence owed; negative is credit
    std::optional<std::int64_t> rent;             ///< pence
    std::optional<std::int64_t> benefit;          ///< pence
    std::optional<std::string> direct_debit;
    std::optional<std::string> account_type;
    std::optional<std::string> agreement_type;
    Instant created_at;
    Instant updated_at;

    std::optional<std::string> property_reference;  ///< of property; read only
    std::optional<std::string> house_reference;     ///< of property; read only
    std::optional<Uuid> household_uuid;             ///< of household; read only
};

/// What a tenure code means, spelt as Hackney spells it; "Temp Traveller" for a code that is not known,
/// nothing where there is no code.
[[nodiscard]] std::optional<std::string> tenure_label(const std::optional<std::string>& code);

/// How its rows are sealed.
extern const SealedTable kTenancyRows;

/// NotFound where there is none; Corrupt where it is not as it was sealed.
[[nodiscard]] Result<Tenancy> find_tenancy(db::Transaction& tx, const crypto::KeyRing& keys, Id<Tenancy> id);
[[nodiscard]] Result<Tenancy> find_tenancy(db::Transaction& tx, const crypto::KeyRing& keys,
                                           const Uuid& uuid);
[[nodiscard]] Result<Tenancy> find_tenancy_by_tag(db::Transaction& tx, const crypto::KeyRing& keys,
                                                  std::string_view tag_reference);

/// The tenancies of a home: what it is let under now, then the latest first; of more than kTenanciesMost the
/// first ones. One that is not as it was sealed is left out.
inline constexpr std::int64_t kTenanciesMost = 50;
[[nodiscard]] Result<std::vector<Tenancy>> list_tenancies_of(db::Transaction& tx, const crypto::KeyRing& keys,
                                                             Id<Property> home);

/// Which tenancy and household the people of a tag reference belong to: the tenancy's where there is one,
/// else a household of that reference, made if need be.
struct TenancyLink {
    std::optional<Id<Tenancy>> tenancy;
    std::optional<Id<Household>> household;
};
[[nodiscard]] Result<TenancyLink> link_of_tag(audit::Work& work, const std::string& tag_reference);

/// Stores a new tenancy; id and version are given, the times where they are zero. People who came before it,
/// under its tag reference, are linked to it. Conflict: another one has this tag reference.
[[nodiscard]] Result<Tenancy> create_tenancy(audit::Work& work, Tenancy tenancy);
/// Stores the tenancy as it is now over the version that it was read as; its people follow it to its
/// household. Conflict: changed meanwhile, or another one has this tag reference.
[[nodiscard]] Result<Tenancy> update_tenancy(audit::Work& work, Tenancy tenancy);

/// A person of a tenancy and the home that they are assigned to.
struct Tenant {
    Person person;
    std::optional<Property> home;
};
struct RentAccount {
    Tenancy tenancy;
    std::vector<Tenant> tenants;  ///< in order of number
};

/// The account of a tag reference, and those of a payment reference, with their people: accounts that have
/// none, or are not as they were sealed, are left out. Journals whose records they show.
[[nodiscard]] Result<std::vector<RentAccount>> list_accounts_by_tag(audit::Work& work,
                                                                    std::string_view tag_reference);
[[nodiscard]] Result<std::vector<RentAccount>> list_accounts_by_payment_reference(
    audit::Work& work, std::string_view payment_reference);

/// Those recorded after one time and up to another, in that order, without their people yet. One that is not
/// as it was sealed is left out.
[[nodiscard]] Result<std::vector<RentAccount>> list_accounts_created(db::Transaction& tx,
                                                                     const crypto::KeyRing& keys,
                                                                     Instant after, Instant until);

/// The tenancy of a person, and of the first person with a Hackney Homes id who has one. NotFound: no such
/// person, or without a tenancy. Corrupt: the person's record is damaged. Journals the reading.
[[nodiscard]] Result<Tenancy> find_tenancy_of_person(audit::Work& work, const Uuid& person);
[[nodiscard]] Result<Tenancy> find_tenancy_by_hackney_homes_id(audit::Work& work,
                                                               std::string_view hackney_homes_id);

/// The people of tenancies, each with the home they are assigned to, into the accounts. Journals whose
/// records it shows.
[[nodiscard]] Result<void> add_tenants(audit::Work& work, std::vector<RentAccount>& accounts);

}  // namespace tenantry::housing
