#include "db/postgres/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "base/log.hpp"

namespace tenantry::db {

namespace {

/// So many answers at most wait to be read, and to be asked for; and so many rows to be sent.
constexpr std::size_t kQueuedMost = 256;
constexpr std::size_t kExpectedMost = 512;
constexpr std::size_t kRowsMost = 1024;

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

/// Takes the first one out, and those after it that are of the same statement and go together with it.
template <class One>
std::vector<One*> take_alike(std::vector<One*>& from) {
    const One* const first = from.front();
    const auto others = std::stable_partition(from.begin(), from.end(), [first](const One* one) {
        return one == first || (one->statement == first->statement &&
                                (first->statement->only_reads() || first->statement->inserts_row()) &&
                                one->parameters.goes_with(first->parameters));
    });
    std::vector<One*> alike(from.begin(), others);
    from.erase(from.begin(), others);
    return alike;
}

/// Counts as a statement of the connection while it is there.
class Counted {
  public:
    explicit Counted(OpenStatements& open) : open_(open) { open_.opened(); }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { open_.closed(); }

  private:
    OpenStatements& open_;
};

}  // namespace

void ClearResult::operator()(pg_result* result) const {
    PQclear(result);
}

void PgConnection::Finish::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

void PgConnection::settle() {
    if (arriving_ != nullptr) {
        arriving_->buffer_rest();
    }
    if (sent_ahead_) {
        sent_ahead_ = false;
        take_in_rest();
    }
}

void PgConnection::wait_for_answer() {
    PGconn* const handle = handle_.get();
    bool has_arrived = PQsslInUse(handle) == 1;  // perhaps, where the socket does not tell
    while (PQisBusy(handle) == 1) {
        pollfd socket{PQsocket(handle), POLLIN, 0};
        if (!has_arrived && ::poll(&socket, 1, static_cast<int>(silence_.count())) == 0) {
            // What is read from now on is the end of the connection, and taken for its loss.
            ::shutdown(socket.fd, SHUT_RDWR);
            hold_off();
            log(LogLevel::Error, "the database says nothing");
        }
        has_arrived = false;
        if (PQconsumeInput(handle) != 1) {
            return;
        }
    }
}

PgResult PgConnection::next_result() {
    wait_for_answer();
    return PgResult{PQgetResult(handle_.get())};
}

PgResult PgConnection::last_result() {
    PgResult last;
    while (auto next = next_result()) {
        last = std::move(next);
        if (PQresultStatus(last.get()) == PGRES_COPY_IN) {
            break;
        }
    }
    return last;
}

void PgConnection::take_in_rest() {
    while (next_result() != nullptr) {
    }
}

Result<PgStatement*> PgConnection::statement_of(const Sql& sql) {
    settle();
    if (lost_) {
        return last_failure_;
    }
    auto found = statements_.find(sql.text.data());
    if (found == statements_.end()) {
        found = statements_.try_emplace(sql.text.data(), *this, sql, fmt::format("s{}", statements_.size()))
                    .first;
    }
    return &found->second;
}

Result<Statement*> PgConnection::prepare(const Sql& sql, std::span<const Param> params) {
    const char* const opening = std::exchange(opening_, nullptr);
    auto statement = answer_or_send(sql, params);
    if (opening != nullptr && !statement.ok() && is_lost()) {
        TRY(begin_with_next(opening));
        opening_ = nullptr;
        statement = answer_or_send(sql, params);
    }
    return statement;
}

std::vector<std::unique_ptr<PgConnection::Expected>>::iterator PgConnection::find_expected(
    const PgStatement& statement, std::span<const Param> params) {
    if (expected_.empty()) {
        return expected_.end();
    }
    return std::ranges::find_if(expected_, [&, wanted = KeptParams{params}](const auto& one) {
        return one->statement == &statement && one->parameters == wanted;
    });
}

Result<Statement*> PgConnection::answer_or_send(const Sql& sql, std::span<const Param> params) {
    const Counted counted{open_};
    PgStatement* const statement = TRY(statement_of(sql));
    const auto found = find_expected(*statement, params);
    if (found == expected_.end()) {
        TRY(statement->send(params));
        return statement;
    }
    if ((*found)->answer.rows == nullptr) {
        TRY(flush());  // which leaves the others where they are
    }
    PgAnswer answer = (*found)->answer;
    if (--(*found)->times == 0) {
        expected_.erase(found);
    }
    if (answer.rows != nullptr) {
        statement->answer_with(std::move(answer));
    } else {
        TRY(statement->send(params));
    }
    return statement;
}

Result<void> PgConnection::expect(const Sql& sql, std::span<const Param> params) {
    const auto statement = statement_of(sql);
    if (!statement.ok()) {
        // The first statement that is waited for begins anew.
        return opening_ != nullptr && is_lost() ? Result<void>{} : statement.error();
    }
    VERIFY((*statement)->only_reads());
    if (const auto found = find_expected(**statement, params); found != expected_.end()) {
        ++(*found)->times;
    } else if (expected_.size() < kExpectedMost) {
        expected_.push_back(std::make_unique<Expected>(Expected{*statement, KeptParams{params}}));
        unsent_.push_back(expected_.back().get());
    }
    return {};
}

Result<void> PgConnection::send_kept() {
    TRY(send_expected());
    return send_rows_kept();
}

Result<void> PgConnection::send_expected() {
    auto unsent = std::exchange(unsent_, {});
    while (!unsent.empty()) {
        auto alike = take_alike(unsent);
        if (auto queued = queue_alike<Expected>(alike); !queued.ok()) {
            forget_expected();
            return queued;
        }
        queued_.back().expected = std::move(alike);
    }
    return {};
}

Result<void> PgConnection::send_rows_kept() {
    auto rows = std::exchange(to_insert_, {});
    std::vector<KeptRow*> unsent;
    unsent.reserve(rows.size());
    std::ranges::transform(rows, std::back_inserter(unsent), [](KeptRow& row) { return &row; });
    while (!unsent.empty()) {
        TRY(queue_alike<KeptRow>(take_alike(unsent)));
    }
    return {};
}

template <class One>
Result<void> PgConnection::queue_alike(std::span<One* const> alike) {
    std::vector<std::vector<Param>> asked;
    asked.reserve(alike.size());
    for (const One* one : alike) {
        asked.push_back(one->parameters.params());
    }
    PgStatement& statement = *alike.front()->statement;
    return asked.size() == 1 ? statement.queue(asked.front()) : statement.queue_together(asked);
}

void PgConnection::forget_expected() {
    for (Queued& one : queued_) {
        std::ranges::fill(one.expected, nullptr);
    }
    unsent_.clear();
    expected_.clear();
}

Result<void> PgConnection::queue(const Sql& sql, std::span<const Param> params) {
    PgStatement* const statement = TRY(statement_of(sql));
    if (!statement->inserts_row()) {
        return statement->queue(params);
    }
    KeptParams row{params};
    if (!to_insert_.empty()) {
        const KeptRow& last = to_insert_.back();
        const bool follows = row_order_ == RowOrder::ByTable ||
                             (last.statement == statement && row.goes_with(last.parameters));
        if (!follows || to_insert_.size() >= kRowsMost) {
            TRY(send_rows_kept());
        }
    }
    to_insert_.push_back({statement, std::move(row)});
    return {};
}

bool PgConnection::go_back_to(const Place& place) {
    if (changes_sent_ != place.changes || transaction_failed()) {
        return false;
    }
    to_insert_.erase(to_insert_.begin() + static_cast<std::ptrdiff_t>(place.rows), to_insert_.end());
    return true;
}

Result<void> PgConnection::queue_command(std::string_view name, const std::string& command) {
    settle();
    if (lost_) {
        return last_failure_;
    }
    TRY(send_kept());
    TRY(begin_queue());
    if (PQsendQueryParams(handle_.get(), command.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
        return fail(name, nullptr);
    }
    queued_.push_back({name});
    return {};
}

Result<void> PgConnection::flush() {
    settle();
    if (!lost_) {
        TRY(send_kept());
    }
    if (queued_.empty() || lost_) {
        return lost_ ? Result<void>{last_failure_} : Result<void>{};
    }
    TRY(take_answers());
    end_queue();
    return {};
}

Result<std::uint64_t> PgConnection::end_of_queue() {
    TRY(send_kept());
    failed_at_ = std::numeric_limits<std::uint64_t>::max();
    return answered_ + queued_.size();
}

Result<void> PgConnection::begin_queue() {
    if (queued_.size() >= kQueuedMost) {
        TRY(flush());
    }
    if (!in_pipeline_) {
        if (PQenterPipelineMode(handle_.get()) != 1) {
            return fail("db/pipeline", nullptr);
        }
        in_pipeline_ = true;
    }
    return {};
}

Result<void> PgConnection::take_answers() {
    PGconn* handle = handle_.get();
    std::optional<Error> failure;
    if (PQpipelineSync(handle) != 1) {
        failure = fail("db/pipeline", nullptr);
    }
    for (const Queued& one : queued_) {
        auto result = next_result();
        const auto status = PQresultStatus(result.get());
        if (!failure && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            failure = fail(one.name, result.get());
            failed_at_ = answered_;
        }
        ++answered_;
        if (!failure && !one.expected.empty()) {
            give(one, std::move(result));
        }
        take_in_rest();
    }
    queued_.clear();
    if (failure) {
        forget_expected();
        end_queue();
        return *failure;
    }
    return {};
}

void PgConnection::give(const Queued& queued, PgResult result) {
    std::shared_ptr<pg_result> rows{std::move(result)};
    std::vector<PgAnswer*> answers;
    answers.reserve(queued.expected.size());
    for (Expected* one : queued.expected) {
        answers.push_back(one != nullptr ? &one->answer : nullptr);
    }
    if (answers.size() > 1) {
        PgAnswer::split(rows, answers);
    } else if (answers.front() != nullptr) {
        *answers.front() = {rows, 0, PQntuples(rows.get()), PQnfields(rows.get())};
    }
}

void PgConnection::end_queue() {
    if (!in_pipeline_) {
        return;
    }
    in_pipeline_ = false;
    // A statement that was given up because of a failure before it comes first: its result, and its end.
    bool in_step = false;
    for (int i = 0; i < 3 && !in_step; ++i) {
        const auto result = next_result();
        in_step = PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC;
    }
    if ((!in_step || PQexitPipelineMode(handle_.get()) != 1) && !lost_) {
        static_cast<void>(fail("db/pipeline", nullptr));
    }
}

Result<PgResult> PgConnection::exchange(std::string_view name, const std::string& script) {
    TRY(flush());
    auto result = PQsendQuery(handle_.get(), script.c_str()) == 1 ? last_result() : PgResult{};
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
    if (!answer.ok()) {
        hold_off();
    }
    return answer;
}

Result<void> PgConnection::begin_with_next(const char* command) {
    TRY(mend());
    settle();
    TRY(mend());  // as that showed
    TRY(queue_command("db/begin", command));
    opening_ = command;
    return {};
}

Result<void> PgConnection::begin_rows(std::string_view name, const std::string& statement) {
    TRY(flush());
    const auto result = PQsendQuery(handle_.get(), statement.c_str()) == 1 ? last_result() : PgResult{};
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
    const auto result = next_result();
    const auto ended =
        PQresultStatus(result.get()) == PGRES_COMMAND_OK ? Result<void>{} : fail(name, result.get());
    take_in_rest();
    return ended;
}

void PgConnection::send_ahead(const char* script) noexcept {
    opening_ = nullptr;
    static_cast<void>(flush());
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
