#include "app/demo/new_lets.hpp"

#include "app/demo/household.hpp"
#include "app/demo/identity.hpp"
#include "app/demo/places.hpp"
#include "app/demo/random.hpp"
#include "app/demo/tenancies.hpp"
#include "register/tenancy.hpp"

namespace tenantry::app {

namespace {

constexpr std::uint64_t kLetAgain = 70;  ///< percent of the empty homes

bool is_let_again(std::uint64_t seed, std::uint64_t home) {
    return plan_home(seed, home).residents() == 0 && Random{seed, Stream::NewLet, home}.chance(kLetAgain);
}

housing::Person make_tenant(Random& random, std::uint64_t home) {
    const FamilyName name = pick_family_name(random);
    const Sex sex = pick_sex(random, 50);
    const auto age = static_cast<unsigned>(random.between(19, 70));
    housing::Person person;
    person.uuid = random.uuid();
    person.name.title = pick_title(random, sex, age);
    person.name.first = random.pick(sex == Sex::Woman ? name.culture->women : name.culture->men);
    person.name.last = name.of(sex);
    person.date_of_birth = pick_date_of_birth(random, age);
    person.telephone_1 = pick_mobile(random);
    person.email = pick_email(random, person.name.full(), home + 1);
    person.person_number = "1";
    person.responsible = true;
    person.relationship = "Tenant";
    return person;
}

Result<void> make_one(std::uint64_t seed, std::uint64_t home, audit::Work& work) {
    constexpr std::uint64_t kDaysMost = 20;
    Random random{seed, Stream::NewLet, home};
    random.next();
    const auto begins =
        std::chrono::floor<std::chrono::days>(work.now()) - std::chrono::days{random.between(1, kDaysMost)};
    audit::Work then{work.tx(), work.keys(), work.actor(), begins + std::chrono::hours{9}, nullptr};
    const auto number = plan_home(seed, home).former_tenants + 1;
    housing::Tenancy tenancy;
    tenancy.uuid = random.uuid();
    tenancy.tag_reference = tag_reference_of(home, number);
    tenancy.payment_reference = payment_reference_of(home, number);
    tenancy.property = TRY(housing::find_property_by_uprn(work.tx(), uprn_of(seed, home)));
    tenancy.household = TRY(housing::link_of_tag(then, tenancy.tag_reference)).household;
    tenancy.tenure_code = "INT";
    tenancy.start_on = Date{begins};
    tenancy.present = true;
    tenancy.current_balance = 0;
    tenancy.rent = static_cast<std::int64_t>(random.between(9'450, 16'900));
    tenancy.benefit = 0;
    tenancy.account_type = "1";
    tenancy.agreement_type = "M";
    tenancy = TRY(housing::create_tenancy(then, std::move(tenancy)));
    housing::Person tenant = make_tenant(random, home);
    tenant.property = tenancy.property;
    tenant.household = tenancy.household;
    tenant.tenancy = tenancy.id;
    TRY(housing::create_person(then, std::move(tenant)));
    return {};
}

}  // namespace

std::size_t count_new_lets(const DemoOptions& options) {
    std::size_t count = 0;
    for (std::uint64_t home = 0; home < options.homes; ++home) {
        count += is_let_again(options.seed, home) ? 1U : 0U;
    }
    return count;
}

Result<void> make_new_lets(const DemoOptions& options, audit::Work& work, const std::function<void()>& made) {
    for (std::uint64_t home = 0; home < options.homes; ++home) {
        if (is_let_again(options.seed, home)) {
            TRY(make_one(options.seed, home, work));
            made();
        }
    }
    return {};
}

}  // namespace tenantry::app
