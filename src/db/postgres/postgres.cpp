#include "db/postgres/postgres.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "db/postgres/connection.hpp"
#include "db/postgres/group.hpp"
#include "db/postgres/schema.hpp"
#include "db/tables.hpp"

namespace tenantry::db {

namespace {

using std::chrono::milliseconds;

/// How long one statement may take: of a request, which is answered within five seconds; of whoever reads
/// much; of the writer, which makes indexes (but PgGroup waits for most writes no longer than for a request).
constexpr milliseconds kPromptLimit{3500};
constexpr milliseconds kPatientLimit = std::chrono::hours{1};

/// One snapshot for all that is read, which the first statement takes.
constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Which transactions a snapshot sees (PostgreSQL, 9.27.9).
constexpr Sql kSnapshot{"db/snapshot", "SELECT pg_current_snapshot()::text", ""};

class PgReader final : public OnConnection<PgConnection, Reader> {
  public:
    using OnConnection<PgConnection, Reader>::OnConnection;

    Result<void> begin() override {
        VERIFY(!in_snapshot_);
        TRY(connection().begin_with_next(kBegin));
        in_snapshot_ = true;
        version_is_known_ = false;
        const auto asked = connection().expect(kSnapshot, {});
        if (!asked.ok()) {
            end();
        }
        return asked;
    }
    void end() noexcept override {
        VERIFY(in_snapshot_ && !connection().has_open_rows());
        in_snapshot_ = false;
        connection().forget_expected();
        if (connection().in_transaction()) {
            connection().send_ahead("ROLLBACK");
        }
    }
    [[nodiscard]] bool in_snapshot() const override { return in_snapshot_; }
    [[nodiscard]] bool has_failed() const override { return connection().has_failed(); }
    /// By the transactions that the snapshot sees. Of another server the same numbers may be others.
    [[nodiscard]] Result<std::int64_t> data_version() override {
        if (!version_is_known_) {
            std::string snapshot;
            TRY(find(kSnapshot, std::tie(snapshot)));
            if (snapshot != snapshot_ || times_connected_ != connection().times_connected()) {
                snapshot_ = std::move(snapshot);
                times_connected_ = connection().times_connected();
                ++data_version_;
            }
            version_is_known_ = true;
        }
        return data_version_;
    }

  protected:
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params) override {
        VERIFY(in_snapshot_);
        return OnConnection<PgConnection, Reader>::prepare(sql, params);
    }
    [[nodiscard]] Result<void> expect_with(const Sql& sql, std::span<const Param> params) override {
        VERIFY(in_snapshot_);
        return connection().expect(sql, params);
    }

  private:
    bool in_snapshot_ = false;
    bool version_is_known_ = false;  ///< of this snapshot
    std::string snapshot_;
    std::int64_t times_connected_ = 0;
    std::int64_t data_version_ = 0;
};

class PgDatabase final : public Database {
  public:
    PgDatabase(std::shared_ptr<PgServers> servers, std::unique_ptr<PgTransaction> tx)
        : servers_(std::move(servers)), writer_(std::make_unique<PgGroup>(std::move(tx)), {}) {}

    [[nodiscard]] bool is_shared() const override { return true; }
    void before_each_group(const GroupPrelude& prelude) override { writer_.before_each_group(prelude); }
    void write(std::unique_ptr<WriteJob> job, Urgency urgency) override {
        writer_.write(std::move(job), urgency);
    }
    Result<std::unique_ptr<Reader>> open_reader(ReaderUse use) override {
        return std::unique_ptr<Reader>{std::make_unique<PgReader>(
            TRY(PgConnection::open(servers_, use == ReaderUse::Occasional ? kPatientLimit : kPromptLimit)))};
    }
    [[nodiscard]] std::optional<WriterFigures> writer_figures() const override { return writer_.figures(); }
    /// The server's log is the server's: what was removed leaves it as it is recycled.
    Result<void> empty_log() override { return {}; }
    Result<void> check_integrity() override {
        TRY(open_reader(ReaderUse::Prompt));
        return {};
    }
    /// Frees the space of removed rows; the server overwrites it with the next ones.
    Result<void> scrub() override {
        const auto connection = TRY(PgConnection::open(servers_, kPatientLimit));
        return connection->run_script("db/scrub", "VACUUM");
    }

  private:
    std::shared_ptr<PgServers> servers_;
    Writer writer_;
};

/// Of a standby that hears of commits some time after they were acknowledged: were it promoted, they would be
/// gone.
Result<void> warn_of_lagging_standby(PgConnection& connection) {
    const auto lags = TRY(connection.ask("db/standby",
                                         "SELECT (current_setting('synchronous_standby_names') = ''"
                                         " AND EXISTS (SELECT FROM pg_stat_replication))::int"));
    if (lags == "1") {
        log(LogLevel::Warning,
            "the standby is not synchronous: to promote it loses what was acknowledged last");
    }
    return {};
}

constexpr Error kTaken{Code::Conflict, "there is a register in this database already"};

Result<std::unique_ptr<PgTransaction>> connect(const std::shared_ptr<PgServers>& servers) {
    return std::make_unique<PgTransaction>(TRY(PgConnection::open(servers, kPatientLimit)));
}

}  // namespace

Result<void> create_postgres(const std::string& url, const Clock& clock) {
    const auto tx = TRY(connect(std::make_shared<PgServers>(url)));
    TRY(check_encoding(*tx));
    auto schema = postgres_schema(*tx);
    // Asked before an older register is changed. Of an init that was ended there is the schema, or its first
    // part.
    if (TRY(schema.has_migrations()) && TRY(has_instance(*tx))) {
        return kTaken;
    }
    TRY(migrate(schema, postgres_migrations(), clock));
    return TRY(is_as_at_first(*tx)) ? Result<void>{} : Result<void>{kTaken};
}

Result<std::unique_ptr<Database>> open_postgres(const std::string& url, const Clock& clock, PgMemory memory) {
    const auto servers = std::make_shared<PgServers>(url, std::move(memory));
    auto tx = TRY(connect(servers));
    auto schema = postgres_schema(*tx);
    if (!TRY(schema.has_migrations())) {
        return Error{Code::NotFound, "there is no register in this database"};
    }
    TRY(migrate(schema, postgres_migrations(), clock));
    const auto version = TRY(tx->connection().ask("db/version", "SHOW server_version"));
    log(LogLevel::Info, "register open", {{"postgresql", SafeText{version}}});
    TRY(warn_of_lagging_standby(tx->connection()));
    return std::unique_ptr<Database>{std::make_unique<PgDatabase>(servers, std::move(tx))};
}

}  // namespace tenantry::db
