// What the transactions of both engines are: a connection with statements, and the time that they take.
#pragma once

#include <chrono>
#include <memory>

#include "db/transaction.hpp"

namespace tenantry::db {

/// The open statements of a connection. One thread.
class OpenStatements {
  public:
    void opened() {
        if (open_++ == 0) {
            opened_at_ = std::chrono::steady_clock::now();
        }
    }
    void closed() noexcept {
        if (--open_ == 0) {
            *spent_ += std::chrono::steady_clock::now() - opened_at_;
        }
    }
    [[nodiscard]] bool any() const { return open_ > 0; }
    /// Where the time is added while one is open.
    void count_time_in(std::chrono::nanoseconds& spent) { spent_ = &spent; }

  private:
    int open_ = 0;
    std::chrono::steady_clock::time_point opened_at_;
    std::chrono::nanoseconds unwatched_{};
    std::chrono::nanoseconds* spent_ = &unwatched_;
};

/// A Transaction, or a Reader, on a connection of its own.
template <class Connection, class Base>
class OnConnection : public Base {
  public:
    explicit OnConnection(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {
        connection_->count_time_in(this->time_spent_);
    }
    [[nodiscard]] Connection& connection() { return *connection_; }
    [[nodiscard]] const Connection& connection() const { return *connection_; }

  protected:
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params) override {
        return connection_->prepare(sql, params);
    }
    [[nodiscard]] std::int64_t changes() const override { return connection_->changes(); }

  private:
    std::unique_ptr<Connection> connection_;
};

}  // namespace tenantry::db
