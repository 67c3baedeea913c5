#include "app/demo/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "app/demo/household.hpp"
#include "app/demo/job_texts.hpp"
#include "app/demo/places.hpp"
#include "app/demo/random.hpp"

namespace tenantry::app {

namespace {

constexpr std::uint64_t kJobsOfHomeMax = 4;

std::uint64_t job_number(std::uint64_t home, unsigned number) {
    return home * kJobsOfHomeMax + number;
}

/// What a job and its notes have in common.
struct JobPlan {
    Uuid uuid;
    Instant created_at;
    Instant updated_at;
    std::string_view status;
    unsigned notes;
};

/// In working hours.
Instant pick_time(Random& random, std::chrono::sys_days day) {
    return day + std::chrono::minutes{random.between(8 * 60, 18 * 60 - 1)};
}

std::string_view pick_status(Random& random, std::uint64_t days_old) {
    constexpr std::array<std::string_view, 4> kYoung{"New", "Assigned", "In progress", "Complete"};
    constexpr std::array<std::string_view, 3> kRecent{"In progress", "Complete", "Closed"};
    constexpr std::array<std::string_view, 4> kOld{"Complete", "Closed", "Archived", "Archived"};
    return days_old < 14 ? random.pick(kYoung) : days_old < 90 ? random.pick(kRecent) : random.pick(kOld);
}

JobPlan plan_job(Random& random) {
    constexpr std::uint64_t kDaysOldMax = 730;
    constexpr std::uint64_t kDaysTakenMax = 45;
    constexpr std::array kNotes{25U, 40U, 25U, 10U};  // 0 to 3 of them
    JobPlan plan{};
    plan.uuid = random.uuid();
    const auto days_old = random.between(1, kDaysOldMax);
    const auto created_on = kDemoDay - std::chrono::days{days_old};
    const auto updated_on = created_on + std::chrono::days{random.below(std::min(days_old, kDaysTakenMax))};
    plan.created_at = pick_time(random, created_on);
    plan.updated_at = std::max(plan.created_at, pick_time(random, updated_on));
    plan.status = pick_status(random, days_old);
    plan.notes = static_cast<unsigned>(random.pick_weighted(kNotes));
    return plan;
}

/// How urgent it is, what kind of job, and how to get in: the last only where somebody lives there.
void add_details(housing::JobRecord& job, Random random, bool is_void) {
    constexpr std::array kPriorities{5U, 25U, 55U, 15U};
    constexpr std::int64_t kRepair = 1;
    constexpr std::int64_t kVoidWorks = 2;
    constexpr std::uint64_t kWithAccessDetails = 40;
    job.priority = static_cast<std::int64_t>(random.pick_weighted(kPriorities)) + 1;
    job.type = is_void ? kVoidWorks : kRepair;
    if (!is_void && random.chance(kWithAccessDetails)) {
        job.access_details = random.pick(access_details());
    }
}

std::string pick_note(Random& random, bool first, bool last) {
    std::string text{random.pick(first ? first_notes() : last ? last_notes() : middle_notes())};
    if (random.chance(30)) {
        text += random.chance(20) ? '\n' : ' ';
        text += random.pick(further_remarks());
    }
    return text;
}

}  // namespace

unsigned count_jobs(std::uint64_t seed, std::uint64_t home) {
    constexpr std::array kWeights{728U, 208U, 52U, 12U};  // 0 to 3 jobs, 0.35 on average
    return static_cast<unsigned>(Random{seed, Stream::JobCount, home}.pick_weighted(kWeights));
}

housing::JobRecord make_job(std::uint64_t seed, std::uint64_t home, unsigned number) {
    Random random{seed, Stream::Job, job_number(home, number)};
    const JobPlan plan = plan_job(random);
    const HomePlan home_plan = plan_home(seed, home);
    const Repair& repair = random.pick(home_plan.residents() == 0 ? void_works() : repairs());
    housing::JobRecord job;
    job.uuid = plan.uuid;
    job.reference = fmt::format("JOB-{:07}", job_number(home, number) + 1);
    job.title = repair.title;
    job.description = repair.description;
    job.status = plan.status;
    job.uprn = uprn_of(seed, home);
    for (unsigned i = 0; i < home_plan.tenants(); ++i) {
        job.people.push_back(person_uuid(seed, home, i));
    }
    job.created_at = plan.created_at;
    job.updated_at = plan.updated_at;
    add_details(job, Random{seed, Stream::JobDetail, job_number(home, number)}, home_plan.residents() == 0);
    return job;
}

unsigned count_case_notes(std::uint64_t seed, std::uint64_t home, unsigned job) {
    Random random{seed, Stream::Job, job_number(home, job)};
    return plan_job(random).notes;
}

std::vector<housing::CaseNoteRecord> make_case_notes(std::uint64_t seed, std::uint64_t home, unsigned job) {
    Random job_random{seed, Stream::Job, job_number(home, job)};
    const JobPlan plan = plan_job(job_random);
    Random random{seed, Stream::CaseNote, job_number(home, job)};
    const bool done = plan.status == "Complete" || plan.status == "Closed" || plan.status == "Archived";
    Instant earliest = plan.created_at;
    std::vector<housing::CaseNoteRecord> notes(plan.notes);
    for (unsigned i = 0; i < plan.notes; ++i) {
        auto& note = notes[i];
        note.uuid = random.uuid();
        note.job = plan.uuid;
        note.text = pick_note(random, i == 0, done && i + 1 == plan.notes);
        note.created_by = random.pick(officers());
        const auto taken = (plan.updated_at - plan.created_at) * i / std::max(1U, plan.notes - 1);
        const auto day = std::chrono::floor<std::chrono::days>(plan.created_at + taken);
        note.created_at = std::clamp<Instant>(pick_time(random, day), earliest, plan.updated_at);
        earliest = note.created_at;
    }
    return notes;
}

}  // namespace tenantry::app
