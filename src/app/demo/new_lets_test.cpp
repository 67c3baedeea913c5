#include "app/demo/new_lets.hpp"

#include <gtest/gtest.h>

#include "intake/record_sink.hpp"
#include "register/importer.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::app {
namespace {

/// Every new let of a demo landlord with that seed, as the register has it.
std::string new_lets_of(const DemoOptions& options) {
    test::MemoryRegister place;
    auto work = place.work();
    housing::Importer importer{work};
    EXPECT_TRUE(make_demo(options, intake::write_to(importer)).ok());
    EXPECT_TRUE(importer.finish().ok());
    static const db::Sql kEmptyHomes{"test/empty",
                                     "SELECT count(*) FROM property a WHERE NOT EXISTS (SELECT 1 FROM "
                                     "person p WHERE p.property_id = a.id)",
                                     ""};
    const auto empty = place.ask<std::size_t>(kEmptyHomes);
    std::size_t made = 0;
    EXPECT_TRUE(make_new_lets(options, work, [&] { ++made; }).ok());
    EXPECT_EQ(made, count_new_lets(options));
    EXPECT_GT(made, 0U);
    EXPECT_EQ(place.ask<std::size_t>(kEmptyHomes), empty - made) << "a tenant in each";
    static const db::Sql kAll{"test/all",
                              "SELECT group_concat(hex(t.uuid) || t.tag_reference || hex(p.uuid)) FROM "
                              "tenancy t JOIN person p ON p.tenancy_id = t.id AND p.property_id = "
                              "t.property_id WHERE t.tenure_code = 'INT' AND t.present = 1",
                              ""};
    return place.ask<std::string>(kAll);
}

TEST(DemoNewLets, the_same_seed_lets_the_same_homes) {
    const auto one = new_lets_of({.homes = 100, .seed = 1});
    EXPECT_EQ(one, new_lets_of({.homes = 100, .seed = 1}));
    EXPECT_NE(one, new_lets_of({.homes = 100, .seed = 2}));
}

}  // namespace
}  // namespace tenantry::app
