#include "db/postgres/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "db/postgres/address.hpp"

namespace tenantry::db {

namespace {

// The types that the register's columns and parameters have (PostgreSQL, pg_type.dat).
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kNumeric = 1700;
constexpr int kBinary = 1;

constexpr std::chrono::milliseconds kPause{300};

Oid type_of(const Param& param) {
    switch (param.kind()) {
        case Param::Kind::Integer:
            return kInt8;
        case Param::Kind::Text:
            return kText;
        case Param::Kind::Bytes:
            return kBytea;
        case Param::Kind::Unknown:
            return 0;
    }
    VERIFY(false);
}

std::uint64_t big_endian(const unsigned char* bytes, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        number = number << 8U | bytes[i];
    }
    return number;
}

/// A whole number as sums have it: groups of four decimal digits, the first of weight 10,000^weight
/// (PostgreSQL, numeric_send).
std::int64_t whole_of_numeric(ByteView bytes) {
    const auto at = [&](std::size_t place) {
        return static_cast<std::int16_t>(big_endian(bytes.data() + place * 2, 2));
    };
    const auto digits = static_cast<std::size_t>(at(0));
    const auto weight = at(1);
    constexpr std::int16_t kNegative = 0x4000;
    std::int64_t number = 0;
    for (std::int16_t i = 0; i <= weight; ++i) {
        const auto place = static_cast<std::size_t>(i);
        number = number * 10'000 + (place < digits ? at(4 + place) : 0);
    }
    return at(2) == kNegative ? -number : number;
}

struct Parameters {
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    std::vector<std::array<unsigned char, 8>> numbers;

    explicit Parameters(std::span<const Param> params)
        : values(params.size()), lengths(params.size()), formats(params.size(), kBinary) {
        numbers.reserve(params.size());
        for (std::size_t i = 0; i < params.size(); ++i) {
            const auto& value = params[i].value();
            if (const auto* number = std::get_if<std::int64_t>(&value)) {
                auto& bytes = numbers.emplace_back();
                for (std::size_t b = 0; b < bytes.size(); ++b) {
                    bytes.at(7 - b) =
                        static_cast<unsigned char>(static_cast<std::uint64_t>(*number) >> (8 * b));
                }
                set(i, text_of(bytes));
            } else if (const auto* text = std::get_if<std::string_view>(&value)) {
                set(i, *text);
            } else if (const auto* blob = std::get_if<ByteView>(&value)) {
                set(i, text_of(*blob));
            }
        }
    }

  private:
    void set(std::size_t i, std::string_view bytes) {
        values[i] = bytes.empty() ? "" : bytes.data();  // a null pointer would be NULL, and empty is not
        lengths[i] = static_cast<int>(bytes.size());
    }
};

bool is_query(std::string_view text) {
    const auto word = trim(text).substr(0, 6);
    return std::ranges::any_of(std::array{"SELECT", "INSERT", "UPDATE", "DELETE"},
                               [word](std::string_view one) { return word == one; }) ||
           word.starts_with("WITH");
}

/// Whether the connection is of no more use: the server failed, or has become one that only reads.
bool is_loss(std::string_view state) {
    return state.empty() || state.starts_with("08") || state.starts_with("57P") || state == "25006";
}

/// What an SQLSTATE means to us (PostgreSQL, appendix A).
Error error_of(std::string_view state) {
    if (state.starts_with("23")) {
        return {Code::Conflict, "a constraint of the register refused the change"};
    }
    if (state == "53100") {
        return {Code::DiskFull, "the database's disk is full"};
    }
    if (state == "57014") {
        return {Code::Timeout, "the database took too long"};
    }
    if (state.starts_with("40") || state == "55P03") {
        return {Code::Unavailable, "the database is busy; try again"};
    }
    if (is_loss(state) || state.starts_with("53") || state.starts_with("57")) {
        return {Code::Unavailable, "the database cannot be reached"};
    }
    if (state.starts_with("XX00")) {
        return {Code::Corrupt, "the database is damaged"};
    }
    return {Code::Internal, "the database failed"};
}

}  // namespace

void ClearResult::operator()(pg_result* result) const {
    PQclear(result);
}

void PgConnection::Finish::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

PgStatement::PgStatement(PgConnection& connection, const Sql& sql, std::string prepared_name)
    : connection_(connection),
      name_(sql.name),
      text_(sql.postgres.empty() ? sql.text : sql.postgres),
      prepared_name_(std::move(prepared_name)),
      is_query_(is_query(text_)) {}

Result<void> PgStatement::make_known(std::span<const unsigned> types) {
    if (is_known_ && std::ranges::equal(types, types_)) {
        return {};
    }
    VERIFY(!is_known_ || std::ranges::count(types_, 0U) > 0);  // a bare NULL that is now a value
    prepared_name_ += is_known_ ? "x" : "";
    const PgResult made{PQprepare(connection_.handle_.get(), prepared_name_.c_str(),
                                  std::string{text_}.c_str(), static_cast<int>(types.size()), types.data())};
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) {
        return connection_.fail(name_, made.get());
    }
    types_.assign(types.begin(), types.end());
    is_known_ = true;
    return {};
}

