#include "app/register_copy.hpp"

#include <fmt/format.h>

#include "crypto/row_sum.hpp"

namespace tenantry::app {

namespace {

using crypto::RowSum;

Result<std::int64_t> count_rows(db::Transaction& tx, const db::Table& table) {
    std::int64_t rows = 0;
    TRY(tx.find(table.count(), std::tie(rows)));
    return rows;
}

class RegisterCopy {
  public:
    RegisterCopy(db::Transaction& source, db::CopyTarget& target, const crypto::KeyRing& keys, Output& output)
        : source_(source), target_(target), keys_(keys), output_(output) {}

    Result<CopiedRows> run() {
        const auto all = db::tables();
        const auto records = all.first(all.size() - 1);
        for (const auto& table : all) {
            in_all_ += TRY(count_rows(source_, table));
        }
        TRY(showing("Copying", [&] { return copy_all(records); }));
        TRY(target_.finish());
        TRY(showing("Comparing", [&] { return compare_all(records); }));
        TRY(copy(all.back()));
        return copied_;
    }

  private:
    template <class Do>
    Result<void> showing(Literal doing, Do work) {
        auto progress = progress_to(output_, doing);
        progress_ = &progress;
        done_ = 0;
        const auto done = work();
        progress_ = nullptr;
        if (done.ok()) {
            progress.finish();
        }
        return done;
    }

    Result<void> copy_all(std::span<const db::Table> all) {
        for (const auto& table : all) {
            sums_.push_back(TRY(copy(table)));
        }
        return {};
    }

    /// Copies what is not there yet. The sum of all.
    Result<RowSum> copy(const db::Table& table) {
        const auto there = TRY(count_rows(target_.transaction(), table));
        bool has_begun = false;
        const auto sum = TRY(read(source_, table, table.list_in_order(),
                                  [&](const db::TableRow& row, std::int64_t number) -> Result<void> {
                                      copied_.bytes += static_cast<std::int64_t>(row.bytes().size());
                                      if (number <= there) {
                                          return {};
                                      }
                                      if (!std::exchange(has_begun, true)) {
                                          TRY(target_.begin(table));
                                      }
                                      return put(table, target_.put(row));
                                  }));
        if (has_begun) {
            TRY(put(table, target_.end()));
        }
        copied_.rows += sum.rows();
        return sum;
    }

    /// A row that a constraint refuses is one that the target has already, behind the copy's back.
    Result<void> put(const db::Table& table, const Result<void>& done) {
        return !done.ok() && done.error().code == Code::Conflict ? differs(table) : done;
    }

    Result<void> compare_all(std::span<const db::Table> all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto found = TRY(read(target_.transaction(), all[i], all[i].list(),
                                        [](const db::TableRow&, std::int64_t) { return Result<void>{}; }));
            if (found != sums_[i]) {
                return differs(all[i]);
            }
        }
        return {};
    }

    Error differs(const db::Table& table) {
        output_.error(fmt::format("the copy's table {} is not the register's", table.name));
        return {
            Code::Corrupt,
            "one of the two was changed since the copy began; it is not used: begin anew in an empty place"};
    }

    template <class Each>
    Result<RowSum> read(db::Transaction& tx, const db::Table& table, const db::Sql& list, Each each) {
        RowSum sum;
        const crypto::RowHasher hash{keys_, table.name};
        db::TableRow row{table};
        db::Rows rows = TRY(tx.query(list));
        while (TRY(rows.next())) {
            TRY(row.read(rows));
            sum.add(hash(row.bytes()));
            TRY(each(row, sum.rows()));
            ++done_;
            if (progress_ != nullptr) {
                progress_->update(static_cast<std::size_t>(done_), static_cast<std::size_t>(in_all_));
            }
        }
        return sum;
    }

    db::Transaction& source_;
    db::CopyTarget& target_;
    const crypto::KeyRing& keys_;
    Output& output_;
    Progress* progress_ = nullptr;
    std::vector<RowSum> sums_;  ///< of the source's tables, but for the last
    CopiedRows copied_;
    std::int64_t done_ = 0;
    std::int64_t in_all_ = 0;
};

}  // namespace

Result<CopiedRows> copy_rows(db::Transaction& source, db::CopyTarget& target, const crypto::KeyRing& keys,
                             Output& output) {
    return RegisterCopy{source, target, keys, output}.run();
}

Result<CopiedRows> copy_to_place(db::Transaction& source, const Place& place, IncomingKeys& keys,
                                 const crypto::KeyRing& ring, const Clock& clock, Output& output) {
    const auto target = TRY(place.database.empty() ? db::open_sqlite_target(database_file(place.data), clock)
                                                   : db::open_postgres_target(place.database, clock));
    TRY(db::make_room(*target));
    TRY(keys.place());
    return copy_rows(source, *target, ring, output);
}

}  // namespace tenantry::app
