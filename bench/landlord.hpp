// The landlord that the Hackney API is measured on: the demo landlord's import folder at full size, read by
// `tenantry import` as an operator would, and then interactions of ten years through the register's own
// rules. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "intake/record_sink.hpp"

namespace tenantry::bench {

struct ImportFigures {
    std::size_t rows = 0;
    std::chrono::duration<double> took{};
    double peak_mib = 0;  ///< of the importing process

    [[nodiscard]] double rows_per_second() const { return static_cast<double>(rows) / took.count(); }
};

/// Writes the folder unless it is there, makes an instance and imports the folder with the program.
[[nodiscard]] Result<ImportFigures> import_landlord(const std::filesystem::path& program,
                                                    const std::filesystem::path& folder,
                                                    const std::filesystem::path& data, std::uint64_t homes);

/// So many interactions, spread over the homes and ten years up to now, of which the youngest are open: as
/// many as make 2,000 in each area.
[[nodiscard]] Result<void> add_interactions(const std::filesystem::path& data, std::uint64_t homes,
                                            std::uint64_t interactions);

}  // namespace tenantry::bench
