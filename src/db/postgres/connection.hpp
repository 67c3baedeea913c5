// One connection to PostgreSQL with its prepared statements. Belongs to one thread at a time. Rows arrive one
// by one; where another statement is asked for before the last has arrived, those that are left wait in
// memory. What is queued goes with the next statement that somebody waits for: one way there and back for all
// of them, in libpq's pipeline. The first of them that fails keeps the rest from being run, and is what that
// exchange fails with. What is expected is queued too, and its answer kept for whoever asks for it. Where the
// same is expected for several parameters, or rows are put into a table one after the other, the server is
// given one statement for all of them: each costs it as much to begin as several rows cost it to find.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/on_connection.hpp"
#include "db/postgres/address.hpp"
#include "db/postgres/parameters.hpp"

struct pg_conn;
struct pg_result;

namespace tenantry::db {

class PgConnection;

struct ClearResult {
    void operator()(pg_result* result) const;
};
using PgResult = std::unique_ptr<pg_result, ClearResult>;

/// Rows of a result.
struct PgAnswer {
    std::shared_ptr<pg_result> rows = nullptr;
    int begin = 0;
    int end = 0;
    int columns = 0;  ///< the first so many are the statement's

    /// What was asked together has its own rows each; none where they did not come one after the other.
    /// Nobody waits for the answer where it is null.
    static void split(const std::shared_ptr<pg_result>& all, std::span<PgAnswer* const> asked);
};

/// In which order rows that wait to be put into tables are.
enum class RowOrder : std::uint8_t {
    AsSent,   ///< those of a table together that came one after the other
    ByTable,  ///< all of a table together, in the order of each one's first: for who can begin anew, should
              ///< one of another table be missing
};

class PgStatement final : public Statement {
  public:
    PgStatement(PgConnection& connection, const Sql& sql, std::string prepared_name);

    /// Sends it to the server, which knows it from the first time on, behind what is queued.
    [[nodiscard]] Result<void> send(std::span<const Param> params);
    [[nodiscard]] Result<void> queue(std::span<const Param> params);
    /// The same for several at once, of the same types: the server begins one statement for all of them.
    [[nodiscard]] Result<void> queue_together(std::span<const std::vector<Param>> asked);
    [[nodiscard]] Result<bool> step() override;
    void reset() noexcept override;
    [[nodiscard]] int column_count() const override;
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;
    [[nodiscard]] ByteView blob(int column) const override;

    /// Takes what has not arrived yet into memory, so that the connection is free.
    void buffer_rest();
    /// Whether it is a SELECT, of which several may be asked for in one.
    [[nodiscard]] bool only_reads() const;
    /// Whether it puts one row into a table, and tells nobody what became of it.
    [[nodiscard]] bool inserts_row() const { return inserts_row_; }
    /// Has these rows for its answer, as though it had been sent now.
    void answer_with(PgAnswer answer);

  private:
    /// The statement for as many of each parameter as one likes.
    PgStatement(const PgStatement& each, std::size_t parameters);

    [[nodiscard]] Result<void> make_known(std::vector<unsigned> types);
    /// Leaves it with libpq.
    [[nodiscard]] Result<void> hand_over(std::span<const Param> params);
    /// The next row, or nothing after the last.
    [[nodiscard]] Result<PgResult> receive();
    void show(PgResult row);

    PgConnection& connection_;
    std::string_view name_;
    std::string own_text_;
    std::string_view text_;
    std::string prepared_name_;
    bool is_query_;  ///< what the server can prepare; else it changes the schema
    bool inserts_row_;
    bool is_known_ = false;        ///< to the server, by its prepared name
    std::vector<unsigned> types_;  ///< of the parameters, as it was prepared
    bool open_ = false;
    bool arriving_ = false;
    PgAnswer answer_;  ///< one row, or all where they came together
    int at_ = 0;       ///< of its rows
    std::deque<PgResult> buffered_;
    std::optional<Error> failure_;  ///< after what is buffered
    std::unique_ptr<PgStatement> together_ = nullptr;
};

class PgConnection {
  public:
    /// Connects. Invalid: the address is not one, or would let personal data pass a network without a
    /// verified certificate. Unavailable: nobody answers, or not to us. A statement may take as long as the
    /// limit; 0: as long as it takes.
    [[nodiscard]] static Result<std::unique_ptr<PgConnection>> open(std::shared_ptr<PgServers> servers,
                                                                    std::chrono::milliseconds limit);
    [[nodiscard]] static Result<std::unique_ptr<PgConnection>> open(std::string_view url,
                                                                    std::chrono::milliseconds limit);
    /// From now on a database that says nothing for so long is taken for gone. A statement is ended by the
    /// database itself after the limit that the connection was opened with.
    void wait_at_most(std::chrono::milliseconds silence) { silence_ = silence; }

