// Areas, officers and patches for tests of the register.
#pragma once

#include <string>

#include "base/text.hpp"
#include "register/area.hpp"
#include "register/manager_area.hpp"
#include "register/officer.hpp"
#include "register/patch.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::test {

/// A register with the areas 3 and 4.
class PlacesTest : public HousingTest {
  protected:
    void SetUp() override {
        auto in = work();
        ASSERT_TRUE(housing::put_area(in, {{3}, "Homerton 1"}).ok());
        ASSERT_TRUE(housing::put_area(in, {{4}, "Homerton 2"}).ok());
        take_events();
    }

    /// "Olu Officer", whose username is olu.officer.
    static housing::Officer wanted_officer(const std::string& name) {
        housing::Officer officer;
        const auto space = name.find(' ');
        officer.account.first_name = name.substr(0, space);
        officer.account.last_name = space == std::string::npos ? "" : name.substr(space + 1);
        std::string username = fold(name);
        std::replace(username.begin(), username.end(), ' ', '.');
        officer.account.username = username;
        officer.account.email = username + "@lettings.example";
        officer.account.password = "encoded hash";
        return officer;
    }
    housing::Officer add_officer(const std::string& name) {
        auto in = work();
        return housing::create_officer(in, wanted_officer(name)).value();
    }

    housing::ManagerArea add_manager_area(const std::string& name,
                                          std::optional<Id<housing::Officer>> officer = std::nullopt,
                                          std::int64_t area = 3) {
        housing::ManagerArea wanted;
        wanted.name = name;
        wanted.area = {area};
        wanted.officer = officer;
        auto in = work();
        return housing::create_manager_area(in, wanted).value();
    }

    housing::Patch add_patch(const std::string& name,
                             std::optional<Id<housing::ManagerArea>> manager_area = std::nullopt,
                             std::optional<Id<housing::Officer>> officer = std::nullopt,
                             std::int64_t area = 3) {
        housing::Patch wanted;
        wanted.name = name;
        wanted.area = {area};
        wanted.manager_area = manager_area;
        wanted.officer = officer;
        auto in = work();
        return housing::create_patch(in, wanted).value();
    }
};

}  // namespace tenantry::test
