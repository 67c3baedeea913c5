// A Transaction over another one that notes which statements ran and fails one call of the engine on demand.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/transaction.hpp"

namespace tenantry::test {

inline constexpr Error kInjected{Code::Timeout, "a fault that the test injected"};

/// A statement for one test. Its text lives as long as the program, as a connection expects.
inline const db::Sql& sql(const std::string& text) {
    static std::unordered_map<std::string, db::Sql> made;
    const auto [at, is_new] = made.try_emplace(text);
    if (is_new) {
        at->second = {"test/statement", at->first, ""};
    }
    return at->second;
}

class WatchedTransaction final : public db::Transaction {
  public:
    explicit WatchedTransaction(std::unique_ptr<db::Transaction> inner) : inner_(std::move(inner)) {}

    /// The n-th prepare or step from now on fails, once, before it does anything.
    void fail_call(int n) { calls_left_ = n; }
    void fail_no_call() { calls_left_ = 0; }
    /// Whether the call that was to fail is still to come.
    [[nodiscard]] bool fault_is_waiting() const { return calls_left_ > 0; }

    /// Names of all statements that this program ran through any WatchedTransaction.
    [[nodiscard]] static std::set<std::string_view>& statements_run() {
        static std::set<std::string_view> names;
        return names;
    }

    /// A query with parameters whose number only the text tells.
    [[nodiscard]] Result<db::Rows> query_with(const db::Sql& text, std::span<const db::Param> params) {
        return db::Rows{*TRY(prepare(text, params))};
    }

  protected:
    [[nodiscard]] Result<db::Statement*> prepare(const db::Sql& text,
                                                 std::span<const db::Param> params) override {
        TRY(count_call());
        statements_run().insert(text.name);
        db::Statement* const inner = TRY((inner_.get()->*&WatchedTransaction::Inner::prepare)(text, params));
        return &statements_.try_emplace(inner, *this, *inner).first->second;
    }
    [[nodiscard]] std::int64_t changes() const override {
        return (inner_.get()->*&WatchedTransaction::Inner::changes)();
    }

  private:
    /// Opens what a Transaction shows to its engines alone.
    struct Inner : db::Transaction {
        using Transaction::changes;
        using Transaction::prepare;
    };

    class Watched final : public db::Statement {
      public:
        Watched(WatchedTransaction& owner, db::Statement& inner) : owner_(owner), inner_(inner) {}
        Result<bool> step() override {
            TRY(owner_.count_call());
            return inner_.step();
        }
        void reset() noexcept override { inner_.reset(); }
        [[nodiscard]] int column_count() const override { return inner_.column_count(); }
        [[nodiscard]] bool is_null(int column) const override { return inner_.is_null(column); }
        [[nodiscard]] std::int64_t integer(int column) const override { return inner_.integer(column); }
        [[nodiscard]] std::string_view text(int column) const override { return inner_.text(column); }
        [[nodiscard]] ByteView blob(int column) const override { return inner_.blob(column); }

      private:
        WatchedTransaction& owner_;
        db::Statement& inner_;
    };

    Result<void> count_call() {
        if (calls_left_ > 0 && --calls_left_ == 0) {
            return kInjected;
        }
        return {};
    }

    std::unique_ptr<db::Transaction> inner_;
    std::unordered_map<db::Statement*, Watched> statements_;
    int calls_left_ = 0;
};

}  // namespace tenantry::test
