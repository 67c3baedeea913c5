#include "app/demo/warnings.hpp"

#include <fmt/format.h>

#include "app/demo/household.hpp"
#include "app/demo/identity.hpp"
#include "app/demo/places.hpp"
#include "app/demo/random.hpp"

namespace tenantry::app {

namespace {

constexpr std::uint64_t kAlertTypes = 12;

}  // namespace

std::optional<housing::AlertRecord> make_alert(std::uint64_t seed, std::uint64_t home) {
    const HomePlan plan = plan_home(seed, home);
    Random random{seed, Stream::Alert, home};
    if (plan.residents() == 0 || !random.chance(4)) {
        return std::nullopt;
    }
    housing::AlertRecord alert;
    alert.uuid = random.uuid();
    alert.person = person_uuid(seed, home, static_cast<unsigned>(random.below(plan.adults)));
    alert.uprn = uprn_of(seed, home);
    alert.type_code = std::to_string(1 + random.below(kAlertTypes));
    alert.created_at = kDemoDay - std::chrono::days{random.between(2, 900)} +
                       std::chrono::minutes{random.between(540, 1020)};
    return alert;
}

bool has_citizen(std::uint64_t seed, std::uint64_t home) {
    return Random{seed, Stream::Citizen, home}.chance(33);
}

housing::CitizenRecord make_citizen(std::uint64_t seed, std::uint64_t home) {
    Random random{seed, Stream::CitizenRecord, home};
    const auto property = make_property(seed, home);
    housing::CitizenRecord citizen;
    citizen.usn = fmt::format("USN{:08}", home + 1);
    citizen.uprn = property.uprn;
    citizen.address_line_1 = property.address_line_1;
    citizen.address_line_2 = property.address_line_2;
    citizen.address_line_3 = property.address_line_3;
    citizen.city = property.city;
    citizen.postcode = property.postcode;
    if (plan_home(seed, home).residents() > 0 && random.chance(60)) {
        const auto tenant = make_people(seed, home).front();
        citizen.person = tenant.uuid;
        citizen.larn = tenant.larn;
        citizen.hackney_homes_id = tenant.hackney_homes_id;
        citizen.title = tenant.title;
        citizen.first_name = tenant.first_name;
        citizen.last_name = tenant.last_name;
        citizen.date_of_birth = tenant.date_of_birth;
        return citizen;
    }
    const FamilyName name = pick_family_name(random);
    const Sex sex = pick_sex(random, 50);
    const auto age = static_cast<unsigned>(random.between(18, 90));
    citizen.title = pick_title(random, sex, age);
    citizen.first_name = random.pick(sex == Sex::Woman ? name.culture->women : name.culture->men);
    citizen.last_name = name.of(sex);
    citizen.date_of_birth = pick_date_of_birth(random, age);
    return citizen;
}

}  // namespace tenantry::app