    /// The cached statement of sql, sent. The cache knows it by its text's address.
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params);
    /// Queues it. A statement that is not a query is none for this.
    [[nodiscard]] Result<void> queue(const Sql& sql, std::span<const Param> params);
    /// Queues a query whose answer is kept for whoever prepares the same before forget_expected().
    [[nodiscard]] Result<void> expect(const Sql& sql, std::span<const Param> params);
    void forget_expected();
    /// Queues a command that has neither parameters nor rows; the name is for the log.
    [[nodiscard]] Result<void> queue_command(std::string_view name, const std::string& command);
    void gather_rows(RowOrder order) { row_order_ = order; }
    /// As though the rows that wait had not been queued.
    void forget_rows() { to_insert_.clear(); }
    /// Where the changes are that were asked for so far.
    struct Place {
        std::size_t rows = 0;
        std::uint64_t changes = 0;
    };
    [[nodiscard]] Place place() const { return {to_insert_.size(), changes_sent_}; }
    /// Forgets the rows since then. False: changes were sent since then, or the transaction has failed.
    [[nodiscard]] bool go_back_to(const Place& place);
    /// Sends what is queued and waits for it.
    [[nodiscard]] Result<void> flush();
    /// The place in the queue of what is queued next.
    [[nodiscard]] Result<std::uint64_t> end_of_queue();
    /// Whether a statement queued before that place has failed since it was told.
    [[nodiscard]] bool failed_before(std::uint64_t place) const { return failed_at_ < place; }
    /// Runs statements, separated by semicolons, in one exchange; the name is for the log.
    [[nodiscard]] Result<void> run_script(std::string_view name, const std::string& script);
    /// The same, and the last one's single value as text.
    [[nodiscard]] Result<std::string> ask(std::string_view name, const std::string& script);
    /// The same to begin a transaction: where the connection was lost, of a new one. Nothing was on its way,
    /// so nothing is done twice.
    [[nodiscard]] Result<std::string> begin(std::string_view name, const std::string& script);
    /// The same of a command that goes with the first statement. Where the connection is found lost then, of
    /// a new one.
    [[nodiscard]] Result<void> begin_with_next(const char* command);
    /// Begins to send rows: the statement is a COPY … FROM STDIN.
    [[nodiscard]] Result<void> begin_rows(std::string_view name, const std::string& statement);
    /// Any part of them.
    [[nodiscard]] Result<void> send_rows(std::string_view name, ByteView bytes);
    /// The server has taken them all. Conflict: a constraint refused one.
    [[nodiscard]] Result<void> end_rows(std::string_view name);
    /// Sends a script whose outcome the next use of the connection waits for.
    void send_ahead(const char* script) noexcept;
    [[nodiscard]] bool is_lost() const;
    /// Whether a transaction is open, or failed and was not rolled back yet.
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] bool transaction_failed() const;
    /// Whether nothing more can be asked in the transaction that begin_with_next() began. While nothing of it
    /// was answered it begins anew.
    [[nodiscard]] bool has_failed() const {
        return opening_ == nullptr && (is_lost() || transaction_failed());
    }
    [[nodiscard]] bool has_open_rows() const { return open_.any(); }
    /// How often it was connected: another number may mean another server.
    [[nodiscard]] std::int64_t times_connected() const { return times_connected_; }
    [[nodiscard]] std::int64_t changes() const { return changes_; }
    /// The last failure that was not a constraint's.
    [[nodiscard]] Error last_failure() const { return last_failure_; }
    void count_time_in(std::chrono::nanoseconds& spent) { open_.count_time_in(spent); }

  private:
    friend class PgStatement;
    struct Finish {
        void operator()(pg_conn* handle) const;
    };
    struct Expected {
        PgStatement* statement;
        KeptParams parameters;
        std::size_t times = 1;
        PgAnswer answer = {};  ///< once it came
    };
    struct KeptRow {
        PgStatement* statement;
        KeptParams parameters;
    };
    struct Queued {
        std::string_view name;
        std::vector<Expected*> expected = {};  ///< several of a statement are asked together
    };

    PgConnection(std::shared_ptr<PgServers> servers, std::chrono::milliseconds limit);
    /// To a server that can be written, and was not replaced by another.
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> connect_to(const PgParameters& parameters);
    /// Sets up the session. Whether the server is on the latest timeline.
    [[nodiscard]] Result<bool> settle_in();
    /// Nobody is there, for some time.
    [[nodiscard]] Error give_up(Literal why);
    /// Who begins next is told at once of the last failure; a queue of them must not wait for one time limit
    /// after another.
    void hold_off();
    /// Connects anew where the connection was lost; what was prepared is forgotten.
    [[nodiscard]] Result<void> mend();
    /// The next result of what was sent; null after the last.
    [[nodiscard]] PgResult next_result();
    /// The last one, or the one that a COPY begins with.
    [[nodiscard]] PgResult last_result();
    void take_in_rest();
    /// Returns when libpq need not wait for the database, which is taken for gone where it says nothing.
    void wait_for_answer();
    [[nodiscard]] Result<PgResult> exchange(std::string_view name, const std::string& script);
    /// Waits for what was sent ahead and takes in what still arrives.
    void settle();
    [[nodiscard]] Result<PgStatement*> statement_of(const Sql& sql);
    /// Its answer, where that was expected; else it is sent.
    [[nodiscard]] Result<Statement*> answer_or_send(const Sql& sql, std::span<const Param> params);
    /// Queues what was kept to go together.
    [[nodiscard]] Result<void> send_kept();
    [[nodiscard]] Result<void> send_expected();
    [[nodiscard]] Result<void> send_rows_kept();
    /// Queues some of the same statement as one.
    template <class One>
    [[nodiscard]] static Result<void> queue_alike(std::span<One* const> alike);
    [[nodiscard]] std::vector<std::unique_ptr<Expected>>::iterator find_expected(
        const PgStatement& statement, std::span<const Param> params);
    static void give(const Queued& queued, PgResult result);
    /// Before something is left with libpq for the queue.
    [[nodiscard]] Result<void> begin_queue();
    /// Sends what is queued, with what was left with libpq after it, and takes in what it was answered. An
    /// error: nothing will be answered to what came after it.
    [[nodiscard]] Result<void> take_answers();
    /// After the last answer of a queue.
    void end_queue();
    /// Logs and remembers a failure; a constraint's refusal is expected and only translated.
    [[nodiscard]] Error fail(std::string_view name, const pg_result* result);

    std::shared_ptr<PgServers> servers_;
    std::chrono::milliseconds limit_;    ///< of one statement
    std::chrono::milliseconds silence_;  ///< that is waited through
    std::unique_ptr<pg_conn, Finish> handle_;
    std::unordered_map<const char*, PgStatement> statements_;
    PgStatement* arriving_ = nullptr;  ///< whose rows the server is sending
    bool sent_ahead_ = false;
    std::vector<Queued> queued_;
    std::uint64_t answered_ = 0;  ///< of all that was ever queued
    std::uint64_t failed_at_ = 0;
    std::vector<std::unique_ptr<Expected>> expected_;
    std::vector<Expected*> unsent_;  ///< of those
    std::vector<KeptRow> to_insert_;
    RowOrder row_order_ = RowOrder::AsSent;
    std::uint64_t changes_sent_ = 0;  ///< or left with libpq
    bool in_pipeline_ = false;
    const char* opening_ = nullptr;  ///< begins the transaction, of which nothing was answered yet
    bool lost_ = false;
    std::chrono::steady_clock::time_point try_again_at_;
    std::int64_t times_connected_ = 0;
    std::int64_t changes_ = 0;
    OpenStatements open_;
    Error last_failure_{Code::Unavailable, "the database failed"};
};

class PgTransaction final : public OnConnection<PgConnection, Transaction> {
  public:
    using OnConnection::OnConnection;

  protected:
    [[nodiscard]] Result<void> send_with(const Sql& sql, std::span<const Param> params) override {
        return connection().queue(sql, params);
    }
    [[nodiscard]] Result<void> expect_with(const Sql& sql, std::span<const Param> params) override {
        return connection().expect(sql, params);
    }
};

}  // namespace tenantry::db
