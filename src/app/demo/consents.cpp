#include "app/demo/consents.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "app/demo/household.hpp"
#include "app/demo/random.hpp"
#include "register/consent.hpp"
#include "register/legal_document.hpp"

namespace tenantry::app {

namespace {

constexpr std::string_view kPolicy = "privacy_policy";
constexpr std::string_view kPolicyVersion = "2026-01";

/// One consent: when, of which home's tenant, and what.
struct Plan {
    Instant at;
    std::uint64_t home = 0;
    Uuid uuid;
    std::string_view type;
    bool accepted = false;
};

/// Nearly half of the tenants were asked in the last ten months, most of them about letters with offers, too.
void plan_home_consents(std::uint64_t seed, std::uint64_t home, std::vector<Plan>& all) {
    constexpr std::uint64_t kAsked = 45;
    constexpr std::uint64_t kAskedAboutMarketing = 70;
    constexpr std::uint64_t kDeclinesMarketing = 65;
    constexpr std::uint64_t kDeclinesPolicy = 3;
    constexpr std::uint64_t kDaysMost = 300;
    Random random{seed, Stream::Consent, home};
    if (plan_home(seed, home).tenants() == 0 || !random.chance(kAsked)) {
        return;
    }
    Plan plan;
    plan.at = kDemoDay - std::chrono::days{random.between(1, kDaysMost)};
    plan.at += std::chrono::minutes{random.between(8 * 60, 20 * 60)};
    plan.home = home;
    plan.type = kPolicy;
    plan.uuid = random.uuid();
    plan.accepted = !random.chance(kDeclinesPolicy);
    all.push_back(plan);
    if (random.chance(kAskedAboutMarketing)) {
        plan.at += std::chrono::minutes{1};
        plan.type = "marketing";
        plan.uuid = random.uuid();
        plan.accepted = !random.chance(kDeclinesMarketing);
        all.push_back(plan);
    }
}

/// In the order in which they happened.
std::vector<Plan> plan_all(const DemoOptions& options) {
    std::vector<Plan> all;
    for (std::uint64_t home = 0; home < options.homes; ++home) {
        plan_home_consents(options.seed, home, all);
    }
    std::sort(all.begin(), all.end(), [](const Plan& a, const Plan& b) {
        return std::tie(a.at, a.home, a.uuid) < std::tie(b.at, b.home, b.uuid);
    });
    return all;
}

}  // namespace

std::size_t count_consents(const DemoOptions& options) {
    return plan_all(options).size();
}

Result<void> make_consents(const DemoOptions& options, audit::Work& work, const std::function<void()>& made) {
    constexpr Instant kPublished = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    audit::Work first{work.tx(), work.keys(), work.actor(), kPublished, nullptr};
    TRY(housing::publish_document(first, kPolicy, kPolicyVersion));
    for (const Plan& plan : plan_all(options)) {
        audit::Work then{work.tx(), work.keys(), work.actor(), plan.at, nullptr};
        housing::GivenConsent given;
        given.uuid = plan.uuid;
        given.subject = person_uuid(options.seed, plan.home, 0);
        given.type = plan.type;
        given.version = kPolicyVersion;
        given.accepted = plan.accepted;
        TRY(housing::record_consent(then, given));
        made();
    }
    return {};
}

}  // namespace tenantry::app
