#include "app/demo/household.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "app/demo/identity.hpp"
#include "app/demo/places.hpp"
#include "app/demo/random.hpp"
#include "app/demo/tenancies.hpp"

namespace tenantry::app {

namespace {

/// Makes the people of one home, one after the other.
class Family {
  public:
    Family(std::uint64_t seed, std::uint64_t home)
        : seed_(seed), home_(home), plan_(plan_home(seed, home)), random_(seed, Stream::Family, home) {}

    std::vector<housing::PersonRecord> make() {
        people_.reserve(plan_.people());
        if (plan_.adults > 0) {
            add_adults();
        }
        add_children();
        for (unsigned i = 0; i < plan_.grandparents; ++i) {
            add_grandparent();
        }
        for (unsigned i = 0; i < plan_.lodgers; ++i) {
            add_stranger(19, 45).relationship = "Lodger";
        }
        for (unsigned i = 0; i < plan_.former_tenants; ++i) {
            add_former_tenant(i + 1);
        }
        return std::move(people_);
    }

  private:
    static constexpr unsigned kYearsBetweenChildren = 2;

    [[nodiscard]] bool is_elderly() const {
        return plan_.household == Household::ElderlySingle || plan_.household == Household::ElderlyCouple;
    }
    unsigned pick_age(unsigned least, unsigned most) {
        return static_cast<unsigned>(random_.between(least, most));
    }

    void add_adults() {
        name_ = pick_family_name(random_);
        age_ = is_elderly()          ? pick_age(66, 96)
               : plan_.children == 0 ? pick_age(19, 65)
                                     : pick_age(22 + kYearsBetweenChildren * plan_.children, 52);
        const Sex sex = pick_sex(random_, plan_.household == Household::LoneParent ? 88 : 50);
        auto& tenant = add(name_, sex, age_);
        tenant.relationship = "Tenant";
        tenant.responsible = true;
        if (plan_.adults > 1) {
            add_partner(sex);
        }
    }

    void add_partner(Sex of) {
        partner_name_ = name_;
        if (random_.chance(12)) {
            partner_name_ = pick_family_name(random_);
        } else if (random_.chance(35)) {
            partner_name_.surname = random_.below(name_.culture->surnames.size());
        }
        const Sex other = of == Sex::Woman ? Sex::Man : Sex::Woman;
        const unsigned age = pick_age(std::max(19U, age_ - std::min(age_, 6U)), age_ + 4);
        auto& partner = add(partner_name_, random_.chance(93) ? other : of, age);
        partner.responsible = plan_.joint_tenants;
        partner.relationship = plan_.joint_tenants  ? "Joint tenant"
                               : random_.chance(60) ? "Spouse"
                                                    : "Partner";
    }

    /// From the oldest to the youngest.
    void add_children() {
        if (plan_.children == 0) {
            return;
        }
        const unsigned oldest_at_least = kYearsBetweenChildren * (plan_.children - 1);
        unsigned age = pick_age(oldest_at_least, std::min(17U, age_ - 19));
        unsigned spare_years = age - oldest_at_least;
        for (unsigned i = 0; i < plan_.children; ++i) {
            add_child(age);
            const unsigned longer = pick_age(0, std::min(spare_years, 3U));
            spare_years -= longer;
            age -= kYearsBetweenChildren + longer;
        }
    }

    void add_child(unsigned age) {
        const Sex sex = pick_sex(random_, 49);
        auto& child = add(name_, sex, age);
        child.relationship = sex == Sex::Woman ? "Daughter" : "Son";
        if (plan_.adults > 1 && random_.chance(8)) {
            child.extended_relationship = sex == Sex::Woman ? "Stepdaughter" : "Stepson";
        }
        if (plan_.adults > 1 && partner_name_.of(sex) != name_.of(sex) && random_.chance(30)) {
            child.last_name = fmt::format("{}-{}", name_.of(sex), partner_name_.of(sex));
        }
    }

    void add_grandparent() {
        const Sex sex = pick_sex(random_, 65);
        auto& parent = add(name_, sex, std::min(97U, age_ + pick_age(20, 35)));
        parent.relationship = sex == Sex::Woman ? "Mother" : "Father";
        if (random_.chance(30)) {
            parent.extended_relationship = sex == Sex::Woman ? "Mother-in-law" : "Father-in-law";
        }
    }

    void add_former_tenant(unsigned tenancy) {
        auto& former = add_stranger(20, 90);
        former.uprn.reset();
        former.tag_reference = tag_reference(tenancy);
        former.person_number = "1";
        former.responsible = true;
        former.relationship = "Former tenant";
    }

    housing::PersonRecord& add_stranger(unsigned age_least, unsigned age_most) {
        const FamilyName name = pick_family_name(random_);
        const Sex sex = pick_sex(random_, 50);
        return add(name, sex, pick_age(age_least, age_most));
    }

    [[nodiscard]] std::string tag_reference(unsigned tenancy) const {
        return tag_reference_of(home_, tenancy);
    }

