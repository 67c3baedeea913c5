// How long what is kept, counted from which event, and why: the rows of retention_rule. A landlord changes
// the months; the kinds of record and their events are the program's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "audit/work.hpp"

namespace tenantry::rights {

/// A kind of record that has a period of its own, in the order in which due ones are removed: what refers to
/// others goes before them.
enum class Kind : std::uint8_t { Job, Interaction, Citizen, Tenancy, Person };
inline constexpr std::array kKinds{Kind::Job, Kind::Interaction, Kind::Citizen, Kind::Tenancy, Kind::Person};

[[nodiscard]] Literal name_of(Kind kind);
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view name);

struct RetentionRule {
    Kind kind = Kind::Person;
    std::string since;
    std::int64_t months = 0;
    std::string why;
    std::optional<Instant> updated_at;  ///< when the landlord changed it, who may never have
};

/// The rules of one reading.
class RetentionRules {
  public:
    /// Corrupt where one is missing.
    [[nodiscard]] static Result<RetentionRules> read(db::Transaction& tx);

    [[nodiscard]] const RetentionRule& of(Kind kind) const { return rules_[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] const std::array<RetentionRule, kKinds.size()>& all() const { return rules_; }

  private:
    std::array<RetentionRule, kKinds.size()> rules_;
};

inline constexpr std::int64_t kRetentionMonthsMost = 1200;

/// From now on records of this kind are kept so many months. Invalid, naming "months": out of 1 to
/// kRetentionMonthsMost.
[[nodiscard]] Result<void> set_retention_months(audit::Work& work, Kind kind, std::int64_t months);

}  // namespace tenantry::rights
