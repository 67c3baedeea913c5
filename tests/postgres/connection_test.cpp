// What is asked of PostgreSQL before it is needed: its answers are those of the statement when it is asked,
// and who does not ask has asked nothing.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

#include "base/ascii.hpp"
#include "db/postgres/connection.hpp"
#include "db/postgres/postgres.hpp"
#include "tests/support/engine.hpp"

namespace tenantry::db {
namespace {

using namespace std::chrono_literals;

constexpr Sql kNext{"test/next", "SELECT $1::bigint + 1", ""};
constexpr Sql kEcho{"test/echo", "SELECT $1::text, $2::bytea", ""};
constexpr Sql kUpTo{"test/up_to", "SELECT g::bigint FROM generate_series(1, $1::bigint) g", ""};
constexpr Sql kCount{"test/count", "SELECT count(*) FROM counted", ""};
constexpr Sql kAdd{"test/add", "INSERT INTO counted VALUES ($1)", ""};
constexpr Sql kAddPair{"test/add_pair", "INSERT INTO pairs (name, bytes) VALUES ($1, $2)", ""};
constexpr Sql kAddNew{"test/add_new", "INSERT INTO counted (n) VALUES ($1) ON CONFLICT DO NOTHING", ""};
constexpr Sql kPairs{"test/pairs",
                     "SELECT coalesce(string_agg(coalesce(name, 'nobody') || '=' || "
                     "coalesce(convert_from(bytes, 'UTF8'), 'nothing'), ' ' ORDER BY id), '') FROM pairs",
                     ""};
constexpr Sql kPairIds{"test/pair_ids", "SELECT id FROM pairs WHERE name = $1", ""};
constexpr Sql kNewestPairs{"test/newest_pairs", "SELECT id FROM pairs WHERE name = $1 ORDER BY id DESC", ""};
constexpr Sql kFails{"test/fails", "SELECT 1 / $1::bigint", ""};
constexpr Sql kBackend{"test/backend", "SELECT pg_backend_pid()::bigint", ""};

std::string url_of(std::string_view database) {
    return fmt::format("postgresql:///{}?host={}&user=postgres", database, test::postgres_server());
}

/// A transaction, as a write has it.
class ExpectTest : public testing::Test {
  protected:
    void SetUp() override {
        run("CREATE TEMPORARY TABLE counted (n bigint PRIMARY KEY)");
        run("CREATE TEMPORARY TABLE pairs (id bigserial PRIMARY KEY, name text, bytes bytea)");
        run("BEGIN");
    }

    void run(const std::string& script) { ASSERT_TRUE(connection().run_script("test/script", script).ok()); }
    PgConnection& connection() { return tx_.connection(); }
    Result<std::int64_t> ask(const Sql& sql, std::optional<std::int64_t> number = std::nullopt) {
        std::int64_t answer = 0;
        const auto found =
            number ? tx_.find(sql, std::tie(answer), *number) : tx_.find(sql, std::tie(answer));
        return found.ok() ? Result<std::int64_t>{answer} : found.error();
    }