Result<void> PgStatement::send(std::span<const Param> params) {
    VERIFY(!open_);
    PGconn* handle = connection_.handle_.get();
    const Parameters bound{params};
    const int count = static_cast<int>(params.size());
    int sent = 0;
    if (is_query_) {
        std::vector<unsigned> types(params.size());
        std::ranges::transform(params, types.begin(), type_of);
        TRY(make_known(types));
        sent = PQsendQueryPrepared(handle, prepared_name_.c_str(), count, bound.values.data(),
                                   bound.lengths.data(), bound.formats.data(), kBinary);
    } else {
        VERIFY(params.empty());
        sent = PQsendQueryParams(handle, std::string{text_}.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                                 kBinary);
    }
    if (sent == 0) {
        return connection_.fail(name_, nullptr);
    }
    VERIFY(PQsetSingleRowMode(handle) == 1);
    open_ = true;
    arriving_ = true;
    failure_.reset();
    connection_.arriving_ = this;
    connection_.open_.opened();
    return {};
}

Result<PgResult> PgStatement::receive() {
    PGconn* handle = connection_.handle_.get();
    PgResult result{PQgetResult(handle)};
    if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
        return result;
    }
    arriving_ = false;
    connection_.arriving_ = nullptr;
    std::optional<Error> failure;
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        failure = connection_.fail(name_, result.get());
    } else if (const std::string_view command = PQcmdStatus(result.get()); !command.starts_with("SELECT")) {
        connection_.changes_ = parse_whole<std::int64_t>(PQcmdTuples(result.get())).value_or(0);
    }
    while (PgResult{PQgetResult(handle)} != nullptr) {
    }
    if (failure) {
        return *failure;
    }
    return PgResult{};
}

Result<bool> PgStatement::step() {
    if (!buffered_.empty()) {
        row_ = std::move(buffered_.front());
        buffered_.pop_front();
        return true;
    }
    if (failure_) {
        return *failure_;
    }
    if (!arriving_) {
        return false;
    }
    row_ = TRY(receive());
    return row_ != nullptr;
}

void PgStatement::buffer_rest() {
    while (arriving_) {
        auto next = receive();
        if (!next.ok()) {
            failure_ = next.error();
        } else if (*next != nullptr) {
            buffered_.push_back(std::move(*next));
        }
    }
}

void PgStatement::reset() noexcept {
    VERIFY(open_);
    while (arriving_) {
        static_cast<void>(receive());
    }
    buffered_.clear();
    failure_.reset();
    row_.reset();
    open_ = false;
    connection_.open_.closed();
}

int PgStatement::column_count() const {
    return PQnfields(row_.get());
}

bool PgStatement::is_null(int column) const {
    return PQgetisnull(row_.get(), 0, column) == 1;
}

std::int64_t PgStatement::integer(int column) const {
    if (is_null(column)) {
        return 0;
    }
    const auto bytes = blob(column);
    switch (PQftype(row_.get(), column)) {
        case kInt8:
            return static_cast<std::int64_t>(big_endian(bytes.data(), 8));
        case kInt4:
            return static_cast<std::int32_t>(big_endian(bytes.data(), 4));
        case kInt2:
            return static_cast<std::int16_t>(big_endian(bytes.data(), 2));
        case kBool:
            return bytes[0];
        case kNumeric:
            return whole_of_numeric(bytes);
        default:
            VERIFY(false);  // a statement reads a number where it selects none
    }
}

std::string_view PgStatement::text(int column) const {
    return text_of(blob(column));
}

ByteView PgStatement::blob(int column) const {
    const auto* data = reinterpret_cast<const unsigned char*>(PQgetvalue(row_.get(), 0, column));
    return {data, static_cast<std::size_t>(PQgetlength(row_.get(), 0, column))};
}

Result<std::unique_ptr<PgConnection>> PgConnection::open(std::string_view url,
                                                         std::chrono::seconds statement_timeout) {
    std::unique_ptr<PgConnection> connection{new PgConnection(std::string{url}, statement_timeout)};
    TRY(connection->connect());
    return connection;
}

Result<void> PgConnection::connect() {
    const auto parameters = TRY(connection_parameters(url_));
    std::vector<const char*> names;
    std::vector<const char*> values;
    names.reserve(parameters.size() + 1);
    values.reserve(parameters.size() + 1);
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    handle_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    lost_ = PQstatus(handle_.get()) != CONNECTION_OK;
    if (lost_) {
        // Who asks next is told so at once; a queue of them must not wait for one time limit after another.
        try_again_at_ = std::chrono::steady_clock::now() + kPause;
        // libpq's message may quote the address, which may hold a password.
        log(LogLevel::Error, "the database does not answer");
        last_failure_ = {Code::Unavailable, "the database cannot be reached"};
        return last_failure_;
    }
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    // What was acknowledged survives: a server that is set to answer before it is on disk is asked for more.
    return run_script("db/settings",
                      fmt::format("SET statement_timeout = '{}s'; SET lock_timeout = '10s';"
                                  "SET bytea_output = 'hex'; SET TimeZone = 'UTC'; SET jit = off;"
                                  "SELECT set_config('synchronous_commit', 'on', false)"
                                  " WHERE current_setting('synchronous_commit') IN ('off', 'local')",
                                  statement_timeout_.count()));
}

