// What a person of the demo landlord is called and reached by. Nothing of it belongs to anybody.
#pragma once

#include <string>
#include <string_view>

#include "app/demo/names.hpp"
#include "app/demo/random.hpp"
#include "base/time.hpp"

namespace tenantry::app {

enum class Sex : std::uint8_t { Woman, Man };

/// A family's name: which surname of which language.
struct FamilyName {
    const Culture* culture;
    std::size_t surname;

    [[nodiscard]] std::string_view of(Sex sex) const;
};

[[nodiscard]] FamilyName pick_family_name(Random& random);
[[nodiscard]] Sex pick_sex(Random& random, std::uint64_t percent_women);
[[nodiscard]] std::string pick_title(Random& random, Sex sex, unsigned age);
/// Of somebody who is so old on kDemoDay.
[[nodiscard]] Date pick_date_of_birth(Random& random, unsigned age);

/// Numbers that Ofcom keeps free for drama.
[[nodiscard]] std::string pick_mobile(Random& random);
[[nodiscard]] std::string pick_landline(Random& random);
/// At a domain that is reserved; the number tells namesakes apart.
[[nodiscard]] std::string pick_email(Random& random, std::string_view full_name, std::uint64_t number);

}  // namespace tenantry::app
