// How a person's row is sealed, opened and found by contact. Only person.cpp and person_list.cpp need it.
#pragma once

#include <array>
#include <optional>

#include "register/person.hpp"

namespace tenantry::housing {

/// The sealed columns, in the order that the row seal covers.
enum class PersonColumn : std::uint8_t {
    Name,
    Email,
    Telephone1,
    Telephone2,
    Telephone3,
    DateOfBirth,
    Disabled
};
inline constexpr std::size_t kPersonColumns = 7;

[[nodiscard]] Literal name_of(PersonColumn column);

/// A person's sealed columns, owned, ready to store.
struct SealedPerson {
    std::array<std::optional<Bytes>, kPersonColumns> blobs;
    Bytes row_seal;
};

/// Seals every field under the person's uuid and version.
[[nodiscard]] SealedPerson seal_person(const crypto::KeyRing& keys, const Person& person);

/// Reads the current row of a SELECT * FROM person_row, opening fields to the depth. What does not open is
/// left empty and named in Person::unreadable.
[[nodiscard]] Person read_person(const db::Rows& rows, const crypto::KeyRing& keys, Depth depth);

/// Logs and journals what a reading left unreadable, so that it is noticed even where the row is still shown.
[[nodiscard]] Result<void> report_damage(audit::Work& work, const Person& person);

/// What an e-mail or a telephone is found by, however it is written; nothing where nothing is written.
using ContactHash = std::array<unsigned char, 16>;
[[nodiscard]] std::optional<ContactHash> hash_email(const crypto::KeyRing& keys, std::string_view email);
[[nodiscard]] std::optional<ContactHash> hash_telephone(const crypto::KeyRing& keys,
                                                        std::string_view telephone);

}  // namespace tenantry::housing
