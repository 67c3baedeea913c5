// What a rule of the register sees of a database: a Transaction that runs embedded statements. The engines'
// transactions (db/sqlite/) implement the protected part. A Transaction, its Statements and Rows belong to
// one thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "db/sql.hpp"

namespace tenantry::db {

/// A value to bind. Does not own text or bytes: they must outlive the call that it is passed to, which copies
/// them.
class Param {
  public:
    using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, ByteView>;
    /// What it is, or would be if it were there: an engine with typed parameters asks before it prepares.
    enum class Kind : std::uint8_t { Unknown, Integer, Text, Bytes };

    // NOLINTBEGIN(google-explicit-constructor): arguments of query() convert silently, that is their use
    Param(std::nullptr_t) : value_(nullptr) {}
    template <class Int>
    requires std::is_integral_v<Int> Param(Int number) : value_(static_cast<std::int64_t>(number)) {}
    Param(std::string_view text) : value_(text) {}
    Param(const std::string& text) : value_(std::string_view{text}) {}
    Param(const char* text) : value_(std::string_view{text}) {}
    Param(ByteView bytes) : value_(bytes) {}
    Param(const Bytes& bytes) : value_(ByteView{bytes}) {}
    template <std::size_t N>
    Param(const std::array<unsigned char, N>& bytes) : value_(ByteView{bytes}) {}
    Param(const Uuid& uuid) : value_(uuid.bytes()) {}
    template <class Noun>
    Param(Id<Noun> id) : value_(id.value) {}
    Param(Instant at) : value_(to_millis(at)) {}
    Param(Date date) : value_(to_days(date)) {}
    template <class T>
    Param(const std::optional<T>& maybe)
        : value_(maybe ? Param(*maybe).value_ : Value{nullptr}), kind_(kind_of<T>()) {}
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] Kind kind() const {
        return kind_ == Kind::Unknown ? static_cast<Kind>(value_.index()) : kind_;
    }

  private:
    template <class T>
    static constexpr Kind kind_of() {
        if constexpr (std::is_convertible_v<const T&, std::string_view>) {
            return Kind::Text;
        } else if constexpr (std::is_convertible_v<const T&, ByteView> || std::is_same_v<T, Uuid>) {
            return Kind::Bytes;
        } else {
            return Kind::Integer;
        }
    }

    Value value_;
    Kind kind_ = Kind::Unknown;
};

/// A prepared statement of one connection, bound and ready to step. Implemented by each engine.
class Statement {
  public:
    virtual ~Statement() = default;
    /// True: a row is there. False: done. Conflict: a constraint refused it.
    [[nodiscard]] virtual Result<bool> step() = 0;
    virtual void reset() noexcept = 0;
    [[nodiscard]] virtual int column_count() const = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    /// Text and blobs stay valid until the next step or reset.
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual ByteView blob(int column) const = 0;
};

/// The rows of one query, read in order. Resets the statement when it goes.
class Rows {
  public:
    explicit Rows(Statement& statement) : statement_(&statement) {}
    Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows& operator=(Rows&&) = delete;
    ~Rows() {
        if (statement_ != nullptr) {
            statement_->reset();
        }
    }

    /// Moves to the next row; false after the last.
    [[nodiscard]] Result<bool> next() { return statement_->step(); }

    /// Reads the row's columns, in the order of the SELECT, into as many variables: integers, bool, Id,
    /// Instant, Date, Uuid, std::string, std::string_view (valid until the next row), Bytes, ByteView, and
    /// optionals of these for NULL.
    template <class... T>
    void into(T&... columns) const {
        VERIFY(statement_->column_count() == static_cast<int>(sizeof...(T)));
        int column = 0;
        (read(column++, columns), ...);
    }

    /// Reads one column, for a statement whose columns are known at run time only.
    template <class T>
    void into_at(int column, T& out) const {
        VERIFY(column < statement_->column_count());
        read(column, out);
    }

  private:
    template <class Int>
    requires std::is_integral_v<Int>
    void read(int column, Int& out) const { out = static_cast<Int>(statement_->integer(column)); }
    void read(int column, std::string& out) const { out.assign(statement_->text(column)); }
    void read(int column, std::string_view& out) const { out = statement_->text(column); }
    void read(int column, ByteView& out) const { out = statement_->blob(column); }
    void read(int column, Bytes& out) const {
        const auto blob = statement_->blob(column);
        out.assign(blob.begin(), blob.end());
    }
    template <std::size_t N>
    void read(int column, std::array<unsigned char, N>& out) const {
        const auto blob = statement_->blob(column);
        out.fill(0);
        std::copy_n(blob.begin(), std::min(blob.size(), N), out.begin());
    }
    void read(int column, Uuid& out) const {
        out = Uuid::from_bytes(statement_->blob(column)).value_or(Uuid{});
    }
    template <class Noun>
    void read(int column, Id<Noun>& out) const {
        out.value = statement_->integer(column);
    }
    void read(int column, Instant& out) const { out = from_millis(statement_->integer(column)); }
    void read(int column, Date& out) const { out = from_days(statement_->integer(column)); }
    template <class T>
    void read(int column, std::optional<T>& out) const {
        if (statement_->is_null(column)) {
            out.reset();
        } else {
            read(column, out.emplace());
        }
    }

