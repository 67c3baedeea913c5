// How people are found by name, a property of the register: through a plaintext index beside it, or in the
// server's memory (register/names_in_memory.hpp). The schema's triggers keep the plaintext index empty in
// mode memory, whatever statement tries.
#pragma once

#include <cstdint>

#include "audit/work.hpp"

namespace tenantry::housing {

class NamesInMemory;

enum class SearchMode : std::uint8_t { Plaintext = 0, Memory = 1 };

/// What a snapshot says of it.
struct SearchState {
    SearchMode mode = SearchMode::Plaintext;
    std::int64_t first = 0;  ///< number of the first change in name_change: those before it were removed
    std::int64_t seq = 0;    ///< number of the last one
};
[[nodiscard]] Result<SearchState> find_search_state(db::Transaction& tx);

/// Names and addresses in the plaintext index, of which there are none in mode memory.
[[nodiscard]] Result<std::int64_t> count_indexed_in_clear(db::Transaction& tx);

/// Sets the mode and makes its index anew: empties the plaintext index and its trigrams, and then reads all
/// names into memory (mode memory) or into that index. One transaction, so that every snapshot has one mode
/// and the whole index of it. Returns how many records did not open and are found by no name. After mode
/// memory was committed, empty the write-ahead log; after mode plaintext, let memory forget.
[[nodiscard]] Result<std::int64_t> rebuild_search(audit::Work& work, NamesInMemory& names, SearchMode mode);

}  // namespace tenantry::housing
