// How long each kind of record is kept.
#include <fmt/format.h>

#include "base/ascii.hpp"
#include "web/format.hpp"
#include "web/records.hpp"
#include "web/records_retention.hpp"
#include "web/retention_words.hpp"

namespace tenantry::web {

namespace {

constexpr std::string_view kPath = "/records/retention/rules";

std::optional<std::int64_t> add_months(Form& form) {
    const auto entered = form.text({.name = "months",
                                    .label = "Months to keep it for",
                                    .hint = "Six years are 72 months.",
                                    .missing = "Enter for how many months it is kept",
                                    .width = 4,
                                    .numeric = true});
    if (!entered) {
        return std::nullopt;
    }
    const auto months = parse_whole<std::int64_t>(*entered);
    if (!months || *months < 1 || *months > rights::kRetentionMonthsMost) {
        form.refuse("months", fmt::format("Months to keep it for must be a whole number from 1 to {}",
                                          rights::kRetentionMonthsMost));
        return std::nullopt;
    }
    return months;
}

Result<rights::Kind> kind_of(const Call& call) {
    const auto kind = rights::parse_kind(call.path_values[0]);
    if (!kind) {
        return Error{Code::NotFound, "No such rule"};
    }
    return *kind;
}

Result<http::Response> show_rule(Call& call, const rights::RetentionRule& rule, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    View content;
    content["what"] = View{say_kind(rights::name_of(rule.kind).view())};
    content["action"] = View{fmt::format("{}/{}", kPath, rights::name_of(rule.kind).view())};
    content["since"] = View{rule.since};
    content["why"] = View{rule.why};
    return show_records(call, visitor, RecordsPart::Retention,
                        {.title = "Change a retention rule",
                         .template_name = "records_rule",
                         .content = std::move(content),
                         .back = Link{std::string{kPath}, "Rules"},
                         .form = &form});
}

}  // namespace

Result<http::Response> read_retention_rules(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto rules = TRY(rights::RetentionRules::read(call.work.tx()));
    std::vector<View> rows;
    for (const auto& rule : rules.all()) {
        rows.push_back(view_of(
            {{"what", View{say_kind(rights::name_of(rule.kind).view())}},
             {"href", View{fmt::format("{}/{}", kPath, rights::name_of(rule.kind).view())}},
             {"months", View{say_months(rule.months)}},
             {"since", View{rule.since}},
             {"why", View{rule.why}},
             {"changed", text_or_none(rule.updated_at ? std::optional{say_date(uk_date(*rule.updated_at))}
                                                      : std::nullopt)}}));
    }
    View content;
    set_list(content, "rows", std::move(rows));
    return show_records(call, visitor, RecordsPart::Retention,
                        {.title = "Retention rules",
                         .template_name = "records_rules",
                         .content = std::move(content),
                         .back = Link{"/records/retention", "Retention"}});
}

Result<http::Response> read_retention_rule(Call& call) {
    const auto kind = TRY(kind_of(call));
    const auto rules = TRY(rights::RetentionRules::read(call.work.tx()));
    Form form;
    form.with("months", std::to_string(rules.of(kind).months));
    add_months(form);
    return show_rule(call, rules.of(kind), form);
}

Result<http::Response> change_retention_rule(Call& call) {
    const auto kind = TRY(kind_of(call));
    Form form{call.params};
    const auto months = add_months(form);
    if (!months) {
        const auto rules = TRY(rights::RetentionRules::read(call.work.tx()));
        return show_rule(call, rules.of(kind), form);
    }
    TRY(rights::set_retention_months(call.work, kind, *months));
    return go_to(std::string{kPath}, "retention-rule-changed");
}

}  // namespace tenantry::web
