#include "web/retention_words.hpp"

#include <array>

#include "web/format.hpp"

namespace tenantry::web {

namespace {

struct KindWords {
    std::string_view title;
    std::string_view one;
    std::string_view many;
};
/// In the order of rights::Kind.
constexpr std::array<KindWords, rights::kKinds.size()> kKindWords{{
    {"Job", "job with its notes", "jobs with their notes"},
    {"Case", "case with its interactions and notes", "cases with their interactions and notes"},
    {"Citizen index entry", "entry of the citizen index", "entries of the citizen index"},
    {"Tenancy", "tenancy with its rent account", "tenancies with their rent accounts"},
    {"Person", "person with all that is theirs", "people with all that is theirs"},
}};

struct OutcomeWords {
    std::string_view key;
    std::string_view text;
};
/// Outcomes as rights/retention.cpp stores them, and rights::key_of() of what keeps a record.
constexpr OutcomeWords kOutcomes[] = {
    {"erased", "Removed"},
    {"gone before", "It was gone before"},
    {"failed: a record is damaged", "Not removed: a record of it is damaged"},
    {"stays: legal_hold", "Kept: it is under a legal hold"},
    {"stays: running_tenancy", "Kept: the tenancy is running"},
    {"stays: current_home", "Kept: they have a home"},
    {"stays: debt", "Kept: rent is owed"},
    {"stays: open_job", "Kept: a job is open"},
    {"stays: open_case", "Kept: a case is open"},
    {"stays: retention_period", "Kept: its period is not over any more"},
    {"stays: shared", "Kept: it is other people’s as well"},
};

}  // namespace

std::string say_records(rights::Kind kind, std::int64_t count) {
    const auto& words = kKindWords.at(static_cast<std::size_t>(kind));
    return say_count(count, words.one, words.many);
}

std::string say_kind(std::string_view name) {
    const auto kind = rights::parse_kind(name);
    return std::string{kind ? kKindWords.at(static_cast<std::size_t>(*kind)).title : name};
}

std::string say_months(std::int64_t months) {
    constexpr std::int64_t kYear = 12;
    return months % kYear == 0 ? say_count(months / kYear, "year", "years")
                               : say_count(months, "month", "months");
}

std::string say_outcome(std::string_view outcome) {
    for (const auto& known : kOutcomes) {
        if (known.key == outcome) {
            return std::string{known.text};
        }
    }
    return std::string{outcome};
}

}  // namespace tenantry::web
