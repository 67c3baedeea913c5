// The folders that an administrator may import by the pages: DATA/incoming/<name>. Whoever chooses one
// chooses a name, not a path: nothing outside of DATA/incoming is read, whatever stands there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tenantry::intake {

struct IncomingFolder {
    std::string name;
    std::size_t files = 0;
    std::uintmax_t bytes = 0;
    Instant changed_at;  ///< the youngest of its files, or itself where it has none
};

struct Incoming {
    static constexpr std::size_t kMost = 50;

    std::vector<IncomingFolder> folders;  ///< those changed last first
    std::size_t passed_over = 0;          ///< what find_incoming() would refuse for its name or as no folder
    bool has_more = false;                ///< than kMost
};

/// What lies there. Nothing where there is no such folder.
[[nodiscard]] Incoming list_incoming(const std::filesystem::path& incoming);

/// The folder of that name. Invalid: it is not one to 100 letters, digits, ".", "-" and "_" with no "."
/// first, or something in the folder is no plain file: a link would lead elsewhere. NotFound: there is none.
[[nodiscard]] Result<std::filesystem::path> find_incoming(const std::filesystem::path& incoming,
                                                          std::string_view name);

}  // namespace tenantry::intake
