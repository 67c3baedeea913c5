#include "db/postgres/postgres.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "db/postgres/connection.hpp"
#include "db/postgres/group.hpp"
#include "db/postgres/schema.hpp"

namespace tenantry::db {

namespace {

using std::chrono::milliseconds;

/// How long one statement may take: of a request, which is answered within five seconds; of whoever reads
/// much; of the writer, which makes indexes (but PgGroup waits for most writes no longer than for a request).
constexpr milliseconds kPromptLimit{3500};
constexpr milliseconds kPatientLimit = std::chrono::hours{1};

/// One snapshot for all that is read, which the first statement takes.
constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

class PgReader final : public OnConnection<PgConnection, Reader> {
  public:
    using OnConnection<PgConnection, Reader>::OnConnection;

    Result<void> begin() override {
        VERIFY(!in_snapshot_);
        TRY(connection().begin_with_next(kBegin));
        ++data_version_;
        in_snapshot_ = true;
        return {};
    }
    void end() noexcept override {
        VERIFY(in_snapshot_ && !connection().has_open_rows());
        in_snapshot_ = false;
        if (connection().in_transaction()) {
            connection().send_ahead("ROLLBACK");
        }
    }
    [[nodiscard]] bool in_snapshot() const override { return in_snapshot_; }
    /// Equal to no other: nobody here keeps what he read for the next snapshot.
    [[nodiscard]] std::int64_t data_version() const override { return data_version_; }

  protected:
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params) override {
        VERIFY(in_snapshot_);
        return OnConnection<PgConnection, Reader>::prepare(sql, params);
    }

  private:
    bool in_snapshot_ = false;
    std::int64_t data_version_ = 0;
};

class PgDatabase final : public Database {
  public:
    PgDatabase(std::string url, std::unique_ptr<PgTransaction> tx, WriterOptions options)
        : url_(std::move(url)), writer_(std::make_unique<PgGroup>(std::move(tx)), options) {}

    [[nodiscard]] bool is_shared() const override { return true; }
    void before_each_group(const GroupPrelude& prelude) override { writer_.before_each_group(prelude); }
    void write(std::unique_ptr<WriteJob> job, Urgency urgency) override {
        writer_.write(std::move(job), urgency);
    }
    Result<std::unique_ptr<Reader>> open_reader(ReaderUse use) override {
        return std::unique_ptr<Reader>{std::make_unique<PgReader>(
            TRY(PgConnection::open(url_, use == ReaderUse::Occasional ? kPatientLimit : kPromptLimit)))};
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
        const auto connection = TRY(PgConnection::open(url_, kPatientLimit));
        return connection->run_script("db/scrub", "VACUUM");
    }

  private:
    std::string url_;
    Writer writer_;
};

Result<std::unique_ptr<PgTransaction>> connect(const std::string& url) {
    return std::make_unique<PgTransaction>(TRY(PgConnection::open(url, kPatientLimit)));
}

}  // namespace

Result<void> create_postgres(const std::string& url, const Clock& clock) {
    const auto tx = TRY(connect(url));
    TRY(check_encoding(*tx));
    auto schema = postgres_schema(*tx);
    if (TRY(schema.has_migrations())) {
        return Error{Code::Conflict, "there is a register in this database already"};
    }
    return migrate(schema, postgres_migrations(), clock);
}

Result<std::unique_ptr<Database>> open_postgres(const std::string& url, const Clock& clock,
                                                WriterOptions options) {
    auto tx = TRY(connect(url));
    auto schema = postgres_schema(*tx);
    if (!TRY(schema.has_migrations())) {
        return Error{Code::NotFound, "there is no register in this database"};
    }
    TRY(migrate(schema, postgres_migrations(), clock));
    const auto version = TRY(tx->connection().ask("db/version", "SHOW server_version"));
    log(LogLevel::Info, "register open", {{"postgresql", SafeText{version}}});
    return std::unique_ptr<Database>{std::make_unique<PgDatabase>(url, std::move(tx), options)};
}

}  // namespace tenantry::db
