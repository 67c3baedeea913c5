// A Reader on a connection of its own.
#pragma once

#include <memory>

#include "base/thread_annotations.hpp"
#include "db/database.hpp"
#include "db/sqlite/connection.hpp"

namespace tenantry::db {

class SqliteReader final : public OnConnection<Connection, Reader> {
  public:
    using OnConnection<Connection, Reader>::OnConnection;

    Result<void> begin() override;
    void end() noexcept override;
    [[nodiscard]] bool in_snapshot() const override { return in_snapshot_; }
    [[nodiscard]] Result<std::int64_t> data_version() override { return data_version_; }
    void interrupt() noexcept override;

  protected:
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params) override {
        VERIFY(in_snapshot_);
        return OnConnection<Connection, Reader>::prepare(sql, params);
    }

  private:
    Mutex interrupts_;
    bool in_snapshot_ = false;
    std::int64_t data_version_ = 0;
};

}  // namespace tenantry::db
