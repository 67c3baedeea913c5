#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "db/postgres/connection.hpp"

namespace tenantry::db {

namespace {

// The types that the register's numbers have, as columns and as results (PostgreSQL, pg_type.dat).
constexpr Oid kBool = 16;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kNumeric = 1700;
constexpr int kBinary = 1;

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

constexpr std::string_view kInsert = "INSERT INTO ";
constexpr std::string_view kValues = "VALUES (";

/// Of an INSERT of one row of values, which nothing is asked of: where the values begin and end.
struct Values {
    std::size_t begin;
    std::size_t end;
};
std::optional<Values> values_of(std::string_view text) {
    const auto at = text.find(kValues);
    if (!text.starts_with(kInsert) || at == std::string_view::npos) {
        return std::nullopt;
    }
    const Values values{at + kValues.size(), text.find(')', at)};
    if (values.end == std::string_view::npos) {
        return std::nullopt;
    }
    const bool is_plain = text.substr(values.begin, values.end - values.begin).find('(') == text.npos;
    const std::string_view rest = trim(text.substr(values.end + 1));
    const bool tells_nothing = rest.empty() || (rest.starts_with("ON CONFLICT") &&
                                                rest.ends_with("DO NOTHING") && rest.find('$') == rest.npos);
    return is_plain && tells_nothing ? std::optional{values} : std::nullopt;
}

/// A part of a statement's text, with each parameter taken from a row of k.
std::string of_each(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789";
    std::string each;
    for (std::size_t at = 0; at < text.size(); ++at) {
        each += text[at] == '$' && at + 1 < text.size() && kDigits.find(text[at + 1]) != kDigits.npos
                    ? std::string_view{"k.p"}
                    : text.substr(at, 1);
    }
    return each;
}

/// The statement for each element of arrays that its parameters become, in their order. A query's last column
/// says for which a row is; if it is a subquery with an order it keeps it, for it is run once for each. How
/// long an array is stays hidden, or PostgreSQL would plan the statement anew each time for the few that
/// there are.
std::string text_for_all(std::string_view text, std::size_t parameters) {
    std::string arrays;
    std::string names;
    for (std::size_t i = 1; i <= parameters; ++i) {
        fmt::format_to(std::back_inserter(arrays), "{}(SELECT ${})", i > 1 ? ", " : "", i);
        fmt::format_to(std::back_inserter(names), "p{}, ", i);
    }
    const auto from = fmt::format("FROM unnest({}) WITH ORDINALITY AS k({}n)", arrays, names);
    if (const auto values = values_of(text)) {
        return fmt::format("{}SELECT {} {}{}", text.substr(0, values->begin - kValues.size()),
                           of_each(text.substr(values->begin, values->end - values->begin)), from,
                           text.substr(values->end + 1));
    }
    return fmt::format("SELECT q.*, k.n {} CROSS JOIN LATERAL ({}) q", from, of_each(text));
}

bool is_query(std::string_view text) {
    const auto word = trim(text).substr(0, 6);
    return std::ranges::any_of(std::array{"SELECT", "INSERT", "UPDATE", "DELETE"},
                               [word](std::string_view one) { return word == one; }) ||
           word.starts_with("WITH");
}

std::vector<unsigned> types_of(std::span<const Param> params) {
    std::vector<unsigned> types(params.size());
    std::ranges::transform(params, types.begin(),
                           [](const Param& param) { return pg_type_of(param.kind()); });
    return types;
}

}  // namespace

bool PgStatement::only_reads() const {
    return trim(text_).starts_with("SELECT");
}

void PgAnswer::split(const std::shared_ptr<pg_result>& all, std::span<PgAnswer* const> asked) {
    const int last = PQnfields(all.get()) - 1;
    std::vector<PgAnswer> answers(asked.size(), PgAnswer{all, 0, 0, last});
    for (int row = 0; row < PQntuples(all.get()); ++row) {
        const auto* number = reinterpret_cast<const unsigned char*>(PQgetvalue(all.get(), row, last));
        PgAnswer& answer = answers.at(big_endian(number, sizeof(std::int64_t)) - 1);
        if (answer.end == 0) {
            answer.begin = row;
        } else if (answer.end != row) {
            answer.rows = nullptr;  // those of others lie between them, where no order was asked for
        }
        answer.end = row + 1;
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i] != nullptr) {
            *asked[i] = std::move(answers[i]);
        }
    }
}

PgStatement::PgStatement(PgConnection& connection, const Sql& sql, std::string prepared_name)
    : connection_(connection),
      name_(sql.name),
      text_(sql.postgres.empty() ? sql.text : sql.postgres),
      prepared_name_(std::move(prepared_name)),
      is_query_(is_query(text_)),
      inserts_row_(values_of(text_).has_value()) {}

PgStatement::PgStatement(const PgStatement& each, std::size_t parameters)
    : connection_(each.connection_),
      name_(each.name_),
      own_text_(text_for_all(each.text_, parameters)),
      text_(own_text_),
      prepared_name_(each.prepared_name_ + "all"),
      is_query_(true),
      inserts_row_(false) {}

