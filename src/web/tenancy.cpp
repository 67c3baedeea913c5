#include "web/tenancy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "register/rent_history.hpp"
#include "web/chart.hpp"
#include "web/format.hpp"
#include "web/home_view.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// The days of a chart, both of them included.
struct Period {
    Date from;
    Date until;
};

constexpr Error kNoSuchPage{Code::NotFound, "No such page"};

Result<housing::Tenancy> tenancy_of(Call& call) {
    return housing::find_tenancy(call.work.tx(), call.work.keys(), TRY(uuid_of(call)));
}

/// A year up to today, or from when the tenancy began in it.
Period last_year(const housing::Tenancy& tenancy, Date today) {
    Date from = today - std::chrono::years{1};
    if (!from.ok()) {
        from = from.year() / from.month() / std::chrono::last;  // 29 February
    }
    if (tenancy.start_on && from < *tenancy.start_on && *tenancy.start_on < today) {
        from = *tenancy.start_on;
    }
    return {from, today};
}

std::optional<std::string> money(const std::optional<std::int64_t>& pence) {
    return pence ? std::optional{say_money(*pence)} : std::nullopt;
}

std::optional<std::string> say(const std::optional<Date>& date) {
    return date ? std::optional{say_date(*date)} : std::nullopt;
}

void add_term(std::vector<View>& terms, std::string_view name, const std::optional<std::string>& value) {
    if (value && !value->empty()) {
        terms.push_back(view_of({{"name", View{std::string{name}}}, {"value", View{*value}}}));
    }
}

Result<void> show_terms_in(View& view, Call& call, const housing::Tenancy& tenancy) {
    view["tag"] = View{tenancy.tag_reference};
    view["state"] = View{std::string{tenancy.present ? "Present" : tenancy.terminated ? "Ended" : "Former"}};
    view["present"] = flag(tenancy.present);
    view["balance"] = text_or_none(
        tenancy.current_balance ? std::optional{say_balance(*tenancy.current_balance)} : std::nullopt);
    std::vector<View> terms;
    add_term(terms, "Payment reference", tenancy.payment_reference);
    add_term(terms, "Tenure", housing::tenure_label(tenancy.tenure_code));
    add_term(terms, "Began", say(tenancy.start_on));
    add_term(terms, "Ended", say(tenancy.end_on));
    add_term(terms, "Rent", money(tenancy.rent));
    add_term(terms, "Housing benefit", money(tenancy.benefit));
    add_term(terms, "Direct debit", tenancy.direct_debit);
    add_term(terms, "Account type", tenancy.account_type);
    add_term(terms, "Agreement type", tenancy.agreement_type);
    add_term(terms, "Household",
             tenancy.household_uuid ? std::optional{tenancy.household_uuid->text()} : std::nullopt);
    set_list(view, "terms", std::move(terms));
    view["home"] = flag(false);
    if (tenancy.property) {
        const auto home = TRY(housing::find_property(call.work.tx(), call.work.keys(), *tenancy.property));
        view["home"] = view_of({{"href", View{path_of(home)}}, {"address", View{home.full_address()}}});
    }
    return {};
}

Result<void> show_people_in(View& view, Call& call, const housing::Tenancy& tenancy) {
    std::vector<View> people;
    for (const auto& person :
         TRY(housing::list_people_of_tenancies(call.work, housing::PageOfIds{{tenancy.id.value}}))) {
        View line = view_of_person_in_list(person);
        line["role"] = text_or_none(person.relationship);
        line["responsible"] = flag(person.responsible);
        people.push_back(std::move(line));
    }
    set_list(view, "people", std::move(people));
    return {};
}

std::string say_month(std::chrono::year_month month) {
    const std::string day = say_date(month / 1);  // "1 November 2026"
    return day.substr(2);
}

