// ZIP archives, made in memory. The only room that sees libarchive.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tenantry::pack {

/// A file of an archive. Its name is a relative path.
struct File {
    std::string name;
    std::string content;
};

/// The archive of these files, in order, compressed, each dated `at`. Nothing touches the disk. Internal: the
/// library refused.
[[nodiscard]] Result<std::string> make_zip(const std::vector<File>& files, Instant at);

}  // namespace tenantry::pack
