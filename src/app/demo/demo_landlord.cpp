#include "app/demo/demo_landlord.hpp"

#include <algorithm>

#include "app/demo/code_lists.hpp"
#include "app/demo/household.hpp"
#include "app/demo/jobs.hpp"
#include "app/demo/places.hpp"
#include "app/import/folder_writer.hpp"

namespace tenantry::app {

namespace {

Result<void> make_codes(const RecordSink& sink) {
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

}  // namespace

RecordCounts count_demo(const DemoOptions& options) {
    RecordCounts counts;
    counts.properties = std::min(options.homes, DemoOptions::kHomesMax);
    for (std::uint64_t home = 0; home < counts.properties; ++home) {
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

Result<void> make_demo(const DemoOptions& options, const RecordSink& sink) {
    const auto [homes, seed] = options;
    if (homes < 1 || homes > DemoOptions::kHomesMax) {
        return Error{Code::Invalid, "The number of homes must be from 1 to 1,000,000", "homes"};
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        const auto property = make_property(seed, home);
        TRY(sink(&property));
    }
    for (std::uint64_t home = 0; home < homes; ++home) {
        for (const auto& person : make_people(seed, home)) {
            TRY(sink(&person));
        }
    }
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
    auto writer = TRY(FolderWriter::create(folder));
    TRY(make_demo(options, [&](AnyRecord record) -> Result<void> {
        writer.add(record);
        return {};
    }));
    return writer.finish();
}

}  // namespace tenantry::app
