#include "app/demo/identity.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "app/demo/household.hpp"
#include "base/text.hpp"

namespace tenantry::app {

namespace {

const Culture& pick_culture(Random& random) {
    static const std::vector<unsigned> weights = [] {
        std::vector<unsigned> all;
        for (const auto& cultures : {names_of_europe(), names_of_the_world()}) {
            for (const auto& culture : cultures) {
                all.push_back(culture.weight);
            }
        }
        return all;
    }();
    const std::size_t at = random.pick_weighted(weights);
    const auto europe = names_of_europe();
    return at < europe.size() ? europe[at] : names_of_the_world()[at - europe.size()];
}

}  // namespace

std::string_view FamilyName::of(Sex sex) const {
    const bool own_form = sex == Sex::Woman && !culture->surnames_of_women.empty();
    return (own_form ? culture->surnames_of_women : culture->surnames)[surname];
}

FamilyName pick_family_name(Random& random) {
    const Culture& culture = pick_culture(random);
    return {&culture, random.below(culture.surnames.size())};
}

Sex pick_sex(Random& random, std::uint64_t percent_women) {
    return random.chance(percent_women) ? Sex::Woman : Sex::Man;
}

std::string pick_title(Random& random, Sex sex, unsigned age) {
    const auto roll = random.below(1000);
    if (roll < 30) {
        constexpr std::array<std::string_view, 6> kRare{"Dr", "Dr", "Mx", "Mx", "Prof", "Rev"};
        return std::string{random.pick(kRare)};
    }
    if (roll < 70) {
        return "";
    }
    if (sex == Sex::Man) {
        return "Mr";
    }
    return roll < 450 || age < 25 ? (roll % 2 == 0 ? "Miss" : "Ms") : "Mrs";
}

Date pick_date_of_birth(Random& random, unsigned age) {
    const auto days = age * 365 + age / 4 + random.below(365);
    return Date{kDemoDay - std::chrono::days{days}};
}

std::string pick_mobile(Random& random) {
    const auto number = random.below(1000);
    const auto style = random.below(10);
    return style < 6   ? fmt::format("07700 900{:03}", number)
           : style < 9 ? fmt::format("07700900{:03}", number)
                       : fmt::format("+44 7700 900{:03}", number);
}

std::string pick_landline(Random& random) {
    constexpr std::array<std::string_view, 6> kElsewhere{"0113 496", "0114 496", "0117 496",
                                                         "0121 496", "0141 496", "0161 496"};
    const auto number = random.below(1000);
    return random.chance(85) ? fmt::format("020 7946 0{:03}", number)
                             : fmt::format("{} 0{:03}", random.pick(kElsewhere), number);
}

std::string pick_email(Random& random, std::string_view full_name, std::uint64_t number) {
    constexpr std::array<std::string_view, 6> kDomains{"example.com", "example.org", "example.net",
                                                       "mail.test",   "inbox.test",  "post.test"};
    std::string name;
    for (const char c : fold(full_name)) {
        if (c == ' ' && !name.empty() && name.back() != '.') {
            name += '.';
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name += c;
        }
    }
    return fmt::format("{}{}@{}", name.size() < 3 ? "resident" : name, number % 10'000 + 1,
                       random.pick(kDomains));
}

}  // namespace tenantry::app
