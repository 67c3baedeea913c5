#include "pack/zip.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

namespace tenantry::pack {
namespace {

struct Free {
    void operator()(archive* made) const { archive_read_free(made); }
};

/// Names and contents, as another reader of the format finds them.
std::map<std::string, std::string> read_zip(const std::string& bytes) {
    std::map<std::string, std::string> files;
    const std::unique_ptr<archive, Free> zip{archive_read_new()};
    archive_read_support_format_zip(zip.get());
    if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return files;
    }
    archive_entry* entry = nullptr;
    while (archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK) {
        std::string& content = files[archive_entry_pathname(entry)];
        content.resize(static_cast<std::size_t>(archive_entry_size(entry)));
        EXPECT_EQ(archive_read_data(zip.get(), content.data(), content.size()),
                  static_cast<la_ssize_t>(content.size()));
    }
    return files;
}

TEST(Zip, every_file_comes_out_as_it_went_in) {
    const std::vector<File> files{
        {"a.txt", "first"}, {"folder/b.bin", std::string(100'000, '\0')}, {"c", ""}};
    const auto zip = make_zip(files, from_millis(1'764'000'000'000));
    ASSERT_TRUE(zip.ok());
    EXPECT_LT(zip->size(), 10'000U);
    const auto read = read_zip(*zip);
    ASSERT_EQ(read.size(), 3U);
    for (const File& file : files) {
        EXPECT_EQ(read.at(file.name), file.content);
    }
}

TEST(Zip, an_archive_of_nothing_is_one) {
    const auto zip = make_zip({}, Instant{});
    ASSERT_TRUE(zip.ok());
    EXPECT_EQ(read_zip(*zip).size(), 0U);
    EXPECT_EQ(zip->substr(0, 2), "PK");
}

}  // namespace
}  // namespace tenantry::pack
