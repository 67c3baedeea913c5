#include "intake/incoming.hpp"

#include <algorithm>

namespace tenantry::intake {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameBytes = 100;
/// A landlord's folder has fifteen files; one with thousands is counted no further.
constexpr std::size_t kEntriesMost = 200;

bool is_plain(std::string_view name) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    return !name.empty() && name.size() <= kNameBytes && name.front() != '.' &&
           name.find_first_not_of(kPlain) == std::string_view::npos;
}

/// Whether it is one itself and no link to one.
bool is_folder(const fs::path& path) {
    std::error_code failure;
    return fs::symlink_status(path, failure).type() == fs::file_type::directory;
}

/// Calls what(entry) for each that is not hidden, until it says false. False where the folder cannot be read.
template <class Do>
bool for_each_entry(const fs::path& folder, Do what) {
    std::error_code failure;
    for (fs::directory_iterator entry{folder, failure}; !failure && entry != fs::directory_iterator{};
         entry.increment(failure)) {
        if (!entry->path().filename().string().starts_with('.') && !what(*entry)) {
            break;
        }
    }
    return !failure;
}

Instant changed_at(const fs::path& path) {
    std::error_code failure;
    const auto at = fs::last_write_time(path, failure);
    return failure ? Instant{}
                   : std::chrono::floor<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(at));
}

IncomingFolder look_into(const fs::path& path) {
    IncomingFolder folder{path.filename().string(), 0, 0, {}};
    for_each_entry(path, [&](const fs::directory_entry& entry) {
        std::error_code failure;
        if (entry.symlink_status(failure).type() == fs::file_type::regular) {
            const auto bytes = entry.file_size(failure);
            folder.bytes += failure ? 0 : bytes;
            folder.changed_at = std::max(folder.changed_at, changed_at(entry.path()));
            ++folder.files;
        }
        return folder.files < kEntriesMost;
    });
    if (folder.files == 0) {
        folder.changed_at = changed_at(path);
    }
    return folder;
}

}  // namespace

Incoming list_incoming(const fs::path& incoming) {
    Incoming found;
    for_each_entry(incoming, [&](const fs::directory_entry& entry) {
        if (!is_plain(entry.path().filename().string()) || !is_folder(entry.path())) {
            ++found.passed_over;
            return found.passed_over < kEntriesMost;
        }
        found.has_more = found.folders.size() == Incoming::kMost;
        if (!found.has_more) {
            found.folders.push_back(look_into(entry.path()));
        }
        return !found.has_more;
    });
    std::sort(found.folders.begin(), found.folders.end(), [](const auto& one, const auto& other) {
        return std::tie(other.changed_at, one.name) < std::tie(one.changed_at, other.name);
    });
    return found;
}

Result<fs::path> find_incoming(const fs::path& incoming, std::string_view name) {
    if (!is_plain(name)) {
        return Error{Code::Invalid, "This is no name of a folder that can be imported"};
    }
    fs::path folder = incoming / name;
    if (!is_folder(folder)) {
        return Error{Code::NotFound, "This folder is not there any more"};
    }
    bool plain_files = true;
    const bool readable = for_each_entry(folder, [&](const fs::directory_entry& entry) {
        std::error_code failure;
        plain_files = entry.symlink_status(failure).type() == fs::file_type::regular;
        return plain_files;
    });
    if (!readable) {
        return Error{Code::Invalid, "This folder cannot be read by the server"};
    }
    if (!plain_files) {
        return Error{Code::Invalid,
                     "This folder holds a link or another folder: put the files themselves there"};
    }
    return folder;
}

}  // namespace tenantry::intake
