#include "bench/dataset.hpp"

#include <fmt/format.h>

#include <array>

#include "access/session.hpp"
#include "register/property.hpp"

namespace tenantry::bench {

namespace {

constexpr std::uint64_t kBatch = 5000;
constexpr std::array<std::string_view, 48> kSyllables{
    "an",  "ber", "cas", "den",  "el",  "fin",  "gar", "hol", "is",  "jo",   "kel", "lan",
    "mor", "nor", "ol",  "pen",  "ra",  "sal",  "tre", "ur",  "vin", "wes",  "yar", "zel",
    "bra", "cor", "dal", "em",   "fay", "gwen", "har", "in",  "ka",  "lor",  "mel", "nes",
    "os",  "por", "ros", "sten", "tam", "ul",   "ver", "win", "lee", "ford", "ton", "by"};

std::string draw_name(Random& random, std::uint64_t syllables) {
    std::string name;
    for (std::uint64_t i = 0; i < syllables; ++i) {
        name += kSyllables[random.below(kSyllables.size())];
    }
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

housing::Property make_home(std::uint64_t number) {
    Random random{~number};
    housing::Property home;
    home.uprn = static_cast<std::int64_t>(100'000'000 + number);
    home.address_line_1 = fmt::format("{} {} Road", 1 + random.below(200), draw_name(random, 3));
    home.city = draw_name(random, 2);
    home.postcode = fmt::format("E{} {}AB", 1 + random.below(20), random.below(10));
    return home;
}

/// Calls make(work, number) for each number, many to a commit.
template <class Make>
Result<void> fill(app::Instance& instance, std::uint64_t count, Make make) {
    for (std::uint64_t begin = 0; begin < count; begin += kBatch) {
        TRY(instance.write([&](audit::Work& work) -> Result<void> {
            for (auto number = begin; number < std::min(begin + kBatch, count); ++number) {
                TRY(make(work, number));
            }
            return {};
        }));
    }
    return {};
}

}  // namespace

std::uint64_t Random::next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

Uuid uuid_of(std::uint64_t number) {
    Random random{~number};
    std::array<unsigned char, 16> bytes;
    for (auto& byte : bytes) {
        byte = static_cast<unsigned char>(random.next());
    }
    return Uuid::from_random(bytes);
}

housing::Person make_person(std::uint64_t number, std::uint64_t homes) {
    Random random{number};
    housing::Person person;
    person.uuid = uuid_of(number);
    person.name.first = draw_name(random, 2 + random.below(2));
    person.name.last = draw_name(random, 2 + random.below(3));
    person.email = fmt::format("{}.{}@mail.example", person.name.first, number);
    person.telephone_1 = fmt::format("07{:09}", random.below(1'000'000'000));
    person.telephone_2 = fmt::format("020{:08}", random.below(100'000'000));
    person.property = Id<housing::Property>{static_cast<std::int64_t>(1 + random.below(homes))};
    return person;
}

std::string draw_search(Random& random, std::uint64_t people) {
    const auto person = make_person(random.below(people), 1);
    const std::string& name = person.name.last.size() >= 5 ? person.name.last : person.name.first;
    const auto length = std::min<std::size_t>(name.size(), 5);
    return name.substr(random.below(name.size() - length + 1), length);
}

std::uint64_t homes_of(std::uint64_t people) {
    return 1 + people * 2 / 5;
}

Result<std::string> open_account(app::Instance& instance) {
    const auto opened = TRY(instance.write([](audit::Work& work) -> Result<access::NewSession> {
        access::Account account;
        account.role = TRY(access::find_role(work.tx(), "admin"));
        account.first_name = "Bench";
        account.last_name = "Mark";
        account.email = "bench@landlord.example";
        account = TRY(access::create_account(work, std::move(account)));
        return access::create_session(work, account.id, access::SessionKind::Api, {"127.0.0.1", "bench"}, {});
    }));
    return opened.token;
}

Result<std::string> build_dataset(const app::Place& place, std::uint64_t people, housing::SearchMode mode) {
    const SystemClock clock;
    TRY(app::init_instance(place, clock, mode));
    const auto instance = TRY(app::Instance::open(place, clock));
    const auto homes = homes_of(people);
    TRY(fill(*instance, homes, [](audit::Work& work, std::uint64_t number) {
        return housing::create_property(work, make_home(number));
    }));
    TRY(fill(*instance, people, [homes](audit::Work& work, std::uint64_t number) {
        return housing::create_person(work, make_person(number, homes));
    }));
    auto token = TRY(open_account(*instance));
    instance->close();
    return token;
}

}  // namespace tenantry::bench