    PgTransaction tx_{PgConnection::open(url_of("postgres"), 10s).value()};
};

TEST_F(ExpectTest, each_is_answered_for_its_own_parameters_in_any_order) {
    for (const std::int64_t number : {1, 2, 3}) {
        ASSERT_TRUE(tx_.expect(kNext, number).ok());
    }
    for (const std::int64_t number : {3, 1, 7, 2}) {
        EXPECT_EQ(ask(kNext, number).value(), number + 1);
    }
}

TEST_F(ExpectTest, a_parameter_may_be_a_value_and_nothing_in_turn) {
    constexpr Sql kOrNobody{"test/or_nobody",
                            "SELECT coalesce($1::text, 'nobody') || coalesce($2::bigint, 0)", ""};
    const auto said = [this, &kOrNobody](auto name, auto number) {
        std::string answer;
        EXPECT_TRUE(tx_.find(kOrNobody, std::tie(answer), name, number).ok());
        return answer;
    };
    EXPECT_EQ(said("one", nullptr), "one0");
    EXPECT_EQ(said(nullptr, 1), "nobody1");
    EXPECT_EQ(said("two", 2), "two2");
    EXPECT_EQ(said(nullptr, nullptr), "nobody0");
}

TEST_F(ExpectTest, texts_and_bytes_that_look_alike_are_told_apart) {
    const auto echo = [&](std::string_view text, std::string_view bytes) {
        std::string first;
        std::string second;
        EXPECT_TRUE(tx_.find(kEcho, std::tie(first, second), text, bytes_of(bytes)).ok());
        return first + '/' + second;
    };
    ASSERT_TRUE(tx_.expect(kEcho, std::string_view{"a"}, bytes_of("bc")).ok());
    ASSERT_TRUE(tx_.expect(kEcho, std::string_view{"ab"}, bytes_of("c")).ok());
    ASSERT_TRUE(tx_.expect(kEcho, std::string_view{""}, bytes_of("abc")).ok());
    EXPECT_EQ(echo("", "abc"), "/abc");
    EXPECT_EQ(echo("ab", "c"), "ab/c");
    EXPECT_EQ(echo("abc", ""), "abc/");
    EXPECT_EQ(echo("a", "bc"), "a/bc");
}

TEST_F(ExpectTest, all_rows_come_and_none_where_there_are_none) {
    ASSERT_TRUE(tx_.expect(kUpTo, 5).ok());
    ASSERT_TRUE(tx_.expect(kUpTo, 0).ok());
    for (const std::int64_t most : {0, 5}) {
        Rows rows = tx_.query(kUpTo, most).value();
        std::int64_t count = 0;
        while (rows.next().value()) {
            std::int64_t number = 0;
            rows.into(number);
            EXPECT_EQ(number, ++count);
        }
        EXPECT_EQ(count, most);
        EXPECT_FALSE(rows.next().value()) << "and goes on saying so";
    }
}

TEST_F(ExpectTest, rows_that_are_read_meanwhile_are_not_lost) {
    Rows rows = tx_.query(kUpTo, 3).value();
    ASSERT_TRUE(rows.next().value());
    ASSERT_TRUE(tx_.expect(kNext, 1).ok());
    EXPECT_EQ(ask(kNext, 1).value(), 2);
    std::int64_t number = 0;
    while (rows.next().value()) {
        rows.into(number);
    }
    EXPECT_EQ(number, 3);
}

TEST_F(ExpectTest, an_answer_is_given_once_and_what_is_asked_again_sees_what_was_done) {
    ASSERT_TRUE(tx_.expect(kCount).ok());
    EXPECT_EQ(ask(kCount).value(), 0);
    ASSERT_TRUE(tx_.execute(kAdd, 1).ok());
    EXPECT_EQ(ask(kCount).value(), 1);
}

TEST_F(ExpectTest, what_several_expect_is_asked_once_and_answered_to_each) {
    constexpr Sql kSerial{"test/serial", "SELECT nextval('pairs_id_seq')", ""};
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(tx_.expect(kSerial).ok());
        ASSERT_TRUE(tx_.expect(kNext, 7).ok());
    }
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(ask(kSerial).value(), 1);
        EXPECT_EQ(ask(kNext, 7).value(), 8);
    }
    EXPECT_EQ(ask(kSerial).value(), 2);
}

TEST_F(ExpectTest, what_was_forgotten_is_asked_anew) {
    ASSERT_TRUE(tx_.expect(kCount).ok());
    connection().forget_expected();
    ASSERT_TRUE(tx_.send(kAdd, 1).ok());
    EXPECT_EQ(ask(kCount).value(), 1);
    ASSERT_TRUE(tx_.expect(kCount).ok());
    ASSERT_TRUE(connection().flush().ok());
    connection().forget_expected();
    ASSERT_TRUE(tx_.execute(kAdd, 2).ok());
    EXPECT_EQ(ask(kCount).value(), 2);
}

TEST_F(ExpectTest, comes_whole_after_a_statement_that_came_row_by_row) {
    EXPECT_EQ(ask(kNext, 1).value(), 2);
    ASSERT_TRUE(tx_.expect(kNext, 2).ok());
    ASSERT_TRUE(connection().flush().ok());
    EXPECT_EQ(ask(kNext, 2).value(), 3);
}

