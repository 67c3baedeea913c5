// What the server does to the register, without HTTP: the same calls of the rooms, on threads of this
// process.
#pragma once

#include <string>

#include "app/instance.hpp"
#include "bench/load.hpp"

namespace tenantry::bench {

/// An open instance, and how it is asked.
struct Ground {
    app::Instance& instance;
    std::uint64_t people = 0;
    std::chrono::nanoseconds time{};
};

/// The body of the answer to a get, as the product makes it.
[[nodiscard]] Result<std::string> answer_get(audit::Work& work, const Uuid& person);

/// Reads a random person, journals it and writes the JSON; in snapshots of 16 readings.
[[nodiscard]] Result<Outcome> run_gets(const Ground& ground, unsigned threads);
/// Searches by a random piece of a name, a snapshot each; one thread.
[[nodiscard]] Result<Outcome> run_lists(const Ground& ground, std::int64_t limit);
/// What a create stores, its spent token included, 64 to a commit, without the API around it.
[[nodiscard]] Result<Outcome> run_creates(const Ground& ground, const std::string& token);
/// One row of 200 bytes a commit, into a file of its own in the folder.
[[nodiscard]] Result<Outcome> run_commits(const std::filesystem::path& folder, std::chrono::nanoseconds time);

}  // namespace tenantry::bench
