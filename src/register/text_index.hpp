// Folded texts of many records in memory, kept close together and searched by going through them. A TextIndex
// never changes: with() makes the next one, which shares all blocks but those that differ, so that who reads
// one needs no lock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry::housing {

/// What must stand in a text: each word in its part of it. Empty words stand in every text.
struct WantedTexts {
    std::span<const std::string_view> first;        ///< in the text's first part, the name
    std::span<const std::string_view> second = {};  ///< in the part after kPartEnd, the address
};

class TextIndex {
  public:
    /// Between the parts of a text. Neither this nor a line's end stands in folded text.
    static constexpr char kPartEnd = '\x1f';

    /// What a record's text is from now on; none where there is no such record any more.
    struct Change {
        std::int64_t id = 0;
        std::optional<std::string> text;
    };

    /// The index after the changes, of which there is at most one a record.
    [[nodiscard]] TextIndex with(std::vector<Change> changes) const;

    /// Fills an index with texts that come in order of their numbers, all higher than those in it; finish()
    /// is the last call.
    class Filling;

    /// Adds another index, whose numbers are all higher.
    void append(const TextIndex& later);

    /// The records whose texts hold the words: in order, after the number `after`, at most `most`.
    [[nodiscard]] std::vector<std::int64_t> find(const WantedTexts& wanted, std::int64_t after,
                                                 std::size_t most) const;
    /// Those of the records, which are in order, whose texts hold the words.
    [[nodiscard]] std::vector<std::int64_t> find_among(const std::vector<std::int64_t>& ids,
                                                       const WantedTexts& wanted) const;

    [[nodiscard]] std::size_t size() const { return size_; }
    /// Memory that the texts take.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Block;
    using Blocks = std::vector<std::shared_ptr<const Block>>;

    /// The block that holds the record if any does.
    [[nodiscard]] Blocks::const_iterator block_of(std::int64_t id) const;

    Blocks blocks_;  ///< in order of number, none of them empty
    std::size_t size_ = 0;
};

class TextIndex::Filling {
  public:
    explicit Filling(TextIndex& index) : index_(index) {}

    void add(std::int64_t id, std::string_view text);
    void finish();

  private:
    friend class TextIndex;
    /// A block as it is, between those that add() fills.
    void share(const std::shared_ptr<const Block>& block);

    TextIndex& index_;
    std::shared_ptr<Block> block_;
};

}  // namespace tenantry::housing
