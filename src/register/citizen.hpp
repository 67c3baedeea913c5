// An entry of the citizen index: somebody whom services of the council know, a person of the register or not.
// Name, date of birth and address are sealed; they are found by folded name and address.
#pragma once

#include <optional>
#include <string>

#include "base/ids.hpp"
#include "register/address.hpp"
#include "register/check.hpp"
#include "register/person.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::housing {

struct Citizen {
    Id<Citizen> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::optional<std::string> usn;  ///< number in the index; absent while the index has yet to give one
    std::optional<std::int64_t> uprn;
    std::optional<std::string> larn;
    std::optional<Uuid> person;  ///< the same human being in the register, where that is known
    std::optional<std::string> hackney_homes_id;
    Name name;
    std::optional<Date> date_of_birth;
    Address address;
    Instant created_at;
    Instant updated_at;
};

/// Stores a new entry; id, uuid, version and times are given. Conflict: the usn is taken.
[[nodiscard]] Result<Citizen> create_citizen(audit::Work& work, Citizen citizen);
/// Stores the entry as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<Citizen> update_citizen(audit::Work& work, Citizen citizen);
/// NotFound where there is none; Corrupt where it does not hold together.
[[nodiscard]] Result<Citizen> find_citizen(audit::Work& work, const std::string& usn);

/// A row of the citizen table as it is stored.
struct StoredCitizen {
    Citizen citizen;  ///< without name, date of birth and address
    TextBlobs<7> texts;
    ByteView row_seal;
};
/// Reads the current row of a statement that selects the table's columns in their order.
[[nodiscard]] StoredCitizen read_citizen(const db::Rows& rows);
/// Corrupt where it does not hold together.
[[nodiscard]] Result<Citizen> open_citizen(StoredCitizen stored, const crypto::KeyRing& keys);
/// What an entry is found by, folded: the postcode with and without its space, lines 1 and 2 also run
/// together.
struct SearchTexts {
    std::string name;
    std::string address;
};
[[nodiscard]] SearchTexts search_texts(const Citizen& citizen);
/// Puts every entry into the plaintext index, which is empty. Returns how many did not open.
[[nodiscard]] Result<std::int64_t> index_citizens(audit::Work& work);

/// Seals the addresses that an earlier version of the program had in clear; false where there are none. They
/// are gone from the files once the write-ahead log was emptied.
[[nodiscard]] Result<bool> seal_citizens_in_clear(audit::Work& work);

/// Logs and journals an entry that did not open.
[[nodiscard]] Result<void> report_damage(audit::Work& work, const Citizen& citizen);

/// Opens every entry and tells the report.
[[nodiscard]] Result<void> check_citizens(db::Transaction& tx, const crypto::KeyRing& keys,
                                          CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_citizens(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
