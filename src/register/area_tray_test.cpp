#include "register/area_tray.hpp"

#include <functional>

#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Numbers = std::vector<std::int64_t>;

class AreaTrays : public test::CaseworkTest {
  protected:
    static constexpr Id<Patch> kSecond{4};

    Casework log_with(const std::function<void(Interaction&)>& change) {
        Interaction interaction = process();
        change(interaction);
        const Casework logged = log(interaction);
        clock_.advance(std::chrono::hours{1});
        return logged;
    }
    /// 1 and 3 of the first patch, 2 of the second, 4 with the manager, 5 with both.
    void log_all() {
        log_with([](Interaction&) {});
        log_with([](Interaction& i) { i.patch = kSecond; });
        log_with([](Interaction&) {});
        log_with([](Interaction& i) {
            i.patch.reset();
            i.manager_area = kManagerArea;
        });
        log_with([](Interaction& i) { i.manager_area = kManagerArea; });
    }
    PageOfIds page(const AreaTray& tray) { return find_in_area_tray(tx_, tray).value(); }
    static AreaTray whole() { return {.patches = {kPatch, kSecond}, .of_manager = kManagerArea}; }
};

TEST_F(AreaTrays, have_what_is_open_in_the_patches_and_with_the_manager_each_once) {
    log_all();
    EXPECT_EQ(page(whole()).ids, (Numbers{1, 2, 3, 4, 5}));
    EXPECT_EQ(page(whole()).total, 5);
    EXPECT_EQ(page({.patches = {kSecond}, .of_manager = {}}).ids, Numbers{2});
    EXPECT_EQ(page({.patches = {}, .of_manager = kManagerArea}).ids, (Numbers{4, 5}));
    EXPECT_EQ(page({.patches = {}, .of_manager = {}}).ids, Numbers{});
}

TEST_F(AreaTrays, are_sorted_by_age_or_patch_by_patch) {
    log_all();
    AreaTray tray = whole();
    tray.newest_first = true;
    EXPECT_EQ(page(tray).ids, (Numbers{5, 4, 3, 2, 1}));
    tray.by_patch = true;
    tray.newest_first = false;
    EXPECT_EQ(page(tray).ids, (Numbers{4, 1, 3, 5, 2}));
    tray.patches = {kSecond, kPatch};
    EXPECT_EQ(page(tray).ids, (Numbers{4, 2, 1, 3, 5}));
}

TEST_F(AreaTrays, are_filtered_by_call_back_and_age) {
    const auto first = log_with([](Interaction&) {});
    const auto before_second = clock_.now() - std::chrono::milliseconds{1};
    const auto second = log_with([](Interaction&) {});
    auto in = work();
    ASSERT_TRUE(follow_up(in, said_on(second.interaction.uuid, "rang"), true, {}).ok());
    AreaTray tray = whole();
    tray.only_call_backs = true;
    EXPECT_EQ(page(tray).ids, Numbers{2});
    tray.only_call_backs = false;
    tray.logged_by = before_second;
    EXPECT_EQ(page(tray).ids, Numbers{1});
}

TEST_F(AreaTrays, have_what_was_closed_lately_by_when_that_was) {
    const auto first = log_with([](Interaction&) {});
    const auto second = log_with([](Interaction&) {});
    log_with([](Interaction&) {});
    for (const auto& uuid : {second.interaction.uuid, first.interaction.uuid}) {
        auto in = work();
        ASSERT_TRUE(close_case(in, said_on(uuid, "done"), {}).ok());
        clock_.advance(std::chrono::hours{1});
    }
    AreaTray tray = whole();
    tray.closed_since = clock_.now() - std::chrono::hours{3};
    EXPECT_EQ(page(tray).ids, (Numbers{2, 1}));
    tray.closed_since = clock_.now() - std::chrono::hours{1};
    EXPECT_EQ(page(tray).ids, Numbers{1});
    tray.closed_since.reset();
    EXPECT_EQ(page(tray).ids, Numbers{3});
}

TEST_F(AreaTrays, are_paged) {
    log_all();
    AreaTray tray = whole();
    tray.paging = {2, 2};
    EXPECT_EQ(page(tray).ids, (Numbers{3, 4}));
    EXPECT_EQ(page(tray).total, 5);
    EXPECT_TRUE(page(tray).total_is_exact);
}

}  // namespace
}  // namespace tenantry::housing
