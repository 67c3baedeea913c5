#include "app/audit_heads.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "app/head_delivery.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::app {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

class HeadDelivery : public testing::Test {
  protected:
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
    /// A shell script; it finds nothing of this process in its environment.
    std::string program(const std::string& text) {
        const std::string name = path("program");
        std::ofstream{name} << "#!/bin/sh\n" << text << '\n';
        ::chmod(name.c_str(), 0700);
        return name;
    }

    test::TemporaryFolder folder_;
};

TEST_F(HeadDelivery, lines_are_appended_to_the_file) {
    ASSERT_TRUE(append_to_file(path("heads"), "one\n").ok());
    ASSERT_TRUE(append_to_file(path("heads"), "two\n").ok());
    EXPECT_EQ(read_file(path("heads")), "one\ntwo\n");
}

TEST_F(HeadDelivery, a_line_that_a_crash_cut_short_is_taken_away) {
    for (const auto& [before, after] : {std::pair{"one\nhal", "one\ntwo\n"}, std::pair{"hal", "two\n"}}) {
        std::ofstream{path("heads")} << before;
        ASSERT_TRUE(append_to_file(path("heads"), "two\n").ok());
        EXPECT_EQ(read_file(path("heads")), after);
    }
}

TEST_F(HeadDelivery, what_is_no_file_of_lines_is_left_alone) {
    EXPECT_FALSE(append_to_file(path("nowhere/heads"), "one\n").ok());
    EXPECT_FALSE(append_to_file(folder_.path().string(), "one\n").ok());
    EXPECT_FALSE(append_to_file("/dev/null", "one\n").ok());
    const std::string no_lines(5000, 'x');
    std::ofstream{path("heads")} << no_lines;
    EXPECT_FALSE(append_to_file(path("heads"), "one\n").ok());
    EXPECT_EQ(read_file(path("heads")), no_lines);
}

TEST_F(HeadDelivery, a_program_gets_the_line_and_nothing_of_this_process) {
    ::setenv("TENANTRY_SECRET_OF_THIS_TEST", "canary", 1);
    const auto script = program("cat > " + path("line") + "; env > " + path("env") + "; ls /proc/self/fd > " +
                                path("files") + "; echo $# > " + path("arguments"));
    ASSERT_TRUE(hand_to_program(script, "a line\n", std::chrono::seconds{20}).ok());
    EXPECT_EQ(read_file(path("line")), "a line\n");
    EXPECT_EQ(read_file(path("arguments")), "0\n");
    EXPECT_EQ(read_file(path("env")).find("canary"), std::string::npos);
    EXPECT_NE(read_file(path("env")).find("PATH="), std::string::npos);
    const std::string files = read_file(path("files"));
    EXPECT_EQ(std::count(files.begin(), files.end(), '\n'), 4)
        << files;  // 0, 1, 2 and the folder that ls reads
}

TEST_F(HeadDelivery, a_program_that_reads_nothing_is_no_harm) {
    EXPECT_TRUE(
        hand_to_program(program("exit 0"), std::string(1U << 20, 'x'), std::chrono::seconds{20}).ok());
}

TEST_F(HeadDelivery, a_program_that_fails_or_is_not_there_is_an_error) {
    EXPECT_FALSE(hand_to_program(program("exit 3"), "a line\n", std::chrono::seconds{20}).ok());
    EXPECT_FALSE(hand_to_program(program("kill -9 $$"), "a line\n", std::chrono::seconds{20}).ok());
    EXPECT_FALSE(hand_to_program(path("nowhere"), "a line\n", std::chrono::seconds{20}).ok());
}

TEST_F(HeadDelivery, a_program_that_does_not_end_is_killed_with_what_it_started) {
    const auto script =
        program("(sleep 600; echo late > " + path("late") + ") & echo $! > " + path("child") + "; wait");
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(hand_to_program(script, "a line\n", std::chrono::milliseconds{700}).error().code,
              Code::Timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{30});
    const int child = std::stoi("0" + read_file(path("child")));
    ASSERT_GT(child, 0);
    // It has its signal; the system may take a moment to act on it.
    const auto is_gone = [&] {
        const auto stat = read_file("/proc/" + std::to_string(child) + "/stat");
        return stat.empty() || stat.find(") Z ") != std::string::npos;
    };
    const auto ends = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!is_gone() && std::chrono::steady_clock::now() < ends) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    EXPECT_TRUE(is_gone());
}

TEST_F(HeadDelivery, a_program_that_does_not_end_keeps_no_stop_waiting) {
    const auto began = std::chrono::steady_clock::now();
    const auto handed =
        hand_to_program(program("sleep 600"), "a line\n", std::chrono::seconds{60}, [] { return true; });
    EXPECT_EQ(handed.error().code, Code::Timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{10});
    EXPECT_TRUE(
        hand_to_program(program("exit 0"), "a line\n", std::chrono::seconds{60}, [] { return true; }).ok());
}

std::string text_of(const api::Metrics& metrics) {
    api::MetricsText text;
    metrics.write(text);
    return text.take();
}

