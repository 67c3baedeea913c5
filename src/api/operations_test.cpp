#include "api/operations.hpp"

#include <gtest/gtest.h>

#include "api/services.hpp"
#include "db/sqlite/sqlite.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::api {
namespace {

/// A database that can be told that its disk failed.
class DatabaseOnADisk final : public db::Database {
  public:
    explicit DatabaseOnADisk(std::unique_ptr<db::Database> database) : database_(std::move(database)) {}

    void write(std::unique_ptr<db::WriteJob> job, db::Urgency urgency) override {
        database_->write(std::move(job), urgency);
    }
    Result<std::unique_ptr<db::Reader>> open_reader(db::ReaderUse use) override {
        return database_->open_reader(use);
    }
    Result<void> empty_log() override { return database_->empty_log(); }
    Result<void> check_integrity() override { return database_->check_integrity(); }
    Result<void> scrub() override { return database_->scrub(); }
    [[nodiscard]] std::optional<db::WriterFigures> writer_figures() const override {
        auto figures = database_->writer_figures();
        figures->disk_failed = disk_failed;
        return figures;
    }

    bool disk_failed = false;

  private:
    std::unique_ptr<db::Database> database_;
};

class Operations : public testing::Test {
  protected:
    Operations() {
        const auto file = folder_.path() / "register.db";
        EXPECT_TRUE(db::create_sqlite(file, clock_).ok());
        database_ = std::make_unique<DatabaseOnADisk>(db::open_sqlite(file, clock_).value());
        reads_ = std::make_unique<audit::ReadLog>(*database_, keys_.ring);
    }

    Result<http::Response> ask(std::string_view path, Phase phase, std::string address = "127.0.0.1") {
        const auto routes = operations().routes;
        const auto route = std::ranges::find_if(routes, [&](const Route& one) { return one.path == path; });
        VERIFY(route != routes.end());
        Services services{*database_, keys_.ring, *reads_, names_, clock_, settings_, metrics_, {}, {}};
        services.phase = phase;
        const auto reader = database_->open_reader(db::ReaderUse::Occasional).value();
        EXPECT_TRUE(reader->begin().ok());
        http::Request request;
        request.client_address = std::move(address);
        const Params params;
        audit::Work work{*reader, keys_.ring, {}, clock_.now(), reads_.get()};
        Call call{request, params, services, work, std::nullopt};
        auto answer = route->handler(call);
        reader->end();
        return answer;
    }
    void journal_something() {
        ASSERT_TRUE(database_
                        ->write_and_wait([&](db::Transaction& tx) -> Result<void> {
                            audit::Work work{tx, keys_.ring, {}, clock_.now(), nullptr};
                            return work.changed({.action = "tenant.created"});
                        })
                        .ok());
    }
    void damage_the_journal() {
        static constexpr db::Sql kDamage{"test/damage", "UPDATE audit_head SET seal = zeroblob(32)", ""};
        ASSERT_TRUE(database_->write_and_wait([&](db::Transaction& tx) { return tx.execute(kDamage); }).ok());
    }
    [[nodiscard]] std::string figures() { return ask("/metrics", Phase::Serving).value().body; }

    test::TemporaryFolder folder_;
    test::SetClock clock_;
    test::TestKeys keys_;
    std::unique_ptr<DatabaseOnADisk> database_;
    std::unique_ptr<audit::ReadLog> reads_;
    housing::NamesInMemory names_;
    Settings settings_;
    Metrics metrics_;
};

TEST_F(Operations, ready_is_said_only_by_a_server_that_takes_requests) {
    EXPECT_EQ(ask("/readyz", Phase::Starting).value().status, 503);
    EXPECT_EQ(ask("/readyz", Phase::Stopping).value().status, 503);
    const auto ready = ask("/readyz", Phase::Serving).value();
    EXPECT_EQ(ready.status, 200);
    EXPECT_EQ(ready.body, "ready\n");
    for (const Phase phase : {Phase::Starting, Phase::Serving, Phase::Stopping}) {
        EXPECT_EQ(ask("/healthz", phase).value().status, 200) << "it lives";
    }
}

TEST_F(Operations, a_server_that_cannot_write_any_more_is_not_ready) {
    database_->disk_failed = true;
    const auto answer = ask("/readyz", Phase::Serving).value();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body, "The disk failed; nothing is written until a restart\n");
    EXPECT_NE(figures().find("\ntenantry_ready 0\n"), std::string::npos);
    EXPECT_NE(figures().find("\ntenantry_writer_disk_failed 1\n"), std::string::npos);
}

TEST_F(Operations, a_journal_whose_end_is_not_as_it_was_sealed_makes_it_not_ready) {
    journal_something();
    EXPECT_EQ(ask("/readyz", Phase::Serving).value().status, 200);
    EXPECT_NE(figures().find("\ntenantry_audit_last_event 1\n"), std::string::npos);
    damage_the_journal();
    EXPECT_EQ(ask("/readyz", Phase::Serving).value().status, 503);
    EXPECT_NE(figures().find("\ntenantry_ready 0\n"), std::string::npos);
    EXPECT_EQ(figures().find("tenantry_audit_last_event"), std::string::npos);
}

TEST_F(Operations, figures_are_for_this_machine_or_for_whoever_may_see_them) {
    EXPECT_TRUE(ask("/metrics", Phase::Serving, "127.0.0.1").ok());
    EXPECT_TRUE(ask("/metrics", Phase::Serving, "127.8.9.1").ok());
    EXPECT_TRUE(ask("/metrics", Phase::Serving, "::1").ok());
    for (const auto* address : {"192.0.2.7", "128.0.0.1", "2001:db8::1", ""}) {
        EXPECT_EQ(ask("/metrics", Phase::Serving, address).error().code, Code::Unauthenticated) << address;
    }
}

TEST_F(Operations, events_without_a_signed_head_are_told_where_heads_are_handed_out) {
    journal_something();
    journal_something();
    EXPECT_EQ(figures().find("tenantry_audit_events_unsigned"), std::string::npos);
    settings_.signs_audit_heads = true;
    EXPECT_NE(figures().find("\ntenantry_audit_events_unsigned 2\n"), std::string::npos);
    metrics_.set_audit_heads(1, std::chrono::steady_clock::now());
    EXPECT_NE(figures().find("\ntenantry_audit_events_unsigned 1\n"), std::string::npos);
    // Events that came while the snapshot was read.
    metrics_.set_audit_heads(3, std::chrono::steady_clock::now());
    EXPECT_NE(figures().find("\ntenantry_audit_events_unsigned 0\n"), std::string::npos);
}

}  // namespace
}  // namespace tenantry::api
