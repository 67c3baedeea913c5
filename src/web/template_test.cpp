#include "web/template.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/log.hpp"
#include "web/embedded_files.hpp"

namespace tenantry::web {
namespace {

constexpr const char* kPlanted = R"(<script>alert("1")</script>'&)";

View refusal(const std::string& heading) {
    View view;
    view["heading"] = View{heading};
    view["again"] = flag(false);
    set_list(view, "paragraphs", {});
    return view;
}

TEST(Template, what_is_shown_is_escaped) {
    EXPECT_NE(render("refusal", refusal(kPlanted))
                  .find("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&apos;&amp;"),
              std::string::npos);
    EXPECT_EQ(render("refusal", refusal(kPlanted)).find("<script"), std::string::npos);
}

TEST(Template, a_name_that_is_not_there_is_logged_and_left_out) {
    testing::internal::CaptureStderr();
    View view = refusal("A heading");
    EXPECT_NE(render("refusal", view).find("A heading"), std::string::npos);
    EXPECT_EQ(testing::internal::GetCapturedStderr().find("lacks"), std::string::npos);
    testing::internal::CaptureStderr();
    EXPECT_NE(render("refusal", View{}).find("<h1"), std::string::npos);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("a page lacks a value"), std::string::npos);
}

TEST(Template, all_of_them_can_be_read) {
    for (const auto& [name, content] : embedded::kAll) {
        if (!name.starts_with("asset_")) {
            testing::internal::CaptureStderr();
            (void)render(name, View{});
            (void)testing::internal::GetCapturedStderr();
        }
    }
}

TEST(Template, several_threads_render_at_once) {
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([i] {
            for (int turn = 0; turn < 100; ++turn) {
                const auto heading = "Heading " + std::to_string(i);
                EXPECT_NE(render("refusal", refusal(heading)).find(heading), std::string::npos);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

TEST(Template, an_empty_list_and_an_empty_text_are_off) {
    View view;
    set_list(view, "rows", {});
    EXPECT_TRUE(view.get("rows")->is_false());
    EXPECT_TRUE(view.get("rows?")->is_false());
    set_list(view, "rows", {View{"one"}});
    EXPECT_TRUE(view.get("rows")->is_list());
    EXPECT_TRUE(view.get("rows?")->is_true());
    EXPECT_TRUE(text_or_none(std::nullopt).is_false());
    EXPECT_TRUE(text_or_none("").is_false());
    EXPECT_EQ(text_or_none("x").string_value(), "x");
}

}  // namespace
}  // namespace tenantry::web
