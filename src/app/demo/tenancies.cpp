#include "app/demo/tenancies.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "app/demo/household.hpp"
#include "app/demo/places.hpp"
#include "app/demo/random.hpp"

namespace tenantry::app {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// The first Monday on which rent was charged.
constexpr sys_days kFirstCharge = std::chrono::year{2025} / 4 / 7;
constexpr days kWeek{7};

enum class Payer : std::uint8_t { Weekly, Monthly, DirectDebit, HousingBenefit, UniversalCredit, Struggling };

/// What a present tenancy's account is made of.
struct Account {
    sys_days starts;
    std::int64_t rent = 0;            ///< pence a week
    std::int64_t service_charge = 0;  ///< pence a week; 0 for houses
    Payer payer = Payer::Weekly;
    unsigned paid_percent = 100;  ///< of what is charged
};

Account plan_account(std::uint64_t seed, std::uint64_t home) {
    constexpr std::array kPayers{22U, 24U, 22U, 16U, 10U, 6U};  // in the order of Payer
    Random random{seed, Stream::Account, home};
    Account account;
    account.starts = kDemoDay - days{random.chance(7) ? random.between(0, 400) : random.between(400, 9000)};
    account.rent = static_cast<std::int64_t>(random.between(9'450, 16'900));
    account.service_charge = random.chance(60) ? static_cast<std::int64_t>(random.between(450, 1'890)) : 0;
    account.payer = static_cast<Payer>(random.pick_weighted(kPayers));
    account.paid_percent =
        account.payer == Payer::Struggling ? 55 + static_cast<unsigned>(random.below(40)) : 100;
    return account;
}

housing::Pence pence(std::int64_t amount) {
    return {amount};
}

std::uint64_t account_number(std::uint64_t home, unsigned tenancy) {
    return home * 4 + tenancy;
}

/// Calls line(day, type, amount) for each line of the account, in order of their days.
template <class Line>
void for_each_line(const Account& account, Line line) {
    const std::int64_t weekly = account.rent + account.service_charge;
    std::int64_t owed = 0;
    int week = 0;
    for (sys_days monday = kFirstCharge; monday <= kDemoDay; monday += kWeek, ++week) {
        if (monday < account.starts) {
            continue;
        }
        line(monday, "DBR", account.rent);
        if (account.service_charge > 0 && week % 4 == 0) {
            line(monday, "DSC", account.service_charge * 4);
        }
        owed += weekly * account.paid_percent / 100;
        const auto pay = [&](std::string_view type, days after, std::int64_t amount) {
            line(monday + after, type, -amount);
            owed -= amount;
        };
        switch (account.payer) {
            case Payer::Weekly:
                pay("RPO", days{2}, owed);
                break;
            case Payer::HousingBenefit:
                pay("RHB", days{1}, owed * 7 / 10);
                if (week % 4 == 3) {
                    pay("RPC", days{4}, owed);
                }
                break;
            case Payer::Monthly:
            case Payer::UniversalCredit:
                if (week % 4 == 1) {
                    pay(account.payer == Payer::Monthly ? "RSO" : "RUC", days{3}, owed);
                }
                break;
            case Payer::DirectDebit:
                if (week % 4 == 0) {
                    pay("RPD", days{1}, owed);
                }
                break;
            case Payer::Struggling:
                if (week % 3 == 2) {
                    pay("RPC", days{5}, owed);
                }
                break;
        }
    }
}

std::string_view description_of(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kDescriptions{{
        {"DBR", "Basic rent"},
        {"DSC", "Service charge"},
        {"RPO", "PayPoint/Post Office"},
        {"RHB", "Housing benefit"},
        {"RPC", "Card payment"},
        {"RSO", "Standing order"},
        {"RUC", "Universal Credit"},
        {"RPD", "Direct debit"},
    }};
    for (const auto& [known, description] : kDescriptions) {
        if (known == type) {
            return description;
        }
    }
    return "Adjustment";
}

std::string_view tenure_of(Random& random, bool recent, bool elderly) {
    if (recent) {
        return "INT";
    }
    if (elderly && random.chance(15)) {
        return "SPT";
    }
    return random.chance(88) ? "SEC" : "LEA";
}

housing::TenancyRecord make_tenancy(std::uint64_t seed, std::uint64_t home, unsigned tenancy) {
    Random random{seed, Stream::Tenancy, account_number(home, tenancy)};
    housing::TenancyRecord record;
    record.uuid = random.uuid();
    record.household = random.uuid();
    record.tag_reference = tag_reference_of(home, tenancy);
    record.payment_reference = payment_reference_of(home, tenancy);
    record.uprn = uprn_of(seed, home);
    record.account_type = "1";
    record.agreement_type = "M";
    return record;
}

housing::TenancyRecord make_former(std::uint64_t seed, std::uint64_t home, unsigned tenancy, sys_days ended) {
    auto record = make_tenancy(seed, home, tenancy);
    Random random{seed, Stream::FormerTenancy, account_number(home, tenancy)};
    record.tenure_code = "SEC";
    record.start_on = Date{ended - days{random.between(300, 6000)}};
    record.end_on = Date{ended};
    record.terminated = true;
    record.present = false;
    const bool owes = random.chance(12);
    record.current_balance = pence(owes ? static_cast<std::int64_t>(random.between(500, 90'000)) : 0);
    record.rent = pence(static_cast<std::int64_t>(random.between(8'000, 14'000)));
    record.created_at = sys_days{*record.start_on};
    return record;
}

housing::TenancyRecord make_present(std::uint64_t seed, std::uint64_t home, unsigned tenancy,
                                    const HomePlan& plan) {
    const Account account = plan_account(seed, home);
    auto record = make_tenancy(seed, home, tenancy);
    Random random{seed, Stream::PresentTenancy, home};
    const bool elderly =
        plan.household == Household::ElderlySingle || plan.household == Household::ElderlyCouple;
    record.tenure_code = tenure_of(random, kDemoDay - account.starts < days{365}, elderly);
    record.start_on = Date{account.starts};
    record.present = true;
    record.terminated = false;
    const std::int64_t weekly = account.rent + account.service_charge;
    record.rent = pence(weekly);
    record.benefit = pence(account.payer == Payer::HousingBenefit ? weekly * 7 / 10 : 0);
    std::int64_t balance = 0;
    for_each_line(account, [&](sys_days, std::string_view, std::int64_t amount) { balance += amount; });
    record.current_balance = pence(balance);
    record.direct_debit = account.payer == Payer::DirectDebit ? "Monthly" : "";
    record.created_at = account.starts + std::chrono::hours{9};
    return record;
}

}  // namespace

std::string tag_reference_of(std::uint64_t home, unsigned tenancy) {
    return fmt::format("{:07}/{:02}", home + 1, tenancy);
}

std::string payment_reference_of(std::uint64_t home, unsigned tenancy) {
    constexpr std::array<std::string_view, 3> kPrefixes{"228", "229", "299"};
    return fmt::format("{}{:06}", kPrefixes[(tenancy - 1) % 3], (home + 1) % 1'000'000);
}

unsigned count_tenancies(std::uint64_t seed, std::uint64_t home) {
    const HomePlan plan = plan_home(seed, home);
    return plan.former_tenants + (plan.residents() > 0 ? 1 : 0);
}

std::vector<housing::TenancyRecord> make_tenancies(std::uint64_t seed, std::uint64_t home) {
    const HomePlan plan = plan_home(seed, home);
    std::vector<housing::TenancyRecord> all;
    for (unsigned tenancy = 1; tenancy <= plan.former_tenants; ++tenancy) {
        const auto years_ago = days{365 * (plan.former_tenants - tenancy)};
        all.push_back(
            make_former(seed, home, tenancy, plan_account(seed, home).starts - days{21} - years_ago));
    }
    if (plan.residents() > 0) {
        all.push_back(make_present(seed, home, plan.former_tenants + 1, plan));
    }
    return all;
}

std::size_t count_ledger_lines(std::uint64_t seed, std::uint64_t home) {
    std::size_t count = 0;
    if (plan_home(seed, home).residents() > 0) {
        for_each_line(plan_account(seed, home), [&](sys_days, std::string_view, std::int64_t) { ++count; });
    }
    return count;
}

std::vector<housing::LedgerRecord> make_ledger(std::uint64_t seed, std::uint64_t home) {
    const HomePlan plan = plan_home(seed, home);
    std::vector<housing::LedgerRecord> lines;
    if (plan.residents() == 0) {
        return lines;
    }
    Random random{seed, Stream::Ledger, home};
    const std::string tag = tag_reference_of(home, plan.former_tenants + 1);
    for_each_line(plan_account(seed, home), [&](sys_days day, std::string_view type, std::int64_t amount) {
        auto& line = lines.emplace_back();
        line.uuid = random.uuid();
        line.tag_reference = tag;
        line.type = type;
        line.posted_on = Date{day};
        line.amount = pence(amount);
        line.description = description_of(type);
    });
    return lines;
}

}  // namespace tenantry::app