TEST_F(ExpectTest, more_than_are_kept_are_asked_one_by_one) {
    for (std::int64_t number = 0; number < 1000; ++number) {
        ASSERT_TRUE(tx_.expect(kNext, number).ok());
    }
    for (std::int64_t number = 999; number >= 0; --number) {
        ASSERT_EQ(ask(kNext, number).value(), number + 1);
    }
}

TEST_F(ExpectTest, one_that_fails_fails_whoever_asks_first_and_the_transaction) {
    ASSERT_TRUE(tx_.expect(kNext, 1).ok());
    ASSERT_TRUE(tx_.expect(kFails, 0).ok());
    ASSERT_TRUE(tx_.expect(kNext, 2).ok());
    EXPECT_EQ(ask(kNext, 2).error().code, Code::Internal);
    EXPECT_TRUE(connection().transaction_failed());
    EXPECT_FALSE(ask(kNext, 1).ok());
    run("ROLLBACK; BEGIN");
    EXPECT_EQ(ask(kNext, 1).value(), 2);
}

/// What is put into a table row by row reaches the server in one statement.
class InsertTest : public ExpectTest {
  protected:
    using Name = std::optional<std::string_view>;
    using Content = std::optional<ByteView>;
    void add(Name name, Content bytes) { ASSERT_TRUE(tx_.send(kAddPair, name, bytes).ok()); }
    std::string pairs() {
        std::string all;
        EXPECT_TRUE(tx_.find(kPairs, std::tie(all)).ok());
        return all;
    }
};

