// Rows whose columns are sealed texts, some of them absent: how such a row is sealed and opened as a whole.
// Only the nouns that have one need it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "audit/resealing.hpp"
#include "base/ids.hpp"
#include "crypto/key_ring.hpp"

namespace tenantry::housing {

/// What a row seal covers besides the blobs. No two lists of facts give the same bytes.
class RowFacts {
  public:
    RowFacts& add(std::int64_t number);
    RowFacts& add(const Uuid& uuid);
    RowFacts& add(const std::optional<std::string>& text);
    RowFacts& add(const std::optional<std::int64_t>& number);
    RowFacts& add(const std::optional<Uuid>& uuid);

    [[nodiscard]] ByteView bytes() const { return bytes_of(text_); }

  private:
    std::string text_;
};

/// A table and its sealed columns, in the order that the row seal covers.
template <std::size_t N>
struct TextColumns {
    Literal table;
    std::array<Literal, N> columns;
};

template <std::size_t N>
using PlainTexts = std::array<std::optional<std::string>, N>;
template <std::size_t N>
using TextBlobs = std::array<std::optional<ByteView>, N>;

template <std::size_t N>
struct SealedTexts {
    std::array<std::optional<Bytes>, N> blobs;
    Bytes row_seal;
};

/// Which row it is: the uuid and version that its fields are sealed under, and its facts.
struct RowIdentity {
    Uuid record;
    std::int64_t version = 0;
    RowFacts facts;
};

/// The tags of all blobs, each after its length.
template <std::size_t N>
Bytes tags_of(const TextBlobs<N>& blobs) {
    Bytes all;
    for (const auto& blob : blobs) {
        const ByteView tag = crypto::KeyRing::blob_tag(blob.value_or(ByteView{}));
        all.push_back(static_cast<unsigned char>(tag.size()));
        all.insert(all.end(), tag.begin(), tag.end());
    }
    return all;
}

/// The seal of a row that holds these blobs.
template <std::size_t N>
Bytes row_seal_of(const crypto::KeyRing& keys, const TextColumns<N>& where, const RowIdentity& row,
                  const TextBlobs<N>& blobs) {
    const Bytes tags = tags_of(blobs);
    return keys.row_seal(where.table.view(), {row.facts.bytes(), ByteView{tags}});
}

template <std::size_t N>
SealedTexts<N> seal_texts(const crypto::KeyRing& keys, const TextColumns<N>& where, const RowIdentity& row,
                          const PlainTexts<N>& texts) {
    SealedTexts<N> sealed;
    TextBlobs<N> views;
    for (std::size_t i = 0; i < N; ++i) {
        if (texts[i]) {
            sealed.blobs[i] =
                keys.seal({where.table.view(), where.columns[i].view(), row.record, row.version}, *texts[i]);
            views[i] = ByteView{*sealed.blobs[i]};
        }
    }
    sealed.row_seal = row_seal_of(keys, where, row, views);
    return sealed;
}

/// Corrupt unless the row's seal holds. Opens nothing.
template <std::size_t N>
Result<void> check_texts(const crypto::KeyRing& keys, const TextColumns<N>& where, const RowIdentity& row,
                         const TextBlobs<N>& blobs, ByteView row_seal) {
    const Bytes tags = tags_of(blobs);
    return keys.check_row_seal(where.table.view(), row_seal, {row.facts.bytes(), ByteView{tags}});
}

/// Corrupt unless the row's seal holds and every blob opens.
template <std::size_t N>
Result<PlainTexts<N>> open_texts(const crypto::KeyRing& keys, const TextColumns<N>& where,
                                 const RowIdentity& row, const TextBlobs<N>& blobs, ByteView row_seal) {
    TRY(check_texts(keys, where, row, blobs, row_seal));
    PlainTexts<N> texts;
    for (std::size_t i = 0; i < N; ++i) {
        if (blobs[i]) {
            texts[i] = TRY(
                keys.open({where.table.view(), where.columns[i].view(), row.record, row.version}, *blobs[i]));
        }
    }
    return texts;
}

/// Gives a row to a resealing; one that does not open is left as it is.
template <std::size_t N>
void reseal(audit::Resealing& some, const audit::SealedRow& which, const TextColumns<N>& where,
            const RowIdentity& row, const TextBlobs<N>& blobs, ByteView row_seal) {
    VERIFY(std::ranges::equal(where.columns, some.table().columns, {}, &Literal::view));
    some.row(which, blobs, row_seal, [&]() -> Result<SealedTexts<N>> {
        return seal_texts(some.keys(), where, row, TRY(open_texts(some.keys(), where, row, blobs, row_seal)));
    });
}

}  // namespace tenantry::housing