Result<void> PgConnection::mend() {
    if (!is_lost()) {
        return {};
    }
    VERIFY(!open_.any());
    if (std::chrono::steady_clock::now() < try_again_at_) {
        return last_failure_;
    }
    statements_.clear();
    arriving_ = nullptr;
    sent_ahead_ = false;
    return connect();
}

void PgConnection::settle() {
    if (arriving_ != nullptr) {
        arriving_->buffer_rest();
    }
    if (sent_ahead_) {
        sent_ahead_ = false;
        while (PgResult{PQgetResult(handle_.get())} != nullptr) {
        }
    }
}

Result<Statement*> PgConnection::prepare(const Sql& sql, std::span<const Param> params) {
    settle();
    if (lost_) {
        return last_failure_;
    }
    auto found = statements_.find(sql.text.data());
    if (found == statements_.end()) {
        found = statements_.try_emplace(sql.text.data(), *this, sql, fmt::format("s{}", statements_.size()))
                    .first;
    }
    TRY(found->second.send(params));
    return &found->second;
}

Result<PgResult> PgConnection::exchange(std::string_view name, const std::string& script) {
    settle();
    if (lost_) {
        return last_failure_;
    }
    PgResult result{PQexec(handle_.get(), script.c_str())};
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return fail(name, result.get());
    }
    return result;
}

Result<void> PgConnection::run_script(std::string_view name, const std::string& script) {
    TRY(exchange(name, script));
    return {};
}

Result<std::string> PgConnection::ask(std::string_view name, const std::string& script) {
    const auto result = TRY(exchange(name, script));
    VERIFY(PQntuples(result.get()) == 1 && PQnfields(result.get()) == 1);
    return std::string{PQgetvalue(result.get(), 0, 0)};
}

Result<std::string> PgConnection::begin(std::string_view name, const std::string& script) {
    TRY(mend());
    auto answer = ask(name, script);
    if (!answer.ok() && is_lost()) {
        TRY(mend());
        answer = ask(name, script);
    }
    return answer;
}

Result<void> PgConnection::begin_rows(std::string_view name, const std::string& statement) {
    settle();
    if (lost_) {
        return last_failure_;
    }
    const PgResult result{PQexec(handle_.get(), statement.c_str())};
    return PQresultStatus(result.get()) == PGRES_COPY_IN ? Result<void>{} : fail(name, result.get());
}

Result<void> PgConnection::send_rows(std::string_view name, ByteView bytes) {
    const int sent = PQputCopyData(handle_.get(), reinterpret_cast<const char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
    return sent == 1 ? Result<void>{} : fail(name, nullptr);
}

Result<void> PgConnection::end_rows(std::string_view name) {
    if (PQputCopyEnd(handle_.get(), nullptr) != 1) {
        return fail(name, nullptr);
    }
    const PgResult result{PQgetResult(handle_.get())};
    const auto ended =
        PQresultStatus(result.get()) == PGRES_COMMAND_OK ? Result<void>{} : fail(name, result.get());
    while (PgResult{PQgetResult(handle_.get())} != nullptr) {
    }
    return ended;
}

void PgConnection::send_ahead(const char* script) noexcept {
    settle();
    sent_ahead_ = PQsendQuery(handle_.get(), script) == 1;
    lost_ = lost_ || !sent_ahead_;
}

bool PgConnection::is_lost() const {
    return lost_ || PQstatus(handle_.get()) != CONNECTION_OK;
}

bool PgConnection::in_transaction() const {
    if (is_lost()) {
        return false;
    }
    const auto status = PQtransactionStatus(handle_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool PgConnection::transaction_failed() const {
    return PQtransactionStatus(handle_.get()) == PQTRANS_INERROR;
}

Error PgConnection::fail(std::string_view name, const pg_result* result) {
    const char* field = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string state = field != nullptr ? field : "";
    const Error error = error_of(state);
    lost_ = lost_ || is_loss(state);  // the next transaction connects anew
    if (error.code == Code::Conflict) {
        return error;
    }
    // The server's own message may quote what a person typed, so it stays out of the log.
    log(LogLevel::Error, "a statement failed",
        {{"statement", SafeText{name}}, {"sqlstate", SafeText{state}}, {"reason", error.text}});
    last_failure_ = error;
    return error;
}

}  // namespace tenantry::db
