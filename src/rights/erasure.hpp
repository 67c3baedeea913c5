// Erasure on request (UK GDPR Article 17). Every table that holds something about people has a rule here, or
// a test fails. What may go goes, in one transaction; what the law or open work keeps stays, with the reason;
// what others' records refer to stays with nothing personal in it. Letters that wait to be sent are not
// looked for: whom they are for is sealed, and they are gone as soon as they are sent or given up.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/work.hpp"
#include "register/person.hpp"
#include "rights/person_tables.hpp"
#include "rights/removal.hpp"
#include "rights/standing.hpp"

namespace tenantry::rights {

/// With what a table's rows about a person go.
enum class GoesWith : std::uint8_t {
    PersonRow,    ///< the person's own row: goes, or is left with nothing personal in it
    Person,       ///< goes with what the person's row says, whichever of the two happens to that
    WholePerson,  ///< goes where the person's row goes
    Household,    ///< goes with the last person of the household
    Tenancy,      ///< goes with the last person of the tenancy, when that may go
    Job,
    JobLink,
    Case,
    Citizen,
    Consent,     ///< what was said stays, whose word it was goes
    Disclosure,  ///< that it was given stays, why goes
    Index,       ///< goes with the table that it is an index of
    Nothing,     ///< stays
};

struct ErasureRule {
    std::string_view table;
    GoesWith with;
    Literal why = "";  ///< of what stays
};
[[nodiscard]] std::span<const ErasureRule> erasure_rules();
/// Names of the tables that no rule names, or that more than one does.
[[nodiscard]] std::vector<std::string_view> tables_without_one_rule(std::span<const PersonTable> tables,
                                                                    std::span<const ErasureRule> rules);

/// Rows of a table that stay as they are, and why.
struct Kept {
    std::string_view table;
    std::int64_t rows = 0;
    std::vector<Reason> reasons;
};

struct ErasurePlan {
    Id<housing::Person> person;
    Tally goes;
    std::vector<Kept> kept;

    [[nodiscard]] bool is_empty() const { return goes.empty(); }
    /// The reasons of all that is kept, each once, the person's own first.
    [[nodiscard]] std::vector<Reason> reasons() const;
};

/// What an erasure would do today. Changes and journals nothing. NotFound: no such person.
[[nodiscard]] Result<ErasurePlan> plan_erasure(audit::Work& work, Id<housing::Person> person);

/// The points of Article 17(1): 'a' no longer necessary, 'b' consent withdrawn, 'c' objection, 'd' unlawful,
/// 'e' a legal obligation, 'f' a child's data. Nothing for any other text.
[[nodiscard]] std::optional<char> parse_ground(std::string_view text);

inline constexpr Error kNothingToErase{Code::Conflict, "Nothing of this tenant may be erased"};

/// Carries out exactly what plan_erasure() says, and answers it; stores ground, counts and reasons, and wants
/// the files scrubbed (rights/duty.hpp). kNothingToErase: all must stay, and nothing was changed. NotFound:
/// no such person. Corrupt: a record that must be changed is damaged.
[[nodiscard]] Result<ErasurePlan> erase_person(audit::Work& work, Id<housing::Person> person, char ground,
                                               Date requested_on);
/// Likewise, for a person of whom nothing must stay any more; stores nothing about it but the event.
[[nodiscard]] Result<ErasurePlan> remove_whole_person(audit::Work& work, Id<housing::Person> person);

}  // namespace tenantry::rights
