// The demo landlord and the import folder may be of any size, memory may not. Counts what operator new gives
// out.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "app/demo/demo_landlord.hpp"
#include "intake/import_folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

std::atomic<std::size_t> live_bytes{0};
std::atomic<std::size_t> most_bytes{0};

}  // namespace

// Not inlined: the compiler would see free() where it expects operator delete.
[[gnu::noinline]] void* operator new(std::size_t size) {
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        std::abort();
    }
    const std::size_t live = live_bytes += ::malloc_usable_size(memory);
    std::size_t most = most_bytes;
    while (most < live && !most_bytes.compare_exchange_weak(most, live)) {
    }
    return memory;
}

[[gnu::noinline]] void operator delete(void* memory) noexcept {
    if (memory != nullptr) {
        live_bytes -= ::malloc_usable_size(memory);
        std::free(memory);
    }
}

[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
    operator delete(memory);
}

namespace tenantry::app {
namespace {

Result<void> ignore(intake::AnyRecord /*any*/) {
    return {};
}

/// The most memory that was live at once while it ran, beyond what was live before.
template <class Work>
std::size_t most_memory_of(Work work) {
    const std::size_t before = live_bytes;
    most_bytes = before;
    work();
    return most_bytes - before;
}

TEST(BoundedMemory, a_demo_landlord_of_any_size_takes_no_more_than_a_small_one) {
    const auto make = [](std::uint64_t homes) {
        return most_memory_of([homes] { EXPECT_TRUE(make_demo({.homes = homes}, ignore).ok()); });
    };
    EXPECT_LT(make(500), 64U * 1024);
    EXPECT_LT(make(20'000), 64U * 1024);
}

TEST(BoundedMemory, an_import_folder_of_any_size_takes_no_more_than_a_small_one) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(write_demo_folder({.homes = 5'000}, folder.path()).ok());
    ASSERT_GT(std::filesystem::file_size(folder.path() / "people.csv"), 1'000'000U);
    intake::RowErrors errors;
    EXPECT_LT(most_memory_of([&] { EXPECT_TRUE(intake::check_folder(folder.path(), errors).ok()); }),
              256U * 1024);
}

}  // namespace
}  // namespace tenantry::app
