#include "pack/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace tenantry::pack {

namespace {

struct Free {
    void operator()(archive* made) const { archive_write_free(made); }
    void operator()(archive_entry* made) const { archive_entry_free(made); }
};
using Archive = std::unique_ptr<archive, Free>;
using Entry = std::unique_ptr<archive_entry, Free>;

la_ssize_t append(archive* /*unused*/, void* out, const void* bytes, size_t size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

bool add(archive* to, const File& file, Instant at) {
    const Entry entry{archive_entry_new()};
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), static_cast<std::time_t>(to_millis(at) / 1000), 0);
    return archive_write_header(to, entry.get()) == ARCHIVE_OK &&
           archive_write_data(to, file.content.data(), file.content.size()) ==
               static_cast<la_ssize_t>(file.content.size());
}

}  // namespace

Result<std::string> make_zip(const std::vector<File>& files, Instant at) {
    constexpr Error kRefused{Code::Internal, "the archive could not be made"};
    std::string bytes;
    const Archive zip{archive_write_new()};
    if (archive_write_set_format_zip(zip.get()) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(zip.get(), 1) != ARCHIVE_OK ||
        archive_write_open2(zip.get(), &bytes, nullptr, append, nullptr, nullptr) != ARCHIVE_OK) {
        return kRefused;
    }
    for (const File& file : files) {
        if (!add(zip.get(), file, at)) {
            return kRefused;
        }
    }
    if (archive_write_close(zip.get()) != ARCHIVE_OK) {
        return kRefused;
    }
    return bytes;
}

}  // namespace tenantry::pack
