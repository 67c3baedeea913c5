// Whom to tell when something happens to a person. All of it is sealed: it is another person's data, too.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "register/check.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

struct NextOfKin {
    std::optional<std::string> name = {};
    std::optional<std::string> relationship = {};
    std::optional<std::string> address = {};
    std::optional<std::string> mobile = {};
    std::optional<std::string> other_phone = {};
    std::optional<std::string> email = {};

    bool operator==(const NextOfKin&) const = default;
};

/// The person's, all absent where none was named. Corrupt where it does not open. Part of reading a person
/// (register/resident.hpp), which journals it.
[[nodiscard]] Result<NextOfKin> load_next_of_kin(audit::Work& work, const Person& person);

/// Of these people, as far as any was named; nothing in the place of one that does not open, which is logged.
/// Part of reading them, likewise.
[[nodiscard]] Result<std::unordered_map<std::int64_t, std::optional<NextOfKin>>> load_all_next_of_kin(
    audit::Work& work, const PageOfIds& people);

/// Stores the parts that are there over what was known; the others stay. NotFound: no such person. Corrupt:
/// what was known does not open.
[[nodiscard]] Result<void> update_next_of_kin(audit::Work& work, const Uuid& person, const NextOfKin& parts);

/// Opens every next of kin and tells the report.
[[nodiscard]] Result<void> check_next_of_kin(db::Transaction& tx, const crypto::KeyRing& keys,
                                             CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_next_of_kin(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
