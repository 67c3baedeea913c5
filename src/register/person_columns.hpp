// How a person's row is sealed, opened and found by contact. Only what keeps, lists or finds people needs it.
#pragma once

#include <array>
#include <functional>
#include <optional>

#include "register/address.hpp"
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

/// A row of person_row as it is stored, and the address of its property.
struct StoredPerson {
    Person person;  ///< without what is sealed
    std::array<std::optional<ByteView>, kPersonColumns> blobs;
    ByteView row_seal;
    Address home;

    /// Reads the current row of a statement that selects person_row's columns, and then those of `more`.
    template <class... More>
    void read(const db::Rows& rows, More&... more) {
        Person& p = person;
        rows.into(p.id, p.uuid, p.version, p.active, p.property, p.household, p.tenancy, blobs[0], blobs[1],
                  blobs[2], blobs[3], blobs[4], blobs[5], blobs[6], p.larn, p.hackney_homes_id, p.member_id,
                  p.person_number, p.responsible, p.relationship, p.extended_relationship, p.cautionary_alert,
                  p.property_cautionary_alert, row_seal, p.created_at, p.updated_at, home.line_1, home.line_2,
                  home.line_3, home.city, home.postcode, more...);
    }
};

/// The row under the active key, texts unchanged. Corrupt where a field or the row's seal does not hold.
[[nodiscard]] Result<SealedPerson> reseal_person(const crypto::KeyRing& keys, const StoredPerson& stored);

/// Opens fields to the depth. What does not open is left empty and named in Person::unreadable.
[[nodiscard]] Person open_person(StoredPerson stored, const crypto::KeyRing& keys, Depth depth);
/// Reads and opens the current row of a SELECT * FROM person_row.
[[nodiscard]] Person read_person(const db::Rows& rows, const crypto::KeyRing& keys, Depth depth);

/// A name as the one text that is sealed, and back; nothing for a text that is no name.
[[nodiscard]] std::string name_text(const Name& name);
[[nodiscard]] std::optional<Name> parse_name(std::string_view text);
/// The name alone of a person's row, the rest of which is not proven by it. Corrupt where it does not open.
[[nodiscard]] Result<Name> open_name(const crypto::KeyRing& keys, const Uuid& person, std::int64_t version,
                                     ByteView blob);

/// The names of many rows in turn as they are searched: fold(open_name(...).full()), in memory that is used
/// again.
class FoldedName {
  public:
    /// Fails as open_name() does.
    [[nodiscard]] Result<void> open(const crypto::KeyRing& keys, const Uuid& person, std::int64_t version,
                                    ByteView blob);
    /// The last that was opened.
    [[nodiscard]] std::string_view text() const { return folded_; }

  private:
    std::string sealed_;
    std::string full_;
    std::string folded_;
};

/// Logs and journals what a reading left unreadable, so that it is noticed even where the row is still shown.
[[nodiscard]] Result<void> report_damage(audit::Work& work, const Person& person);
/// Journals that these people were shown in a list, once for all, and reports who of them is damaged; nothing
/// for nobody. person_of(item) is the person of an item of the list.
template <class Items, class PersonOf = std::identity>
[[nodiscard]] Result<void> journal_people(audit::Work& work, const Items& items, PersonOf person_of = {}) {
    std::vector<std::int64_t> shown;
    shown.reserve(items.size());
    for (const auto& item : items) {
        const Person& person = std::invoke(person_of, item);
        if (!person.unreadable.empty()) {
            TRY(report_damage(work, person));
        }
        shown.push_back(person.id.value);
    }
    return shown.empty() ? Result<void>{}
                         : work.read({.action = "tenant.listed", .people = std::move(shown)});
}

/// What an e-mail or a telephone is found by, however it is written; nothing where nothing is written.
using ContactHash = std::array<unsigned char, 16>;
[[nodiscard]] std::optional<ContactHash> hash_email(const crypto::KeyRing& keys, std::string_view email);
[[nodiscard]] std::optional<ContactHash> hash_telephone(const crypto::KeyRing& keys,
                                                        std::string_view telephone);
/// Of what somebody typed into a search: nothing where it is neither.
[[nodiscard]] std::optional<ContactHash> hash_contact(const crypto::KeyRing& keys, std::string_view typed);

}  // namespace tenantry::housing