TEST_F(InsertTest, all_rows_come_in_their_order_with_what_is_empty_and_what_is_not_there) {
    add("one", bytes_of("1"));
    add("", bytes_of("x"));
    add(std::nullopt, bytes_of(""));
    add("O'Hara {\"a\",NULL}", std::nullopt);
    add("one", bytes_of("2"));
    EXPECT_EQ(pairs(), "one=1 =x nobody= O'Hara {\"a\",NULL}=nothing one=2");
    EXPECT_EQ(
        ask(Sql{"test/statements",
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO pairs%'", ""})
            .value(),
        1)
        << "one statement for all of them";
}

TEST_F(InsertTest, as_many_as_one_likes) {
    constexpr int kRows = 1500;
    for (int i = 0; i < kRows; ++i) {
        ASSERT_TRUE(tx_.send(kAdd, i).ok());
    }
    EXPECT_EQ(ask(kCount).value(), kRows);
}

TEST_F(InsertTest, what_is_there_already_is_left_alone) {
    for (const int number : {1, 2, 2, 1, 3}) {
        ASSERT_TRUE(tx_.send(kAddNew, number).ok());
    }
    EXPECT_EQ(ask(kCount).value(), 3);
}

TEST_F(InsertTest, rows_stay_with_the_savepoint_that_they_were_sent_in) {
    add("kept", bytes_of("1"));
    ASSERT_TRUE(connection().queue_command("test/savepoint", "SAVEPOINT job2").ok());
    add("taken back", bytes_of("2"));
    ASSERT_TRUE(connection().flush().ok());
    run("ROLLBACK TO job2");
    add("kept too", bytes_of("3"));
    EXPECT_EQ(pairs(), "kept=1 kept too=3");
}

TEST_F(InsertTest, other_statements_see_the_rows_that_were_sent_before_them) {
    add("first", bytes_of("1"));
    ASSERT_TRUE(tx_.execute(Sql{"test/rename", "UPDATE pairs SET name = 'renamed'", ""}).ok());
    add("second", bytes_of("2"));
    ASSERT_TRUE(tx_.send(Sql{"test/remove", "DELETE FROM pairs WHERE name = 'second'", ""}).ok());
    add("third", bytes_of("3"));
    EXPECT_EQ(pairs(), "renamed=1 third=3");
}

TEST_F(InsertTest, one_that_a_constraint_refuses_fails_the_next_exchange) {
    for (const int number : {1, 2, 1}) {
        ASSERT_TRUE(tx_.send(kAdd, number).ok());
    }
    EXPECT_EQ(connection().flush().error().code, Code::Conflict);
    run("ROLLBACK; BEGIN");
    ASSERT_TRUE(tx_.send(kAdd, 1).ok());
    EXPECT_EQ(ask(kCount).value(), 1);
}

TEST_F(InsertTest, those_of_each_table_go_together_where_their_order_among_tables_does_not_matter) {
    connection().gather_rows(RowOrder::ByTable);
    for (const int number : {1, 2, 3}) {
        ASSERT_TRUE(tx_.send(kAdd, number).ok());
        add("one", bytes_of("1"));
    }
    EXPECT_EQ(pairs(), "one=1 one=1 one=1");
    EXPECT_EQ(ask(kCount).value(), 3);
    constexpr Sql kStatements{
        "test/statements", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT %'", ""};
    EXPECT_EQ(ask(kStatements).value(), 2) << "one for each table";
    connection().gather_rows(RowOrder::AsSent);
    ASSERT_TRUE(tx_.send(kAdd, 4).ok());
    add("two", bytes_of("2"));
    EXPECT_EQ(ask(kCount).value(), 4);
    EXPECT_EQ(ask(kStatements).value(), 4) << "and one for one row";
}

TEST_F(InsertTest, rows_that_wait_can_be_forgotten_and_those_that_were_sent_cannot) {
    connection().gather_rows(RowOrder::ByTable);
    add("kept", bytes_of("1"));
    const auto after_one = connection().place();
    ASSERT_TRUE(tx_.send(kAdd, 1).ok());
    add("forgotten", bytes_of("2"));
    EXPECT_TRUE(connection().go_back_to(after_one));
    EXPECT_TRUE(connection().go_back_to(after_one)) << "nothing happened since";
    EXPECT_EQ(ask(kNext, 1).value(), 2);
    EXPECT_FALSE(connection().go_back_to(after_one)) << "the question took the rows along";
    const auto after_question = connection().place();
    EXPECT_EQ(ask(kNext, 1).value(), 2);
    EXPECT_TRUE(connection().go_back_to(after_question)) << "a question changes nothing";
    EXPECT_EQ(pairs(), "kept=1");
    EXPECT_EQ(ask(kCount).value(), 0);
    EXPECT_FALSE(ask(kFails, 0).ok());
    EXPECT_FALSE(connection().go_back_to(connection().place())) << "the transaction has failed";
}

TEST_F(InsertTest, what_was_expected_together_is_answered_each_with_its_own_rows) {
    for (const std::string_view name : {"a", "b", "a", "c", "a"}) {
        add(name, bytes_of(name));
    }
    const auto ids_of = [&](const Sql& sql, std::string_view name) {
        std::vector<std::int64_t> ids;
        Rows rows = tx_.query(sql, name).value();
        while (rows.next().value()) {
            rows.into(ids.emplace_back());
        }
        return ids;
    };
    ASSERT_TRUE(connection().flush().ok());
    for (const std::string_view name : {"c", "nobody", "a", "b"}) {
        ASSERT_TRUE(tx_.expect(kPairIds, name).ok());
        ASSERT_TRUE(tx_.expect(kNewestPairs, name).ok());
    }
    for (const std::string_view name : {"a", "b", "c", "nobody", "a"}) {
        const auto newest = ids_of(kNewestPairs, name);
        EXPECT_TRUE(std::ranges::is_sorted(newest, std::greater{})) << name;
        auto ids = ids_of(kPairIds, name);
        std::ranges::sort(ids, std::greater{});
        EXPECT_EQ(ids, newest) << name;
        EXPECT_EQ(ids.size(), name == "a" ? 3U : name == "nobody" ? 0U : 1U);
    }
}

/// Readers of a register.
class SnapshotTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        const auto admin = PgConnection::open(url_of("postgres"), 60s).value();
        ASSERT_TRUE(admin
                        ->run_script("test/create",
                                     fmt::format("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
                                                 "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'",
                                                 name()))
                        .ok());
        ASSERT_TRUE(create_postgres(url_of(name()), SystemClock{}).ok());
    }
    static void TearDownTestSuite() {
        const auto admin = PgConnection::open(url_of("postgres"), 60s).value();
        ASSERT_TRUE(
            admin->run_script("test/drop", fmt::format("DROP DATABASE {} WITH (FORCE)", name())).ok());
    }
    static std::string name() { return fmt::format("snapshots_{}", ::getpid()); }

    std::int64_t version() {
        EXPECT_TRUE(reader_->begin().ok());
        const auto version = reader_->data_version();
        EXPECT_TRUE(version.ok());
        EXPECT_EQ(reader_->data_version().value(), version.value());
        reader_->end();
        return version.value();
    }
    /// Whether the number is the same twice. The server has other tests' databases, too: a commit there,
    /// which changes it as well, may come in between, but not each time.
    bool stays() {
        for (int i = 0; i < 200; ++i) {
            if (const auto one = version(); version() == one) {
                return true;
            }
        }
        return false;
    }
    void commit(const std::string& script) {
        const auto other = PgConnection::open(url_of(name()), 10s).value();
        ASSERT_TRUE(other->run_script("test/commit", script).ok());
    }

    SystemClock clock_;
    std::unique_ptr<Database> database_ = open_postgres(url_of(name()), clock_, {}).value();
    std::unique_ptr<Reader> reader_ = database_->open_reader(ReaderUse::Prompt).value();
};

TEST_F(SnapshotTest, its_number_changes_with_a_commit_and_with_nothing_else) {
    EXPECT_TRUE(stays());
    const auto before = version();
    commit("CREATE TABLE one (n bigint)");
    const auto after = version();
    EXPECT_NE(after, before);
    EXPECT_TRUE(stays());
    commit("INSERT INTO one VALUES (1); DROP TABLE one");
    EXPECT_NE(version(), after);
}

TEST_F(SnapshotTest, a_write_that_is_under_way_is_in_a_later_number) {
    const auto other = PgConnection::open(url_of(name()), 10s).value();
    ASSERT_TRUE(other->run_script("test/begin", "BEGIN; CREATE TABLE slow (n bigint)").ok());
    EXPECT_TRUE(stays());
    const auto under_way = version();
    ASSERT_TRUE(other->run_script("test/commit", "COMMIT").ok());
    EXPECT_NE(version(), under_way);
}

TEST_F(SnapshotTest, after_a_lost_connection_it_is_another_and_nothing_else_is_noticed) {
    ASSERT_TRUE(reader_->begin().ok());
    std::int64_t backend = 0;
    ASSERT_TRUE(reader_->find(kBackend, std::tie(backend)).ok());
    const auto before = reader_->data_version().value();
    reader_->end();
    commit(fmt::format("SELECT pg_terminate_backend({}, 5000)", backend));
    ASSERT_TRUE(reader_->begin().ok());
    ASSERT_TRUE(reader_->expect(kNext, 1).ok());
    EXPECT_NE(reader_->data_version().value(), before);
    std::int64_t next = 0;
    EXPECT_TRUE(reader_->find(kNext, std::tie(next), 1).ok());
    EXPECT_EQ(next, 2);
    EXPECT_FALSE(reader_->has_failed());
    reader_->end();
}

TEST_F(SnapshotTest, one_that_failed_says_so_and_the_next_does_not) {
    ASSERT_TRUE(reader_->begin().ok());
    std::int64_t number = 0;
    EXPECT_FALSE(reader_->find(kFails, std::tie(number), 0).ok());
    EXPECT_TRUE(reader_->has_failed());
    reader_->end();
    ASSERT_TRUE(reader_->begin().ok());
    EXPECT_FALSE(reader_->has_failed());
    EXPECT_TRUE(reader_->find(kNext, std::tie(number), 1).ok());
    reader_->end();
}

TEST_F(SnapshotTest, one_that_nobody_read_in_ends) {
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(reader_->begin().ok());
        ASSERT_TRUE(reader_->expect(kNext, i).ok());
        reader_->end();
    }
    const auto before = version();
    EXPECT_EQ(version(), before);
}

}  // namespace
}  // namespace tenantry::db
