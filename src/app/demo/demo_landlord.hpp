// A synthetic landlord: an invented London borough's homes, who lives there, and their repairs. The same seed
// and number of homes give the same records on every machine. Made home by home, so that no number of them
// fills the memory. One thread.
#pragma once

#include <cstdint>
#include <filesystem>

#include "intake/record_sink.hpp"

namespace tenantry::app {

struct DemoOptions {
    static constexpr std::uint64_t kHomesMax = 1'000'000;

    std::uint64_t homes = 2'000;
    std::uint64_t seed = 1;
};

/// How many records there are to be made, of kHomesMax homes at most; quick, since none is made.
[[nodiscard]] intake::RecordCounts count_demo(const DemoOptions& options);

/// Hands every record to the sink, in the order that references need. Invalid: no homes, or more than
/// kHomesMax. An error of the sink ends it and is passed on.
[[nodiscard]] Result<void> make_demo(const DemoOptions& options, const intake::RecordSink& sink);

/// The same landlord as an import folder. Conflict: a file of it is there already. Internal: it cannot be
/// written.
[[nodiscard]] Result<void> write_demo_folder(const DemoOptions& options, const std::filesystem::path& folder);

}  // namespace tenantry::app
