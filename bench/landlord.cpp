#include "bench/landlord.hpp"

#include <array>

#include "app/demo/demo_landlord.hpp"
#include "app/demo/household.hpp"
#include "app/demo/officers.hpp"
#include "app/instance.hpp"
#include "bench/dataset.hpp"
#include "bench/server_process.hpp"
#include "register/casework.hpp"

namespace tenantry::bench {

namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kBatch = 5000;
constexpr std::uint64_t kOpenOfArea = 2000;
constexpr std::chrono::hours kTenYears{24 * 3650};

/// The clock of whoever works through ten years in a few minutes.
class DrivenClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override { return now_; }
    void set(Instant now) { now_ = now; }

  private:
    Instant now_{};
};

/// One of them: logged and, unless it stays open, closed after a while.
class Worker {
  public:
    Worker(const Clock& clock, std::uint64_t homes) : clock_(clock), homes_(homes) {}

    Result<void> work_on(audit::Work& work, Random& random, bool stays_open) {
        const auto home = pick_home(random);
        const auto patch = app::patch_of(home);
        const auto links =
            TRY(housing::find_links(work.tx(), {.person = app::person_uuid(kSeed, home, 0),
                                                .patch = app::patch_uuid(kSeed, patch),
                                                .area = app::area_of(app::manager_area_of(patch)),
                                                .officer = app::officer_uuid(kSeed, patch)}));
        housing::Incident incident;
        incident.person = links.person;
        incident.title = "Tenancy Management";
        incident.description = "Rang about the rent statement and the repair of the front door";
        housing::Interaction interaction;
        interaction.person = links.person;
        interaction.patch = links.patch;
        interaction.area = links.area;
        interaction.created_by = links.officer;
        interaction.source = "1";
        interaction.nature_of_enquiry = "3";
        interaction.enquiry_subject = "100000100";
        const auto logged = TRY(housing::log_interaction(
            work, std::move(incident), std::move(interaction),
            housing::signed_note("Rang about the rent statement", clock_.now(), "Bench Mark")));
        if (!stays_open) {
            TRY(housing::close_case(work,
                                    {.interaction = logged.interaction.uuid,
                                     .incident = logged.incident.uuid,
                                     .officer = *links.officer,
                                     .said = "",
                                     .author = "Bench Mark"},
                                    std::nullopt));
        }
        return {};
    }

  private:
    std::uint64_t pick_home(Random& random) const {
        for (;;) {
            const auto home = random.below(homes_);
            if (app::plan_home(kSeed, home).residents() > 0) {
                return home;
            }
        }
    }

    const Clock& clock_;
    std::uint64_t homes_;
};

}  // namespace

Result<ImportFigures> import_landlord(const std::filesystem::path& program,
                                      const std::filesystem::path& folder, const std::filesystem::path& data,
                                      std::uint64_t homes) {
    const app::DemoOptions options{.homes = homes, .seed = kSeed};
    if (!std::filesystem::exists(folder)) {
        TRY(app::write_demo_folder(options, folder));
    }
    std::filesystem::remove_all(data);
    const auto log = folder.string() + ".log";
    TRY(run_program({program.string(), "init", "--data", data.string()}, log));
    ImportFigures figures;
    figures.rows = app::count_demo(options).total();
    const auto begun = std::chrono::steady_clock::now();
    figures.peak_mib =
        TRY(run_program({program.string(), "import", "--data", data.string(), folder.string()}, log));
    figures.took = std::chrono::steady_clock::now() - begun;
    return figures;
}

Result<void> add_interactions(const std::filesystem::path& data, std::uint64_t homes,
                              std::uint64_t interactions) {
    const Instant end = SystemClock{}.now();
    const std::uint64_t open = std::min(interactions, kOpenOfArea * app::kAreas.size());
    DrivenClock clock;
    clock.set(end - kTenYears);
    const auto instance = TRY(app::Instance::open(data, clock));
    Worker worker{clock, homes};
    Random random{7};
    for (std::uint64_t begin = 0; begin < interactions; begin += kBatch) {
        clock.set(end - kTenYears + kTenYears / interactions * begin);
        TRY(instance->write([&](audit::Work& work) -> Result<void> {
            for (auto number = begin; number < std::min(begin + kBatch, interactions); ++number) {
                TRY(worker.work_on(work, random, number + open >= interactions));
            }
            return {};
        }));
    }
    instance->close();
    return {};
}

}  // namespace tenantry::bench
