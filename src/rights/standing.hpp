// Whether a record may go, and why not: what erasure on request and retention both ask. The facts of a whole
// list of records are read by one statement; judging them touches no database. One place for both, so that
// what retention proposes is what it later does.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "register/person.hpp"
#include "rights/retention_rule.hpp"

namespace tenantry::rights {

enum class Because : std::uint8_t {
    LegalHold,
    RunningTenancy,
    CurrentHome,
    Debt,
    OpenJob,
    OpenCase,
    Period,   ///< the retention rule's period is not over
    Shared,   ///< it is other people's as well
    Journal,  ///< it is the journal's, which holds numbers only
};
[[nodiscard]] Literal key_of(Because because);
/// As a records officer reads it.
[[nodiscard]] Literal text_of(Because because);

struct Reason {
    Because because;
    std::optional<Date> until = std::nullopt;  ///< first day on which it holds no more, where that is known
    std::optional<Kind> rule = std::nullopt;   ///< whose period it is

    bool operator==(const Reason&) const = default;
};

/// What keeps a record, and when its period ends.
struct Standing {
    std::vector<Because> blocked;
    Date due;
    Kind rule = Kind::Person;

    [[nodiscard]] bool is_due(Date today) const { return blocked.empty() && due <= today; }
    /// Why it must stay today; empty: it may go.
    [[nodiscard]] std::vector<Reason> reasons(Date today) const;
};

struct PersonFacts {
    Id<housing::Person> id;
    Uuid uuid;
    std::int64_t version = 0;
    Instant created_at;
    std::optional<Id<housing::Household>> household;
    std::optional<Id<housing::Tenancy>> tenancy;
    bool is_held = false;
    bool has_home = false;
    std::optional<Instant> last_moved_out;
    bool tenancy_is_running = false;
    bool owes = false;
    std::optional<Date> tenancy_end;
    std::optional<Instant> tenancy_changed_at;
    bool has_open_job = false;
    std::optional<Instant> last_job_at;
    bool has_open_case = false;
    std::optional<Instant> last_case_at;
    Instant last_entry_at;

    /// Whether it is known without the tenancy when they left, or that they did not. Of anybody else the
    /// tenancy is all that tells how long they must be kept, so it stays as long as they do.
    [[nodiscard]] bool has_home_history() const { return has_home || last_moved_out.has_value(); }
};
struct TenancyFacts {
    Id<housing::Tenancy> id;
    bool is_held = false;  ///< somebody of it is
    bool is_running = false;
    bool owes = false;
    std::optional<Date> end;
    Instant changed_at;
    std::int64_t people = 0;
};
struct JobFacts {
    std::int64_t id = 0;
    bool is_held = false;
    bool is_open = false;
    Instant changed_at;
    std::int64_t people = 0;
    std::int64_t notes = 0;
};
/// An incident with its interactions and notes.
struct CaseFacts {
    std::int64_t id = 0;
    bool is_held = false;
    bool is_open = false;
    Instant closed_at;
    std::int64_t interactions = 0;
    std::int64_t notes = 0;
    bool is_persons = false;          ///< the incident itself is about the person asked for
    std::int64_t own = 0;             ///< interactions that are
    bool has_others = false;          ///< somebody else's name is on it, or an association's
    bool has_children_apart = false;  ///< another case came from it
};
struct CitizenFacts {
    std::int64_t id = 0;
    std::optional<std::string> usn;
    bool is_of_register = false;  ///< the register has this person
    Instant changed_at;
};

/// The facts of these records, in order of number; those that are not there are left out. `ids` is a JSON
/// array.
[[nodiscard]] Result<std::vector<PersonFacts>> read_people(db::Transaction& tx, std::string_view ids);
[[nodiscard]] Result<std::vector<TenancyFacts>> read_tenancies(db::Transaction& tx, std::string_view ids);
[[nodiscard]] Result<std::vector<JobFacts>> read_jobs(db::Transaction& tx, std::string_view ids);
/// What is a person's own of them is told where one is given.
[[nodiscard]] Result<std::vector<CaseFacts>> read_cases(db::Transaction& tx, std::string_view ids,
                                                        std::optional<Id<housing::Person>> person);
[[nodiscard]] Result<std::vector<CitizenFacts>> read_citizens(db::Transaction& tx, std::string_view ids);

/// Of the person's own record, whatever keeps their jobs and cases.
[[nodiscard]] Standing standing_of(const PersonFacts& person, const RetentionRules& rules);
/// Of the person with all that is theirs alone: as long as anything of it stays, so do they.
[[nodiscard]] Standing standing_of_whole(const PersonFacts& person, const RetentionRules& rules);
[[nodiscard]] Standing standing_of(const TenancyFacts& tenancy, const RetentionRules& rules);
[[nodiscard]] Standing standing_of(const JobFacts& job, const RetentionRules& rules);
[[nodiscard]] Standing standing_of(const CaseFacts& one, const RetentionRules& rules);
[[nodiscard]] Standing standing_of(const CitizenFacts& citizen, const RetentionRules& rules);

}  // namespace tenantry::rights
