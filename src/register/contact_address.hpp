// Where a person's letters go, for whom that is not the home they are assigned to: they have none, or said
// so. Sealed under the version of the person that it was written with, so that one put back later does not
// open.
#pragma once

#include <optional>

#include "register/address.hpp"
#include "register/check.hpp"
#include "register/person.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::housing {

/// The columns version, line_1, line_2, line_3, city, postcode, row_seal as a statement joins them to a
/// person; absent where the person has no row.
struct StoredContactAddress {
    std::optional<std::int64_t> version;
    TextBlobs<5> parts;
    std::optional<ByteView> row_seal;

    [[nodiscard]] bool is_there() const { return version.has_value(); }
};

/// The address of a row that is there. Corrupt where it does not hold together.
[[nodiscard]] Result<Address> open_contact_address(const crypto::KeyRing& keys, Id<Person> person,
                                                   const Uuid& uuid, const StoredContactAddress& stored);

/// Stores the address as that of the person as just stored.
[[nodiscard]] Result<void> put_contact_address(audit::Work& work, const Person& person,
                                               const Address& address);
/// From now on letters go to the person's home.
[[nodiscard]] Result<void> remove_contact_address(audit::Work& work, const Person& person);

/// Opens every address and tells the report.
[[nodiscard]] Result<void> check_contact_addresses(db::Transaction& tx, const crypto::KeyRing& keys,
                                                   CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_contact_addresses(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
