#include "register/text_index.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/verify.hpp"

namespace tenantry::housing {

namespace {

/// Texts in a block: a change copies one block, and the next version of the index a pointer a block.
constexpr std::size_t kBlockTexts = 1024;
constexpr char kTextEnd = '\n';

bool holds_all(std::string_view text, std::span<const std::string_view> words) {
    return std::all_of(words.begin(), words.end(),
                       [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool holds(std::string_view text, const WantedTexts& wanted) {
    const auto end = std::min(text.find(TextIndex::kPartEnd), text.size());
    return holds_all(text.substr(0, end), wanted.first) && holds_all(text.substr(end), wanted.second);
}

/// The word that goes through the texts first: the longest is the rarest as a rule.
std::string_view longest_word(const WantedTexts& wanted) {
    std::string_view longest;
    for (const auto* words : {&wanted.first, &wanted.second}) {
        for (const auto word : *words) {
            longest = word.size() > longest.size() ? word : longest;
        }
    }
    return longest;
}

}  // namespace

struct TextIndex::Block {
    std::vector<std::int64_t> ids;  ///< in order
    std::vector<std::uint32_t> ends;
    std::string texts;  ///< each with kTextEnd behind it

    void add(std::int64_t id, std::string_view text) {
        ids.push_back(id);
        texts += text;
        ends.push_back(static_cast<std::uint32_t>(texts.size()));
        texts += kTextEnd;
    }
    [[nodiscard]] std::size_t start(std::size_t i) const { return i == 0 ? 0 : ends[i - 1] + 1; }
    [[nodiscard]] std::string_view text(std::size_t i) const {
        return std::string_view{texts}.substr(start(i), ends[i] - start(i));
    }
    /// The first text at or after `from` that holds the word; how many there are where none does.
    [[nodiscard]] std::size_t next_with(std::string_view word, std::size_t from) const {
        if (word.empty() || from >= ids.size()) {
            return from;
        }
        const char* const begin = texts.data() + start(from);
        const void* const hit = ::memmem(begin, texts.size() - start(from), word.data(), word.size());
        if (hit == nullptr) {
            return ids.size();
        }
        const auto at = static_cast<std::uint32_t>(static_cast<const char*>(hit) - texts.data());
        return static_cast<std::size_t>(
            std::lower_bound(ends.begin() + static_cast<std::ptrdiff_t>(from), ends.end(), at) -
            ends.begin());
    }
};

void TextIndex::Filling::add(std::int64_t id, std::string_view text) {
    if (block_ == nullptr) {
        block_ = std::make_shared<Block>();
    }
    block_->add(id, text);
    if (block_->ids.size() == kBlockTexts) {
        finish();
    }
}

void TextIndex::Filling::finish() {
    if (block_ != nullptr) {
        block_->texts.shrink_to_fit();
        block_->ids.shrink_to_fit();
        block_->ends.shrink_to_fit();
        index_.size_ += block_->ids.size();
        index_.blocks_.push_back(std::move(block_));
        block_ = nullptr;
    }
}

void TextIndex::Filling::share(const std::shared_ptr<const Block>& block) {
    finish();
    index_.blocks_.push_back(block);
    index_.size_ += block->ids.size();
}

TextIndex TextIndex::with(std::vector<Change> changes) const {
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.id < b.id; });
    TextIndex next;
    next.blocks_.reserve(blocks_.size() + changes.size() / kBlockTexts + 1);
    Filling filling{next};
    auto change = changes.cbegin();
    const auto add_changes_before = [&](std::int64_t id) {
        for (; change != changes.cend() && change->id < id; ++change) {
            if (change->text) {
                filling.add(change->id, *change->text);
            }
        }
    };
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        const Block& block = *blocks_[b];
        const std::int64_t end = b + 1 < blocks_.size() ? blocks_[b + 1]->ids.front() : kEnd;
        if (change == changes.cend() || change->id >= end) {
            filling.share(blocks_[b]);
            continue;
        }
        for (std::size_t i = 0; i < block.ids.size(); ++i) {
            const std::int64_t id = block.ids[i];
            add_changes_before(id);
            if (change != changes.cend() && change->id == id) {
                add_changes_before(id + 1);
            } else {
                filling.add(id, block.text(i));
            }
        }
        add_changes_before(end);
        filling.finish();
    }
    add_changes_before(kEnd);
    filling.finish();
    return next;
}

void TextIndex::append(const TextIndex& later) {
    VERIFY(blocks_.empty() || later.blocks_.empty() ||
           blocks_.back()->ids.back() < later.blocks_.front()->ids.front());
    blocks_.insert(blocks_.end(), later.blocks_.begin(), later.blocks_.end());
    size_ += later.size_;
}

TextIndex::Blocks::const_iterator TextIndex::block_of(std::int64_t id) const {
    return std::lower_bound(blocks_.begin(), blocks_.end(), id,
                            [](const std::shared_ptr<const Block>& block, std::int64_t wanted) {
                                return block->ids.back() < wanted;
                            });
}

std::vector<std::int64_t> TextIndex::find(const WantedTexts& wanted, std::int64_t after,
                                          std::size_t most) const {
    const std::string_view word = longest_word(wanted);
    std::vector<std::int64_t> found;
    for (auto at = block_of(after + 1); at != blocks_.end(); ++at) {
        const Block& block = **at;
        const auto first = std::upper_bound(block.ids.begin(), block.ids.end(), after) - block.ids.begin();
        for (auto i = block.next_with(word, static_cast<std::size_t>(first)); i < block.ids.size();
             i = block.next_with(word, i + 1)) {
            if (holds(block.text(i), wanted)) {
                if (found.size() == most) {
                    return found;
                }
                found.push_back(block.ids[i]);
            }
        }
    }
    return found;
}

std::vector<std::int64_t> TextIndex::find_among(const std::vector<std::int64_t>& ids,
                                                const WantedTexts& wanted) const {
    std::vector<std::int64_t> found;
    for (const auto id : ids) {
        const auto block = block_of(id);
        if (block == blocks_.end()) {
            break;
        }
        const auto& in_block = (*block)->ids;
        const auto at = std::lower_bound(in_block.begin(), in_block.end(), id);
        if (at != in_block.end() && *at == id &&
            holds((*block)->text(static_cast<std::size_t>(at - in_block.begin())), wanted)) {
            found.push_back(id);
        }
    }
    return found;
}

std::size_t TextIndex::bytes() const {
    std::size_t sum = 0;
    for (const auto& block : blocks_) {
        sum += block->texts.size() + block->ids.size() * (sizeof(std::int64_t) + sizeof(std::uint32_t));
    }
    return sum;
}

}  // namespace tenantry::housing
