#include "app/demo/consents.hpp"

#include <gtest/gtest.h>

#include "intake/record_sink.hpp"
#include "register/consent.hpp"
#include "register/importer.hpp"
#include "register/legal_document.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::app {
namespace {

/// Every consent of a demo landlord with that seed, as the register has it.
std::string consents_of(const DemoOptions& options) {
    test::MemoryRegister place;
    auto work = place.work();
    housing::Importer importer{work};
    EXPECT_TRUE(make_demo(options, intake::write_to(importer)).ok());
    EXPECT_TRUE(importer.finish().ok());
    std::size_t made = 0;
    EXPECT_TRUE(make_consents(options, work, [&] { ++made; }).ok());
    EXPECT_EQ(made, count_consents(options));
    static const db::Sql kCount{"test/count", "SELECT count(*) FROM consent", ""};
    static const db::Sql kOrphans{
        "test/orphans", "SELECT count(*) FROM consent WHERE subject_uuid NOT IN (SELECT uuid FROM person)",
        ""};
    static const db::Sql kDeclined{"test/declined", "SELECT count(*) FROM consent WHERE accepted = 0", ""};
    static const db::Sql kAll{"test/all",
                              "SELECT group_concat(hex(uuid) || hex(subject_uuid) || consent_type || "
                              "accepted || created_at) FROM consent",
                              ""};
    EXPECT_EQ(place.ask<std::size_t>(kCount), made);
    EXPECT_EQ(place.ask<std::int64_t>(kOrphans), 0);
    EXPECT_GT(place.ask<std::int64_t>(kDeclined), 0);
    EXPECT_LT(place.ask<std::size_t>(kDeclined), made);
    EXPECT_EQ(housing::current_version(*place.tx, "privacy_policy").value(), "2026-01");
    return place.ask<std::string>(kAll);
}

TEST(DemoConsents, the_same_seed_gives_the_same_consents) {
    const auto one = consents_of({.homes = 100, .seed = 1});
    EXPECT_EQ(one, consents_of({.homes = 100, .seed = 1}));
    EXPECT_NE(one, consents_of({.homes = 100, .seed = 2}));
}

}  // namespace
}  // namespace tenantry::app
