#include "app/demo/demo_landlord.hpp"

#include <algorithm>

#include "app/demo/code_lists.hpp"
#include "app/demo/household.hpp"
#include "app/demo/jobs.hpp"
#include "app/demo/officers.hpp"
#include "app/demo/places.hpp"
#include "app/demo/tenancies.hpp"
#include "app/demo/warnings.hpp"
#include "intake/folder_writer.hpp"

namespace tenantry::app {

namespace {

Result<void> make_codes(const intake::RecordSink& sink) {
    for (const auto& code : demo_codes()) {
        const housing::CodeRecord record{std::string{code.list}, std::string{code.code},
                                         std::string{code.label}};
        TRY(sink(&record));
    }
    for (std::size_t ward = 0; ward < kWards.size(); ++ward) {
        const housing::CodeRecord record{"ward", std::to_string(ward + 1), std::string{kWards[ward]}};
        TRY(sink(&record));
    }
    return {};
}

/// Who works there, before the homes that they look after.
Result<void> make_staff(const DemoOptions& options, const intake::RecordSink& sink) {
    const auto [homes, seed] = options;
    for (std::size_t area = 0; area < kAreas.size(); ++area) {
        const housing::AreaRecord record{static_cast<std::int64_t>(area + 1), std::string{kAreas[area]}};
        TRY(sink(&record));
    }
    for (std::uint64_t patch = 0; patch < count_patches(homes); ++patch) {
        const auto officer = make_officer(seed, patch);
        TRY(sink(&officer));
    }
    for (std::uint64_t area = 0; area < count_manager_areas(homes); ++area) {
        const auto manager = make_manager(seed, area);
        TRY(sink(&manager));
    }
    for (std::uint64_t area = 0; area < count_manager_areas(homes); ++area) {
        const auto record = make_manager_area(seed, area);
        TRY(sink(&record));
    }
    for (std::uint64_t patch = 0; patch < count_patches(homes); ++patch) {
        const auto record = make_patch(seed, patch);
        TRY(sink(&record));
    }
    return {};
}

/// Who lives there, on what terms, what they paid, and whom officers are warned of.
Result<void> make_residents(const DemoOptions& options, const intake::RecordSink& sink) {
    const auto [homes, seed] = options;
    for (std::uint64_t home = 0; home < homes; ++home) {
        for (const auto& tenancy : make_tenancies(seed, home)) {
            TRY(sink(&tenancy));
        }
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        for (const auto& person : make_people(seed, home)) {
            TRY(sink(&person));
        }
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        for (const auto& line : make_ledger(seed, home)) {
            TRY(sink(&line));
        }
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        if (const auto alert = make_alert(seed, home)) {
            TRY(sink(&*alert));
        }
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        if (has_citizen(seed, home)) {
            const auto citizen = make_citizen(seed, home);
            TRY(sink(&citizen));
        }
    }
    return {};
}

}  // namespace

intake::RecordCounts count_demo(const DemoOptions& options) {
    intake::RecordCounts counts;
    counts.properties = std::min(options.homes, DemoOptions::kHomesMax);
    counts.areas = kAreas.size();
    counts.patches = count_patches(counts.properties);
    counts.manager_areas = count_manager_areas(counts.properties);
    counts.officers = counts.patches + counts.manager_areas;
    for (std::uint64_t home = 0; home < counts.properties; ++home) {
        counts.tenancies += count_tenancies(options.seed, home);
        counts.ledger_lines += count_ledger_lines(options.seed, home);
        counts.alerts += make_alert(options.seed, home).has_value() ? 1U : 0U;
        counts.citizens += has_citizen(options.seed, home) ? 1U : 0U;
        counts.people += plan_home(options.seed, home).people();
        const unsigned jobs = count_jobs(options.seed, home);
        counts.jobs += jobs;
        for (unsigned job = 0; job < jobs; ++job) {
            counts.case_notes += count_case_notes(options.seed, home, job);
        }
    }
    counts.codes = demo_codes().size() + kWards.size();
    return counts;
}

Result<void> make_demo(const DemoOptions& options, const intake::RecordSink& sink) {
    const auto [homes, seed] = options;
    if (homes < 1 || homes > DemoOptions::kHomesMax) {
        return Error{Code::Invalid, "The number of homes must be from 1 to 1,000,000", "homes"};
    }
    TRY(make_staff(options, sink));
    for (std::uint64_t home = 0; home < homes; ++home) {
        const auto property = make_property(seed, home);
        TRY(sink(&property));
    }
    TRY(make_residents(options, sink));
    for (std::uint64_t home = 0; home < homes; ++home) {
        const unsigned jobs = count_jobs(seed, home);
        for (unsigned number = 0; number < jobs; ++number) {
            const auto job = make_job(seed, home, number);
            TRY(sink(&job));
        }
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        const unsigned jobs = count_jobs(seed, home);
        for (unsigned number = 0; number < jobs; ++number) {
            for (const auto& note : make_case_notes(seed, home, number)) {
                TRY(sink(&note));
            }
        }
    }
    return make_codes(sink);
}

Result<void> write_demo_folder(const DemoOptions& options, const std::filesystem::path& folder) {
    auto writer = TRY(intake::FolderWriter::create(folder));
    TRY(make_demo(options, [&](intake::AnyRecord record) -> Result<void> {
        writer.add(record);
        return {};
    }));
    return writer.finish();
}

}  // namespace tenantry::app