/// The balance at the end of each month of the period, that of the last month so far.
std::vector<View> month_ends_of(const std::vector<housing::DayBalance>& balances, Period period) {
    std::vector<View> months;
    std::size_t next = 0;
    std::int64_t balance = balances.front().balance;
    for (auto month = period.from.year() / period.from.month();
         month <= period.until.year() / period.until.month(); month += std::chrono::months{1}) {
        const Date end = Date{month / std::chrono::last};
        for (; next < balances.size() && balances[next].day <= end; ++next) {
            balance = balances[next].balance;
        }
        const bool is_over = end <= period.until;
        months.push_back(view_of({{"month", View{say_month(month)}},
                                  {"so_far", flag(!is_over)},
                                  {"balance", View{say_balance(balance)}}}));
    }
    return months;
}

std::string describe(const std::vector<housing::DayBalance>& balances, Period period) {
    const auto [lowest, highest] = std::minmax_element(
        balances.begin(), balances.end(), [](const auto& a, const auto& b) { return a.balance < b.balance; });
    return fmt::format(
        "From {} on {} to {} on {}. The least owed was {}, the most {}. Above the line of £0 is owed to the "
        "landlord, below it is credit.",
        say_balance(balances.front().balance), say_date(period.from), say_balance(balances.back().balance),
        say_date(period.until), say_balance(lowest->balance), say_balance(highest->balance));
}

void show_year_in(View& view, const std::vector<housing::DayBalance>& balances, Period period) {
    view["chart"] = flag(false);
    view["month_ends"] = flag(false);
    view["since"] = View{say_date(period.from)};
    if (balances.empty()) {
        return;
    }
    LineChart chart{.id = "balance",
                    .title = "Balance from " + say_date(period.from),
                    .description = describe(balances, period),
                    .steps = {},
                    .from = period.from,
                    .until = period.until};
    chart.steps.reserve(balances.size());
    for (const auto& balance : balances) {
        chart.steps.push_back({balance.day, balance.balance});
    }
    view["chart"] = line_chart(chart);
    view["month_ends"] = View{month_ends_of(balances, period)};
}

void show_ledger_in(View& view, const housing::RentHistory& history, const housing::Tenancy& tenancy,
                    AskedPage page) {
    std::vector<View> lines;
    lines.reserve(history.entries.size());
    for (const auto& [line, balance] : history.entries) {
        const bool is_charge = line.amount > 0;
        lines.push_back(view_of(
            {{"day", View{say_date(line.posted_on)}},
             {"type", text_or_none(line.type)},
             {"description", text_or_none(line.description)},
             {"charge", text_or_none(is_charge ? money(line.amount) : std::nullopt)},
             {"payment", text_or_none(is_charge ? std::nullopt : money(-line.amount))},
             {"balance", text_or_none(balance ? std::optional{say_balance(*balance)} : std::nullopt)}}));
    }
    const auto shown = static_cast<std::int64_t>(lines.size());
    set_list(view, "lines", std::move(lines));
    view["total"] = View{say_count(history.total, "line", "lines")};
    show_paging_in(view, "/tenancies/" + tenancy.uuid.text() + "?", page,
                   page.paging().offset + shown < history.total);
}

}  // namespace

Result<http::Response> read_tenancy(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto tenancy = TRY(tenancy_of(call));
    const auto page = TRY(asked_page(call));
    if (page.paging().offset >= housing::kLedgerLinesMost) {
        return kNoSuchPage;
    }
    const auto period = last_year(tenancy, uk_date(call.work.now()));
    const auto history =
        TRY(housing::read_rent_history(call.work, tenancy, page.paging(), period.from, period.until));
    View content;
    TRY(show_terms_in(content, call, tenancy));
    TRY(show_people_in(content, call, tenancy));
    show_year_in(content, history.days, period);
    show_ledger_in(content, history, tenancy, page);
    return show(call, visitor,
                {.title = "Tenancy", .template_name = "tenancy", .content = std::move(content)});
}

}  // namespace tenantry::web
