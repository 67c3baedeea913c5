// Some rows of a table on their way from a former field key to the active one (ADR 0005). The table's noun
// reads them in a snapshot and seals them anew there, for it alone knows what its row seal covers; store()
// then puts them into the table in one short write. A row that was changed in between is left as it is:
// whoever changed it sealed it with the active key. One thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "audit/work.hpp"
#include "db/sealed_table.hpp"

namespace tenantry::audit {

/// Which row it is: the number that it is stored under, and what a report of damage says of it.
struct SealedRow {
    std::int64_t id = 0;
    std::optional<std::int64_t> version = std::nullopt;
    std::optional<std::int64_t> person = std::nullopt;
};

class Resealing {
  public:
    /// What is stored in one write at most, but for the last row: other writes wait for it. A row counts as
    /// one and each value in it as one more, so that these are 200 people or 900 stays of theirs.
    static constexpr std::size_t kValuesMost = 1800;
    static constexpr std::size_t kBytesMost = 1U << 20;

    /// Rows after that number.
    Resealing(const crypto::KeyRing& keys, const db::SealedTable& table, std::int64_t after)
        : keys_(keys), table_(table), reached_(after) {}

    [[nodiscard]] const crypto::KeyRing& keys() const { return keys_; }
    [[nodiscard]] const db::SealedTable& table() const { return table_; }
    /// The number of the last row that was looked at: the next are read after it, in order.
    [[nodiscard]] std::int64_t reached() const { return reached_; }

    /// Moves on to the next row, unless there is none or these are enough.
    [[nodiscard]] Result<bool> next(db::Rows& rows);

    /// Takes a row to be sealed anew by seal_anew() -> Result of something with the members blobs (as many
    /// optional Bytes) and row_seal (Bytes), which fails where the row does not open: such a row is left as
    /// it is. The blobs are in the order of the declaration. A row that is under the active key throughout is
    /// passed over.
    template <std::size_t N, class SealAnew>
    void row(const SealedRow& row, const std::array<std::optional<ByteView>, N>& blobs, ByteView row_seal,
             SealAnew seal_anew) {
        VERIFY(N == table_.columns.size());
        reached_ = row.id;
        if (is_current(blobs, row_seal)) {
            return;
        }
        auto sealed = seal_anew();
        if (!sealed.ok()) {
            damaged_.push_back(row);
            return;
        }
        Renewed& renewed = renewed_.emplace_back();
        renewed.id = row.id;
        const ByteView old = table_.has_row_seal ? row_seal : blobs.front().value_or(ByteView{});
        renewed.old_seal.assign(old.begin(), old.end());
        values_ += sealed->blobs.size() + (table_.has_row_seal ? 1 : 0);
        for (auto& blob : sealed->blobs) {
            bytes_ += blob ? blob->size() : 0;
            renewed.values.push_back(std::move(blob));
        }
        if (table_.has_row_seal) {
            renewed.values.emplace_back(std::move(sealed->row_seal));
        }
    }

    /// A row of a table whose fields are not bound together by a row seal, and which are never edited: they
    /// are of version 1 of the record.
    template <std::size_t N>
    void fields(const SealedRow& which, const Uuid& record,
                const std::array<std::optional<ByteView>, N>& blobs) {
        struct Fields {
            std::array<std::optional<Bytes>, N> blobs;
            Bytes row_seal;
        };
        row(which, blobs, ByteView{}, [&]() -> Result<Fields> {
            Fields fields;
            for (std::size_t i = 0; i < N; ++i) {
                const crypto::FieldContext place{table_.name, table_.columns[i], record, 1};
                if (blobs[i]) {
                    fields.blobs[i] = keys_.seal(place, TRY(keys_.open(place, *blobs[i])));
                }
            }
            return fields;
        });
    }

    /// Whether the table has no more rows after these.
    [[nodiscard]] bool is_through() const { return is_through_; }
    /// Whether there is something to store or to report.
    [[nodiscard]] bool has_any() const { return !renewed_.empty() || !damaged_.empty(); }
    [[nodiscard]] std::size_t rows() const { return renewed_.size() + damaged_.size(); }
    [[nodiscard]] std::size_t damaged() const { return damaged_.size(); }

    /// Stores what was sealed anew. What did not open is logged and journaled as `damage`, as reading it
    /// would have been.
    [[nodiscard]] Result<void> store(Work& work, Literal damage) const;

  private:
    struct Renewed {
        std::int64_t id = 0;
        Bytes old_seal;
        std::vector<std::optional<Bytes>> values;  ///< as the table's statement takes them
    };

    template <std::size_t N>
    [[nodiscard]] bool is_current(const std::array<std::optional<ByteView>, N>& blobs,
                                  ByteView row_seal) const {
        return (!table_.has_row_seal || keys_.is_row_seal_of_active_key(row_seal)) &&
               std::all_of(blobs.begin(), blobs.end(), [this](const std::optional<ByteView>& blob) {
                   return !blob || keys_.is_blob_of_active_key(*blob);
               });
    }

    const crypto::KeyRing& keys_;
    const db::SealedTable& table_;
    std::int64_t reached_;
    std::size_t values_ = 0;
    std::size_t bytes_ = 0;
    bool is_through_ = false;
    std::vector<Renewed> renewed_;
    std::vector<SealedRow> damaged_;
};

}  // namespace tenantry::audit