class AuditHeadsTest : public HeadDelivery {
  protected:
    void SetUp() override {
        ASSERT_TRUE(init_instance(folder_.path() / "data", clock_).ok());
        instance_ = Instance::open(folder_.path() / "data", clock_).value();
    }
    void write() {
        ASSERT_TRUE(
            instance_->write([](audit::Work& work) { return work.changed({.action = "tenant.created"}); })
                .ok());
    }
    [[nodiscard]] std::vector<audit::SignedHead> heads() const {
        std::vector<audit::SignedHead> all;
        std::stringstream lines{read_file(path("heads"))};
        for (std::string line; std::getline(lines, line);) {
            all.push_back(parse_head_line(line).value());
        }
        return all;
    }
    [[nodiscard]] std::int64_t last_event() {
        return instance_->read([&](db::Transaction& tx) { return audit::find_head(tx, instance_->keys()); })
            .value()
            .value()
            .event;
    }

    SystemClock clock_;
    std::unique_ptr<Instance> instance_;
    api::Metrics metrics_;
};

TEST_F(AuditHeadsTest, are_handed_out_at_the_start_and_at_the_end) {
    const auto begun = last_event();
    std::int64_t ended = 0;
    {
        const AuditHeads publisher{*instance_, {path("heads"), {}}, metrics_};
        while (read_file(path("heads")).empty()) {
            std::this_thread::yield();
        }
        write();
        // A reading waits for the next commit, and the last head has it all the same.
        ASSERT_TRUE(instance_->reads().record({.at = clock_.now(), .action = "tenant.viewed"}).ok());
        ended = begun + 2;
    }
    const auto all = heads();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].head.event, begun);
    EXPECT_EQ(all[1].head.event, ended);
    const auto key = audit::head_signer(instance_->keys()).public_key();
    for (const auto& head : all) {
        const auto found = instance_->read([&](db::Transaction& tx) -> Result<audit::HeadCheck> {
            return audit::check_head(tx, key, TRY(find_install(tx)), head);
        });
        EXPECT_EQ(*found, audit::HeadCheck::Holds);
    }
    EXPECT_NE(text_of(metrics_).find("tenantry_audit_heads_total 2\n"), std::string::npos);
    EXPECT_NE(text_of(metrics_).find("tenantry_audit_heads_failed_total 0\n"), std::string::npos);
    EXPECT_EQ(metrics_.audit_heads_event(), ended);
}

TEST_F(AuditHeadsTest, a_thousand_events_do_not_wait_for_the_minute) {
    const AuditHeads publisher{*instance_, {path("heads"), {}}, metrics_};
    while (read_file(path("heads")).empty()) {
        std::this_thread::yield();
    }
    const std::vector<audit::Event> many(AuditHeads::kEvents,
                                         {.at = clock_.now(), .action = "tenant.viewed"});
    ASSERT_TRUE(
        instance_->write([&](audit::Work& work) { return audit::append(work.tx(), work.keys(), many); })
            .ok());
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (heads().size() < 2 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    ASSERT_EQ(heads().size(), 2U);
    EXPECT_EQ(heads()[1].head.event, last_event());
}

TEST_F(AuditHeadsTest, one_place_that_fails_is_counted_and_does_not_keep_the_other_waiting) {
    testing::internal::CaptureStderr();
    {
        const AuditHeads publisher{*instance_, {path("heads"), path("nowhere")}, metrics_};
        write();
    }
    EXPECT_FALSE(heads().empty());
    EXPECT_EQ(text_of(metrics_).find("tenantry_audit_heads_failed_total 0\n"), std::string::npos);
    EXPECT_EQ(metrics_.audit_heads_event(), 0) << "the place that has none counts";
    EXPECT_NE(
        testing::internal::GetCapturedStderr().find("a signed head of the journal could not be handed out"),
        std::string::npos);
}

TEST_F(AuditHeadsTest, what_failed_is_tried_again) {
    testing::internal::CaptureStderr();
    {
        const AuditHeads publisher{*instance_, {path("later/heads"), {}}, metrics_};
        while (text_of(metrics_).find("tenantry_audit_heads_failed_total 1\n") == std::string::npos) {
            std::this_thread::yield();
        }
        std::filesystem::create_directory(path("later"));
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (read_file(path("later/heads")).empty() && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
        EXPECT_FALSE(read_file(path("later/heads")).empty());
    }
    testing::internal::GetCapturedStderr();
}

TEST_F(AuditHeadsTest, nothing_runs_where_no_place_is_named) {
    { const AuditHeads publisher{*instance_, {}, metrics_}; }
    EXPECT_NE(text_of(metrics_).find("tenantry_audit_heads_total 0\n"), std::string::npos);
}

TEST(HeadLine, is_read_as_it_was_written_and_nothing_else_is_read) {
    const audit::SignedHead head{*Uuid::parse("6b86b273-ff34-4ce1-9d6b-804eff5a3f57"),
                                 {1000, Hash{0xab}},
                                 "2031-04-02T08:15:00Z",
                                 {7}};
    const std::string line = head_line(head);
    EXPECT_TRUE(line.ends_with("}\n"));
    const auto read = parse_head_line(line).value();
    EXPECT_EQ(read.signed_text(), head.signed_text());
    EXPECT_EQ(read.signature, head.signature);
    for (std::size_t length = 0; length < line.size() - 1; ++length) {
        EXPECT_FALSE(parse_head_line(line.substr(0, length))) << length;
    }
    for (const std::string bad : {"", "\n", "null", "[]", "{}", "{\"install\":1}"}) {
        EXPECT_FALSE(parse_head_line(bad)) << bad;
    }
}

}  // namespace
}  // namespace tenantry::app