    Statement* statement_;
};

class Transaction;

/// A row that each write of a group would store anew, kept in memory and stored once, at the group's end.
/// Does not change.
class LeftToEnd {
  public:
    virtual ~LeftToEnd() = default;
    [[nodiscard]] virtual Result<void> store(Transaction& tx) const = 0;
};
/// By names that outlive the group.
using AllLeftToEnd = std::map<std::string_view, std::shared_ptr<const LeftToEnd>>;

class Transaction {
  public:
    Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    virtual ~Transaction() = default;

    /// Starts a query. At most one Rows of the same Sql may be open in a transaction at a time.
    template <class... Args>
    [[nodiscard]] Result<Rows> query(const Sql& sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return Rows{*TRY(prepare(sql, params))};
    }

    /// Runs a statement to its end. Returns the number of rows that it changed. Conflict: a constraint
    /// refused it.
    template <class... Args>
    [[nodiscard]] Result<std::int64_t> execute(const Sql& sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return execute_with(sql, params);
    }

    /// Runs a statement to its end, or, on an engine that is asked over a wire, sends it along with the next
    /// one. What it fails with is then the failure of that one, or of the whole write: so this is for changes
    /// that no constraint refuses in good order, and whose number of rows nobody counts.
    template <class... Args>
    [[nodiscard]] Result<void> send(const Sql& sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return send_with(sql, params);
    }

    /// Says that this will be asked, so that an engine that is asked over a wire can send it along with the
    /// next statement and have the answer when it is. It only reads, and nothing that it reads may be changed
    /// in this transaction before. Where it is not asked after all, nothing has happened.
    template <class... Args>
    [[nodiscard]] Result<void> expect(const Sql& sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return expect_with(sql, params);
    }

    /// Runs a statement whose number of parameters its text alone tells, as execute() does.
    [[nodiscard]] Result<std::int64_t> execute_with(const Sql& sql, std::span<const Param> params) {
        Rows rows{*TRY(prepare(sql, params))};
        while (TRY(rows.next())) {
        }
        return changes();
    }

    /// The same for send().
    [[nodiscard]] virtual Result<void> send_with(const Sql& sql, std::span<const Param> params) {
        TRY(execute_with(sql, params));
        return {};
    }

    /// Reads exactly the first row into the columns. NotFound where there is none.
    template <class... Args, class... T>
    [[nodiscard]] Result<void> find(const Sql& sql, std::tuple<T&...> columns, const Args&... args) {
        Rows rows = TRY(query(sql, args...));
        if (!TRY(rows.next())) {
            return Error{Code::NotFound, "no such record"};
        }
        std::apply([&rows](T&... column) { rows.into(column...); }, columns);
        return {};
    }

    /// Whether something can be left to the end: in a group of the writer's, and nowhere else.
    [[nodiscard]] bool has_end() const { return has_end_; }
    /// What is in place of the row of that name until then; null where nothing is. Goes back to what it was
    /// with a write that is taken back.
    template <class Row>
    [[nodiscard]] const Row* left_to_end(std::string_view name) const {
        const auto found = left_.find(name);
        return found != left_.end() ? dynamic_cast<const Row*>(found->second.get()) : nullptr;
    }
    void leave_to_end(std::string_view name, std::shared_ptr<const LeftToEnd> what) {
        left_.insert_or_assign(name, std::move(what));
    }
    /// For the writer, around all writes of a group, and around each.
    void begin_group() {
        has_end_ = true;
        left_.clear();
    }
    [[nodiscard]] const AllLeftToEnd& all_left_to_end() const { return left_; }
    void go_back_to(AllLeftToEnd left) { left_ = std::move(left); }
    [[nodiscard]] Result<void> end_group() {
        has_end_ = false;
        for (const auto& [name, left] : std::exchange(left_, {})) {
            TRY(left->store(*this));
        }
        return {};
    }

    /// Time with a query open since the transaction (or the last reset) began: the engine's, and what the
    /// caller does between rows.
    [[nodiscard]] std::chrono::nanoseconds time_spent() const { return time_spent_; }
    void reset_time_spent() { time_spent_ = {}; }

  protected:
    /// The statement with its parameters bound, from this connection's cache.
    [[nodiscard]] virtual Result<Statement*> prepare(const Sql& sql, std::span<const Param> params) = 0;
    [[nodiscard]] virtual std::int64_t changes() const = 0;
    [[nodiscard]] virtual Result<void> expect_with(const Sql& /*sql*/, std::span<const Param> /*params*/) {
        return {};
    }

    std::chrono::nanoseconds time_spent_{};

  private:
    bool has_end_ = false;
    AllLeftToEnd left_;
};

}  // namespace tenantry::db
