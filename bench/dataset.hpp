// The people that everything is measured on: made from their number alone, so any program knows a person's
// name and uuid without reading the register. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/instance.hpp"
#include "register/person.hpp"

namespace tenantry::bench {

/// Splitmix64: small, good enough to draw names and requests from.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  private:
    std::uint64_t state_;
};

/// The person of that number, from 0: two syllable names, an e-mail, two telephones and a home shared with
/// others.
[[nodiscard]] housing::Person make_person(std::uint64_t number, std::uint64_t homes);
[[nodiscard]] Uuid uuid_of(std::uint64_t number);
/// Five letters out of some person's name.
[[nodiscard]] std::string draw_search(Random& random, std::uint64_t people);

[[nodiscard]] std::uint64_t homes_of(std::uint64_t people);

/// Makes an administrator's account. Returns a bearer token of it.
[[nodiscard]] Result<std::string> open_account(app::Instance& instance);

/// Makes an instance there, of that search mode, with so many people, and an administrator's account.
/// Returns a bearer token of that account.
[[nodiscard]] Result<std::string> build_dataset(const app::Place& place, std::uint64_t people,
                                                housing::SearchMode mode = housing::SearchMode::Plaintext);

}  // namespace tenantry::bench
