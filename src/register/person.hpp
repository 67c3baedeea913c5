// A person of the register: PropOps' tenant, Hackney's contact. Names, date of birth, e-mail, telephones and
// disability are sealed, each under the row's uuid and version; the row's seal binds them to all that
// stands in the row beside them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "register/check.hpp"
#include "register/occupancy.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Household;
struct Tenancy;
class NamesInMemory;

struct Name {
    std::optional<std::string> title;
    std::string first;
    std::string last;

    /// First and last name with a space between, as it was entered: split_name() undoes it byte for byte.
    [[nodiscard]] std::string full() const;
};

/// Parts a full name at its last space, so that joining the parts gives it back unchanged. A single name is a
/// last name.
[[nodiscard]] Name split_name(std::string_view full);

struct Person {
    Id<Person> id;
    Uuid uuid;
    std::int64_t version = 0;
    bool active = true;
    std::optional<Id<Property>> property;
    std::optional<Id<Household>> household;
    std::optional<Id<Tenancy>> tenancy;
    Name name;
    std::optional<std::string> email;
    std::optional<std::string> telephone_1;
    std::optional<std::string> telephone_2;
    std::optional<std::string> telephone_3;
    std::optional<Date> date_of_birth;
    std::optional<bool> disabled;
    std::optional<std::string> larn;
    std::optional<std::string> hackney_homes_id;
    std::optional<std::string> member_id;
    std::optional<std::string> person_number;
    bool responsible = false;
    std::optional<std::string> relationship;
    std::optional<std::string> extended_relationship;
    bool cautionary_alert = false;           ///< officers are warned of this person
    bool property_cautionary_alert = false;  ///< and of somebody at the home
    Instant created_at;
    Instant updated_at;

    std::optional<std::string> full_address;  ///< of property; read only
    /// Columns that did not open, by name; "row_seal" where the row itself does not hold together. A list
    /// still shows the row without them; find_person() answers Corrupt instead.
    std::vector<Literal> unreadable;
};

inline constexpr Error kNoSuchTenant{Code::NotFound, "No such tenant"};
inline constexpr Error kDamaged{Code::Corrupt, "Stored data failed an integrity check"};

/// Which sealed fields a reading opens: the four contact fields that PropOps shows, or all.
enum class Depth : std::uint8_t { Contact, Full };

/// NotFound where there is none; Corrupt where a field or the row's seal does not hold. Journals the reading.
[[nodiscard]] Result<Person> find_person(audit::Work& work, Id<Person> id, Depth depth);
[[nodiscard]] Result<Person> find_person(audit::Work& work, const Uuid& uuid, Depth depth);
/// Says that find_person() will be asked for it (db::Transaction::expect).
[[nodiscard]] Result<void> expect_person(db::Transaction& tx, const Uuid& uuid);
/// For a change: the whole person, unjournaled, because the change itself is. Write transactions only.
[[nodiscard]] Result<Person> load_person(audit::Work& work, Id<Person> id);
[[nodiscard]] Result<Person> load_person(audit::Work& work, const Uuid& uuid);

/// The first person of a Hackney Homes id who has a tenancy, opened to Depth::Contact; errors and journal as
/// above.
[[nodiscard]] Result<Person> find_person_by_hackney_homes_id(audit::Work& work,
                                                             std::string_view hackney_homes_id);

/// The number of a person, without reading the record. NotFound where there is none.
[[nodiscard]] Result<Id<Person>> find_person_id(db::Transaction& tx, const Uuid& uuid);

/// Says that a person will be created there, unless the write fails (db::Transaction::expect).
[[nodiscard]] Result<void> expect_creation(db::Transaction& tx, std::optional<Id<Property>> property);
/// Stores a new person and their first occupancy; id and version are given, the uuid where it is all zero,
/// the times where they are zero. NotFound: no such property.
[[nodiscard]] Result<Person> create_person(audit::Work& work, Person person);
/// Stores what changed between the person as loaded and as it is to be, occupancy and search indexes
/// included. Conflict: changed meanwhile. NotFound: no such property.
[[nodiscard]] Result<Person> update_person(audit::Work& work, const Person& before, Person after,
                                           Literal action);
/// The people assigned to the properties of a UPRN, for a change. Who does not open is reported and left out.
/// Write transactions only.
[[nodiscard]] Result<std::vector<Person>> load_people_at(audit::Work& work, std::int64_t uprn);
/// Conflict: a legal hold is on the person, an active job is linked, or interactions tell of them. Takes
/// occupancies, alerts, next of kin, contact address, lifted holds, links and index entries along; the
/// journal stays.
[[nodiscard]] Result<void> remove_person(audit::Work& work, const Person& person);

struct PersonFilter {
    std::optional<bool> active;
    std::optional<Id<Property>> property;
    bool or_unassigned = false;    ///< with property: those without one as well
    bool only_unassigned = false;  ///< goes before property
    std::string search;            ///< words of the name
    bool search_contacts = false;  ///< an e-mail or telephone in search is found too, whole
    Paging paging;
};

struct PersonPage {
    std::vector<Person> people;
    std::int64_t total = 0;
    bool total_is_exact = true;
};

/// In order of number, opened to Depth::Contact. Journals whose records it shows. In mode memory the names
/// are searched in `names`; the answers are the same, but a name that does not open is found by nobody.
[[nodiscard]] Result<PersonPage> list_people(audit::Work& work, NamesInMemory& names,
                                             const PersonFilter& filter);

/// Everybody of these tenancies, in order of number, opened to Depth::Contact. Journals whose records it
/// shows.
[[nodiscard]] Result<std::vector<Person>> list_people_of_tenancies(audit::Work& work,
                                                                   const PageOfIds& tenancies);

/// Puts every name into the plaintext index, which is empty. Returns how many did not open.
[[nodiscard]] Result<std::int64_t> index_people(audit::Work& work);

/// Opens every person and tells the report.
[[nodiscard]] Result<void> check_people(db::Transaction& tx, const crypto::KeyRing& keys,
                                        CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_people(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