Result<void> PgStatement::make_known(std::vector<unsigned> types) {
    if (!is_query_) {
        return {};
    }
    if (is_known_) {
        VERIFY(types.size() == types_.size());
        // A bare NULL is one of the type that the parameter had.
        std::ranges::transform(types, types_, types.begin(),
                               [](unsigned now, unsigned before) { return now != 0 ? now : before; });
        if (types == types_) {
            return {};
        }
        VERIFY(std::ranges::count(types_, 0U) > 0);  // a bare NULL that is now a value
    }
    TRY(connection_.flush());
    prepared_name_ += is_known_ ? "x" : "";
    const int sent = PQsendPrepare(connection_.handle_.get(), prepared_name_.c_str(),
                                   std::string{text_}.c_str(), static_cast<int>(types.size()), types.data());
    const auto made = sent == 1 ? connection_.last_result() : PgResult{};
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) {
        return connection_.fail(name_, made.get());
    }
    types_ = std::move(types);
    is_known_ = true;
    return {};
}

Result<void> PgStatement::hand_over(std::span<const Param> params) {
    PGconn* handle = connection_.handle_.get();
    const BoundParams bound{params};
    int sent = 0;
    if (is_query_) {
        sent = PQsendQueryPrepared(handle, prepared_name_.c_str(), static_cast<int>(params.size()),
                                   bound.values.data(), bound.lengths.data(), bound.formats.data(), kBinary);
    } else {
        VERIFY(params.empty());
        sent = PQsendQueryParams(handle, std::string{text_}.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                                 kBinary);
    }
    connection_.changes_sent_ += only_reads() ? 0U : 1U;
    return sent == 1 ? Result<void>{} : connection_.fail(name_, nullptr);
}

Result<void> PgStatement::send(std::span<const Param> params) {
    VERIFY(!open_);
    TRY(connection_.send_kept());
    TRY(make_known(types_of(params)));
    if (is_query_) {
        // Also where nothing is queued: outside a pipeline libpq would send the first rows of the next
        // pipeline one by one, as it does with these.
        TRY(connection_.begin_queue());
    }
    TRY(hand_over(params));
    if (connection_.in_pipeline_) {
        TRY(connection_.take_answers());
    }
    VERIFY(PQsetSingleRowMode(connection_.handle_.get()) == 1);
    open_ = true;
    arriving_ = true;
    failure_.reset();
    connection_.arriving_ = this;
    connection_.open_.opened();
    return {};
}

Result<void> PgStatement::queue(std::span<const Param> params) {
    VERIFY(is_query_);
    TRY(connection_.send_kept());
    TRY(make_known(types_of(params)));
    TRY(connection_.begin_queue());
    TRY(hand_over(params));
    connection_.queued_.push_back({name_});
    return {};
}

Result<void> PgStatement::queue_together(std::span<const std::vector<Param>> asked) {
    const auto& first = asked.front();
    if (together_ == nullptr) {
        together_.reset(new PgStatement{*this, first.size()});
    }
    std::vector<unsigned> types(first.size());
    std::ranges::transform(first, types.begin(),
                           [](const Param& param) { return pg_array_type_of(param.kind()); });
    const auto arrays = pg_arrays_of(asked);
    std::vector<Param> params;
    params.reserve(arrays.size());
    for (const std::string& array : arrays) {
        params.emplace_back(bytes_of(array));
    }
    TRY(together_->make_known(std::move(types)));
    TRY(connection_.begin_queue());
    TRY(together_->hand_over(params));
    connection_.queued_.push_back({name_});
    return {};
}

Result<PgResult> PgStatement::receive() {
    auto result = connection_.next_result();
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
    connection_.take_in_rest();
    connection_.end_queue();
    if (failure) {
        return *failure;
    }
    return PgResult{};
}

Result<bool> PgStatement::step() {
    if (at_ + 1 < answer_.end) {
        ++at_;
        return true;
    }
    answer_ = {};
    at_ = 0;
    if (!buffered_.empty()) {
        show(std::move(buffered_.front()));
        buffered_.pop_front();
        return true;
    }
    if (failure_) {
        return *failure_;
    }
    if (!arriving_) {
        return false;
    }
    auto row = TRY(receive());
    if (row == nullptr) {
        return false;
    }
    show(std::move(row));
    return true;
}

void PgStatement::show(PgResult row) {
    const int columns = PQnfields(row.get());
    answer_ = {std::move(row), 0, 1, columns};
}

void PgStatement::answer_with(PgAnswer answer) {
    VERIFY(!open_);
    answer_ = std::move(answer);
    at_ = answer_.begin - 1;
    open_ = true;
    failure_.reset();
    connection_.open_.opened();
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
    answer_ = {};
    at_ = 0;
    open_ = false;
    connection_.open_.closed();
}

int PgStatement::column_count() const {
    return answer_.columns;
}

bool PgStatement::is_null(int column) const {
    return PQgetisnull(answer_.rows.get(), at_, column) == 1;
}

std::int64_t PgStatement::integer(int column) const {
    if (is_null(column)) {
        return 0;
    }
    const auto bytes = blob(column);
    switch (PQftype(answer_.rows.get(), column)) {
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
    const auto* data = reinterpret_cast<const unsigned char*>(PQgetvalue(answer_.rows.get(), at_, column));
    return {data, static_cast<std::size_t>(PQgetlength(answer_.rows.get(), at_, column))};
}

}  // namespace tenantry::db
