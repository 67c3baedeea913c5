#include "rights/retention_rule.hpp"

#include "rights/sql.hpp"

namespace tenantry::rights {

Literal name_of(Kind kind) {
    switch (kind) {
        case Kind::Job:
            return "job";
        case Kind::Interaction:
            return "interaction";
        case Kind::Citizen:
            return "citizen";
        case Kind::Tenancy:
            return "tenancy";
        case Kind::Person:
            return "person";
    }
    VERIFY(false);
}

std::optional<Kind> parse_kind(std::string_view name) {
    for (const Kind kind : kKinds) {
        if (name_of(kind).view() == name) {
            return kind;
        }
    }
    return std::nullopt;
}

Result<RetentionRules> RetentionRules::read(db::Transaction& tx) {
    RetentionRules rules;
    db::Rows rows = TRY(tx.query(sql::retention::list_rules));
    while (TRY(rows.next())) {
        std::string what;
        RetentionRule rule;
        Instant updated_at;
        rows.into(what, rule.since, rule.months, rule.why, updated_at);
        if (updated_at != Instant{}) {
            rule.updated_at = updated_at;
        }
        if (const auto kind = parse_kind(what)) {
            rule.kind = *kind;
            rules.rules_[static_cast<std::size_t>(*kind)] = std::move(rule);
        }
    }
    for (const RetentionRule& rule : rules.rules_) {
        if (rule.months < 1) {
            return Error{Code::Corrupt, "a retention rule is missing"};
        }
    }
    return rules;
}

Result<void> set_retention_months(audit::Work& work, Kind kind, std::int64_t months) {
    if (months < 1 || months > kRetentionMonthsMost) {
        return Error{Code::Invalid, "is a whole number from 1 to 1200", "months"};
    }
    TRY(work.tx().execute(sql::retention::set_rule, name_of(kind).view(), months, work.now()));
    return work.changed({.action = "retention.rule_changed", .resource = static_cast<std::int64_t>(kind)});
}

}  // namespace tenantry::rights
