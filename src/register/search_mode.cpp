#include "register/search_mode.hpp"

#include <limits>
#include <tuple>

#include "register/citizen.hpp"
#include "register/names_in_memory.hpp"
#include "register/person.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

Result<void> set_mode(audit::Work& work, SearchMode mode) {
    TRY(work.tx().execute(sql::search_mode::set, static_cast<int>(mode)));
    return {};
}

/// Under mode memory, where removing a name writes nothing into the trigrams.
Result<void> empty_plaintext_index(audit::Work& work) {
    for (const db::Sql* statement : {&sql::person::unindex_all_names, &sql::person::unindex_all_trigrams,
                                     &sql::citizen::unindex_all_texts, &sql::citizen::unindex_all_trigrams}) {
        TRY(work.tx().execute(*statement));
    }
    return {};
}

}  // namespace

Result<SearchState> find_search_state(db::Transaction& tx) {
    SearchState state;
    int mode = 0;
    TRY(tx.find(sql::search_mode::state, std::tie(mode, state.first, state.seq)));
    state.mode = static_cast<SearchMode>(mode);
    return state;
}

Result<std::int64_t> count_indexed_in_clear(db::Transaction& tx) {
    std::int64_t number = 0;
    TRY(tx.find(sql::search_mode::count_in_clear, std::tie(number)));
    return number;
}

Result<std::int64_t> rebuild_search(audit::Work& work, NamesInMemory& names, SearchMode mode) {
    const SearchMode before = TRY(find_search_state(work.tx())).mode;
    TRY(set_mode(work, SearchMode::Memory));
    TRY(empty_plaintext_index(work));
    if (mode == SearchMode::Plaintext) {
        TRY(set_mode(work, mode));
        const std::int64_t unreadable = TRY(index_people(work)) + TRY(index_citizens(work));
        TRY(work.changed({.action = "search_index.built"}));
        return unreadable;
    }
    TRY(work.changed({.action = "search_index.removed"}));
    if (before == SearchMode::Memory) {
        return std::int64_t{0};  // memory has followed every change
    }
    // What an earlier time in mode memory left behind, in any server, is older than this, and then the first.
    TRY(work.tx().execute(sql::search_mode::add_change));
    TRY(work.tx().execute(sql::search_mode::remove_changes, std::numeric_limits<std::int64_t>::max()));
    return names.take_all(work);
}

}  // namespace tenantry::housing
