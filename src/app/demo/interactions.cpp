#include "app/demo/interactions.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "app/demo/household.hpp"
#include "app/demo/officers.hpp"
#include "app/demo/random.hpp"
#include "register/casework.hpp"

namespace tenantry::app {

namespace {

constexpr std::uint64_t kMostOfHome = 4;

struct Topic {
    housing::ProcessType type;
    std::string_view nature;
    std::string_view subject;
    std::string_view title;
    std::string_view said;
    std::string_view outcome;
};

constexpr std::array kTopics{
    Topic{housing::ProcessType::Interaction, "3", "100000005", "Tenancy Management",
          "Asked how to add a partner to the tenancy", "Form sent, rang back to explain the proofs"},
    Topic{housing::ProcessType::Interaction, "17", "100000107", "Tenancy Management",
          "Worried about the arrears letter, can pay a little more each week", "Agreed an instalment plan"},
    Topic{housing::ProcessType::Interaction, "20", "100000170", "Tenancy Management",
          "Damp in the back bedroom, has told repairs twice", "Surveyor booked, tenant told of the date"},
    Topic{housing::ProcessType::Interaction, "23", "100000302", "Tenancy Management",
          "Noise from upstairs after midnight, most nights", "Diary sheets returned, first warning sent"},
    Topic{housing::ProcessType::Interaction, "16", "100000177", "Tenancy Management",
          "Rubbish left on the second-floor landing again", "Caretaker cleared it, letters to the block"},
    Topic{housing::ProcessType::Interaction, "18", "100000202", "Tenancy Management", "Wants to keep a dog",
          "Permission given in writing"},
    Topic{housing::ProcessType::Interaction, "24", "100000209", "Tenancy Management",
          "Lost the fob for the main door", "New fob handed out"},
    Topic{housing::ProcessType::Process, "15", "100000060", "Introductory tenancy visit",
          "Visit after six weeks of the tenancy", "All well; tenant knows how to report repairs"},
    Topic{housing::ProcessType::Process, "15", "100000156", "Tenancy and household check",
          "Check of who lives at the address", "Household as on the tenancy"},
    Topic{housing::ProcessType::Process, "15", "100000052", "Home check", "Check of the home's condition",
          "Smoke alarm replaced"},
};

/// One of them: when, about which home, the how many of it.
struct Plan {
    Instant at;
    std::uint64_t home;
    unsigned number;
};

Random random_of(std::uint64_t seed, const Plan& plan) {
    return {seed, Stream::Interaction, plan.home * kMostOfHome + plan.number};
}

unsigned count_of_home(std::uint64_t seed, std::uint64_t home) {
    constexpr std::array kWeights{45U, 32U, 16U, 7U};
    const HomePlan plan = plan_home(seed, home);
    return plan.tenants() == 0
               ? 0
               : static_cast<unsigned>(Random{seed, Stream::InteractionCount, home}.pick_weighted(kWeights));
}

Plan plan_one(std::uint64_t seed, std::uint64_t home, unsigned number, Instant now) {
    Plan plan{now, home, number};
    Random random = random_of(seed, plan);
    const auto today = std::chrono::floor<std::chrono::days>(now);
    plan.at =
        today - std::chrono::days{random.between(1, 180)} + std::chrono::minutes{random.between(540, 1020)};
    return plan;
}

/// In the order in which they happened.
std::vector<Plan> plan_all(const DemoOptions& options, Instant now) {
    std::vector<Plan> all;
    for (std::uint64_t home = 0; home < options.homes; ++home) {
        const unsigned count = count_of_home(options.seed, home);
        for (unsigned number = 0; number < count; ++number) {
            all.push_back(plan_one(options.seed, home, number, now));
        }
    }
    std::sort(all.begin(), all.end(), [](const Plan& a, const Plan& b) {
        return std::tie(a.at, a.home, a.number) < std::tie(b.at, b.home, b.number);
    });
    return all;
}

/// The officer of the home's patch, or the one on leave: somebody logged it.
housing::LinkNames names_of(std::uint64_t seed, std::uint64_t home) {
    const auto patch = patch_of(home);
    housing::LinkNames names;
    names.person = person_uuid(seed, home, 0);
    names.patch = patch_uuid(seed, patch);
    names.manager_area = manager_area_uuid(seed, manager_area_of(patch));
    names.area = area_of(manager_area_of(patch));
    names.officer = holder_of(seed, patch).value_or(officer_uuid(seed, patch));
    return names;
}

/// Of what stays open, some is handed to the manager and some from one officer to another.
Result<void> hand_over(Random& random, const Plan& plan, audit::Work& work, const housing::Casework& logged,
                       const housing::Links& links, const std::string& author) {
    constexpr std::array kWeights{70U, 15U, 15U};  // stays, to the manager, to the officer of the patch
    const auto to = random.pick_weighted(kWeights);
    if (to == 0) {
        return {};
    }
    housing::Transfer transfer{.area = *links.area};
    if (to == 1) {
        transfer.from_patch = true;
        transfer.to_manager = links.manager_area;
    } else {
        transfer.to_patch = links.patch;
    }
    audit::Work then{work.tx(), work.keys(), work.actor(), plan.at + std::chrono::hours{2}, nullptr};
    TRY(housing::transfer_interaction(
        then,
        {.interaction = logged.interaction.uuid,
         .incident = logged.incident.uuid,
         .officer = *links.officer,
         .said = to == 1 ? "The tenant asks for the manager" : "Taken over from a colleague on leave",
         .author = author},
        transfer));
    return {};
}

/// Logs it, and closes it some days later unless it is young or lasts.
Result<void> make_one(std::uint64_t seed, const Plan& plan, audit::Work& work) {
    Random random = random_of(seed, plan);
    random.next();
    random.next();
    const Topic& topic = random.pick(kTopics);
    const auto officer_record = make_officer(seed, patch_of(plan.home));
    const std::string author = officer_record.first_name + ' ' + officer_record.last_name;
    audit::Work then{work.tx(), work.keys(), work.actor(), plan.at, nullptr};
    const auto links = TRY(housing::find_links(work.tx(), names_of(seed, plan.home)));

    housing::Incident incident;
    incident.person = links.person;
    incident.title = topic.title;
    incident.description = topic.said;
    incident.request_callback = random.chance(20);
    housing::Interaction interaction;
    interaction.person = links.person;
    interaction.patch = links.patch;
    interaction.area = links.area;
    interaction.created_by = links.officer;
    interaction.source = std::to_string(1 + random.below(5));
    interaction.nature_of_enquiry = topic.nature;
    interaction.enquiry_subject = topic.subject;
    interaction.process_type = topic.type;
    const auto logged = TRY(housing::log_interaction(then, std::move(incident), std::move(interaction),
                                                     housing::signed_note(topic.said, plan.at, author)));

    const Instant closed = plan.at + std::chrono::hours{24 * random.between(1, 30) + random.below(8)};
    if (closed >= work.now() || random.chance(6)) {
        return hand_over(random, plan, work, logged, links, author);
    }
    audit::Work later{work.tx(), work.keys(), work.actor(), closed, nullptr};
    TRY(housing::close_case(
        later,
        {.interaction = logged.interaction.uuid,
         .incident = logged.incident.uuid,
         .officer = *links.officer,
         .said = std::string{topic.outcome},
         .author = author},
        topic.type == housing::ProcessType::Process ? std::optional<std::int64_t>{8} : std::nullopt));
    return {};
}

}  // namespace

std::size_t count_interactions(const DemoOptions& options) {
    std::size_t count = 0;
    for (std::uint64_t home = 0; home < options.homes; ++home) {
        count += count_of_home(options.seed, home);
    }
    return count;
}

Result<void> make_interactions(const DemoOptions& options, audit::Work& work,
                               const std::function<void()>& made) {
    for (const Plan& plan : plan_all(options, work.now())) {
        TRY(make_one(options.seed, plan, work));
        made();
    }
    return {};
}

}  // namespace tenantry::app
