#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "db/postgres/connection.hpp"

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

}  // namespace

PgStatement::PgStatement(PgConnection& connection, const Sql& sql, std::string prepared_name)
    : connection_(connection),
      name_(sql.name),
      text_(sql.postgres.empty() ? sql.text : sql.postgres),
      prepared_name_(std::move(prepared_name)),
      is_query_(is_query(text_)) {}

Result<void> PgStatement::make_known(std::span<const Param> params) {
    std::vector<unsigned> types(params.size());
    std::ranges::transform(params, types.begin(), type_of);
    if (!is_query_ || (is_known_ && types == types_)) {
        return {};
    }
    VERIFY(!is_known_ || std::ranges::count(types_, 0U) > 0);  // a bare NULL that is now a value
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
    const Parameters bound{params};
    int sent = 0;
    if (is_query_) {
        sent = PQsendQueryPrepared(handle, prepared_name_.c_str(), static_cast<int>(params.size()),
                                   bound.values.data(), bound.lengths.data(), bound.formats.data(), kBinary);
    } else {
        VERIFY(params.empty());
        sent = PQsendQueryParams(handle, std::string{text_}.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                                 kBinary);
    }
    return sent == 1 ? Result<void>{} : connection_.fail(name_, nullptr);
}

Result<void> PgStatement::send(std::span<const Param> params) {
    VERIFY(!open_);
    TRY(make_known(params));
    TRY(hand_over(params));
    if (!connection_.queued_.empty()) {
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
    TRY(make_known(params));
    TRY(connection_.begin_queue());
    TRY(hand_over(params));
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
    if (rows_ != nullptr && at_ + 1 < PQntuples(rows_.get())) {
        ++at_;
        return true;
    }
    rows_.reset();
    at_ = 0;
    if (!buffered_.empty()) {
        rows_ = std::move(buffered_.front());
        buffered_.pop_front();
        return true;
    }
    if (failure_) {
        return *failure_;
    }
    if (!arriving_) {
        return false;
    }
    rows_ = TRY(receive());
    return rows_ != nullptr;
}

void PgStatement::answer_with(PgResult rows) {
    VERIFY(!open_);
    rows_ = std::move(rows);
    at_ = -1;
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
    rows_.reset();
    at_ = 0;
    open_ = false;
    connection_.open_.closed();
}

int PgStatement::column_count() const {
    return PQnfields(rows_.get());
}

bool PgStatement::is_null(int column) const {
    return PQgetisnull(rows_.get(), at_, column) == 1;
}

std::int64_t PgStatement::integer(int column) const {
    if (is_null(column)) {
        return 0;
    }
    const auto bytes = blob(column);
    switch (PQftype(rows_.get(), column)) {
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
    const auto* data = reinterpret_cast<const unsigned char*>(PQgetvalue(rows_.get(), at_, column));
    return {data, static_cast<std::size_t>(PQgetlength(rows_.get(), at_, column))};
}

}  // namespace tenantry::db