    housing::PersonRecord& add(FamilyName name, Sex sex, unsigned age) {
        const auto number = static_cast<unsigned>(people_.size());
        auto& person = people_.emplace_back();
        person.uuid = person_uuid(seed_, home_, number);
        person.first_name = pick_first_name(sex == Sex::Woman ? name.culture->women : name.culture->men, age);
        person.last_name = name.of(sex);
        person.uprn = uprn_of(seed_, home_);
        person.tag_reference = tag_reference(plan_.former_tenants + 1);
        person.person_number = std::to_string(number + 1);
        person.member_id = std::to_string(home_ * 16 + number + 1);
        const bool adult = age >= 18;
        if (!adult || random_.chance(98)) {
            person.date_of_birth = pick_date_of_birth(random_, age);
        }
        person.disabled = random_.chance(!adult ? 3 : age < 66 ? 8 : 25);
        if (adult) {
            person.title = pick_title(random_, sex, age);
            add_contacts(person, age);
        }
        return person;
    }

    /// As people of that age are called, and nobody else in the home if it can be.
    std::string pick_first_name(std::span<const std::string_view> names, unsigned age) {
        constexpr std::size_t kOldest = 90;
        const std::size_t in_fashion = names.size() / 2 + 1;
        const std::size_t first = std::min<std::size_t>(age, kOldest) * (names.size() - in_fashion) / kOldest;
        std::size_t at = first + random_.below(in_fashion);
        for (std::size_t tries = 0; tries < names.size() && is_called(names[at]); ++tries) {
            at = (at + 1) % names.size();
        }
        return std::string{names[at]};
    }
    [[nodiscard]] bool is_called(std::string_view first_name) const {
        return std::any_of(people_.begin(), people_.end(),
                           [&](const auto& person) { return person.first_name == first_name; });
    }

    void add_contacts(housing::PersonRecord& person, unsigned age) {
        const std::uint64_t id = home_ * 16 + people_.size();
        if (random_.chance(60)) {
            person.larn = fmt::format("LARN{:07}", id);
        }
        if (random_.chance(80)) {
            person.hackney_homes_id = std::to_string(100'000 + id);
        }
        if (random_.chance(age < 66 ? 75 : 30)) {
            person.email = pick_email(random_, person.first_name + " " + person.last_name, home_);
        }
        if (random_.chance(age < 66 ? 92 : 55)) {
            person.telephone_1 = pick_mobile(random_);
        }
        if (random_.chance(age < 66 ? 12 : 75)) {
            (person.telephone_1.empty() ? person.telephone_1 : person.telephone_2) = pick_landline(random_);
        }
        if (!person.telephone_2.empty() && random_.chance(15)) {
            person.telephone_3 = pick_mobile(random_);
        }
    }

    std::uint64_t seed_;
    std::uint64_t home_;
    HomePlan plan_;
    Random random_;
    FamilyName name_{};
    FamilyName partner_name_{};
    unsigned age_ = 0;  ///< of the tenant
    std::vector<housing::PersonRecord> people_;
};

}  // namespace

HomePlan plan_home(std::uint64_t seed, std::uint64_t home) {
    constexpr std::array kWeights{3U, 39U, 13U, 12U, 5U, 12U, 12U, 2U, 2U};  // in the order of Household
    constexpr std::array kOneToThreeChildren{57U, 33U, 10U};
    constexpr std::array kOneToFourChildren{38U, 40U, 16U, 6U};
    Random random{seed, Stream::Plan, home};
    HomePlan plan;
    plan.household = static_cast<Household>(random.pick_weighted(kWeights));
    switch (plan.household) {
        case Household::Void:
            break;
        case Household::Single:
        case Household::ElderlySingle:
            plan.adults = 1;
            break;
        case Household::Couple:
        case Household::ElderlyCouple:
            plan.adults = 2;
            break;
        case Household::CoupleWithChildren:
            plan.adults = 2;
            plan.children = 1 + static_cast<unsigned>(random.pick_weighted(kOneToFourChildren));
            break;
        case Household::LoneParent:
            plan.adults = 1;
            plan.children = 1 + static_cast<unsigned>(random.pick_weighted(kOneToThreeChildren));
            break;
        case Household::ThreeGenerations:
            plan.adults = 2;
            plan.children = 1 + static_cast<unsigned>(random.pick_weighted(kOneToFourChildren));
            plan.grandparents = 1 + static_cast<unsigned>(random.below(2));
            break;
        case Household::WithLodger:
            plan.adults = 1;
            plan.lodgers = 1;
            break;
    }
    plan.joint_tenants = plan.adults == 2 && random.chance(60);
    plan.former_tenants = random.chance(18) ? 1 + static_cast<unsigned>(random.chance(12)) : 0;
    return plan;
}

Uuid person_uuid(std::uint64_t seed, std::uint64_t home, unsigned number) {
    return Random{seed, Stream::Person, home * 16 + number}.uuid();
}

std::vector<housing::PersonRecord> make_people(std::uint64_t seed, std::uint64_t home) {
    return Family{seed, home}.make();
}

}  // namespace tenantry::app
