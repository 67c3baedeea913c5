#include "register/names_in_memory.hpp"

#include <algorithm>
#include <future>
#include <tuple>

#include "base/text.hpp"
#include "register/citizen.hpp"
#include "register/person_columns.hpp"
#include "register/record.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// Records whose change is read at once.
constexpr std::size_t kAtOnce = 8192;

/// Opens the texts of a statement's rows, which come in order of their numbers, and gives each to
/// put(id, text); counts those that do not open.
template <class Put>
Result<void> read_people(Result<db::Rows> people, const crypto::KeyRing& keys, std::int64_t& unreadable,
                         Put put) {
    db::Rows rows = TRY(std::move(people));
    FoldedName name;
    while (TRY(rows.next())) {
        Id<Person> id;
        Uuid uuid;
        std::int64_t version = 0;
        ByteView blob;
        rows.into(id, uuid, version, blob);
        if (name.open(keys, uuid, version, blob).ok()) {
            put(id.value, name.text());
        } else {
            ++unreadable;
        }
    }
    return {};
}

template <class Put>
Result<void> read_citizens(Result<db::Rows> citizens, const crypto::KeyRing& keys, std::int64_t& unreadable,
                           Put put) {
    db::Rows rows = TRY(std::move(citizens));
    while (TRY(rows.next())) {
        StoredCitizen stored = read_citizen(rows);
        const std::int64_t id = stored.citizen.id.value;
        const auto citizen = open_citizen(std::move(stored), keys);
        if (citizen.ok()) {
            auto [text, address] = search_texts(*citizen);
            text += TextIndex::kPartEnd;
            text += address;
            put(id, text);
        } else {
            ++unreadable;
        }
    }
    return {};
}

/// The numbers of records: after the first up to the last.
struct Range {
    std::int64_t after = 0;
    std::int64_t last = 0;
};

/// The last numbers of a snapshot.
struct Last {
    std::int64_t person = 0;
    std::int64_t citizen = 0;
};

Result<Last> find_last(db::Transaction& tx) {
    Last last;
    TRY(tx.find(sql::search_mode::find_last_records, std::tie(last.person, last.citizen)));
    return last;
}

Result<void> read_range(db::Transaction& tx, const crypto::KeyRing& keys, Range people, Range citizens,
                        Names& names) {
    const auto into = [](TextIndex::Filling& filling) {
        return [&filling](std::int64_t id, std::string_view text) { filling.add(id, text); };
    };
    TextIndex::Filling people_texts{names.people};
    TRY(read_people(tx.query(sql::person::list_names_between, people.after, people.last), keys,
                    names.unreadable, into(people_texts)));
    people_texts.finish();
    TextIndex::Filling citizen_texts{names.citizens};
    TRY(read_citizens(tx.query(sql::citizen::list_between, citizens.after, citizens.last), keys,
                      names.unreadable, into(citizen_texts)));
    citizen_texts.finish();
    return {};
}

/// All that a transaction sees.
Result<Names> read_all(db::Transaction& tx, const crypto::KeyRing& keys, std::int64_t seq) {
    const Last last = TRY(find_last(tx));
    Names names;
    names.seq = seq;
    TRY(read_range(tx, keys, {0, last.person}, {0, last.citizen}, names));
    return names;
}

void sort_out(std::vector<std::int64_t>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// What records are from now on, those that are not there any more included. read(ids, put) reads some.
template <class Read>
Result<void> read_again(const std::vector<std::int64_t>& ids, TextIndex& index, Read read) {
    for (std::size_t at = 0; at < ids.size(); at += kAtOnce) {
        const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(at);
        const PageOfIds some{
            {begin, begin + static_cast<std::ptrdiff_t>(std::min(kAtOnce, ids.size() - at))}};
        std::vector<TextIndex::Change> changes;
        changes.reserve(some.ids.size());
        for (const auto id : some.ids) {
            changes.push_back({id, std::nullopt});
        }
        TRY(read(some.json(), [&changes](std::int64_t id, std::string_view text) {
            std::ranges::lower_bound(changes, id, {}, &TextIndex::Change::id)->text.emplace(text);
        }));
        index = index.with(std::move(changes));
    }
    return {};
}

/// What is to be known of the snapshot, from what is known of an earlier one.
Result<Names> caught_up(Names names, audit::Work& work) {
    std::vector<std::int64_t> people;
    std::vector<std::int64_t> citizens;
    {
        db::Rows rows = TRY(work.tx().query(sql::search_mode::list_changes, names.seq));
        while (TRY(rows.next())) {
            std::optional<std::int64_t> person;
            std::optional<std::int64_t> citizen;
            rows.into(person, citizen);
            if (person) {
                people.push_back(*person);
            }
            if (citizen) {
                citizens.push_back(*citizen);
            }
        }
    }
    sort_out(people);
    sort_out(citizens);
    std::int64_t uncounted = 0;
    TRY(read_again(people, names.people, [&](const std::string& ids, auto put) {
        return read_people(work.tx().query(sql::person::list_names, ids), work.keys(), uncounted, put);
    }));
    TRY(read_again(citizens, names.citizens, [&](const std::string& ids, auto put) {
        return read_citizens(work.tx().query(sql::citizen::find_all, ids), work.keys(), uncounted, put);
    }));
    return names;
}

/// Part number `part` of `parts`, of the records up to the last.
Range part_of(std::int64_t last, unsigned part, unsigned parts) {
    const std::int64_t size = last / parts + 1;
    return {part * size, (part + 1) * size};
}

}  // namespace

std::shared_ptr<const Names> NamesInMemory::known() const {
    const Lock lock{mutex_};
    return names_;
}

void NamesInMemory::offer(std::shared_ptr<const Names> names) {
    const Lock lock{mutex_};
    if (names_ == nullptr || names_->seq < names->seq) {
        names_.swap(names);  // what it held goes after the lock does
    }
}

Result<std::shared_ptr<const Names>> NamesInMemory::of(audit::Work& work) {
    const SearchState state = TRY(find_search_state(work.tx()));
    if (state.mode == SearchMode::Plaintext) {
        return std::shared_ptr<const Names>{};
    }
    auto names = known();
    if (names != nullptr && names->seq >= state.seq) {
        return names;
    }
    // Another server may have removed changes that this one has not seen.
    const bool can_follow = names != nullptr && names->seq >= state.first;
    Names next = can_follow ? TRY(caught_up(*names, work)) : TRY(read_all(work.tx(), work.keys(), state.seq));
    next.seq = state.seq;
    names = std::make_shared<const Names>(std::move(next));
    if (!work.writes()) {
        offer(names);
    }
    return names;
}

Result<std::shared_ptr<const Names>> NamesInMemory::load(db::Database& database, const crypto::KeyRing& keys,
                                                         unsigned threads) {
    const auto first = TRY(database.open_reader());
    TRY(first->begin());
    const SearchState state = TRY(find_search_state(*first));
    if (state.mode == SearchMode::Plaintext) {
        return std::shared_ptr<const Names>{};
    }
    const Last last = TRY(find_last(*first));
    // The other snapshots may be newer than the first, whose number this gets: those changes are read twice.
    const auto read_part = [&](unsigned part) -> Result<Names> {
        const auto reader = TRY(database.open_reader());
        TRY(reader->begin());
        Names names;
        TRY(read_range(*reader, keys, part_of(last.person, part, threads),
                       part_of(last.citizen, part, threads), names));
        reader->end();
        return names;
    };
    std::vector<std::future<Result<Names>>> parts;
    for (unsigned part = 0; part < threads; ++part) {
        parts.push_back(std::async(std::launch::async, read_part, part));
    }
    Names all;
    all.seq = state.seq;
    for (auto& part : parts) {
        const Names names = TRY(part.get());
        all.people.append(names.people);
        all.citizens.append(names.citizens);
        all.unreadable += names.unreadable;
    }
    first->end();
    offer(std::make_shared<const Names>(std::move(all)));
    return known();
}

Result<std::int64_t> NamesInMemory::take_all(audit::Work& work) {
    VERIFY(work.writes());
    Names all = TRY(read_all(work.tx(), work.keys(), TRY(find_search_state(work.tx())).seq));
    const std::int64_t unreadable = all.unreadable;
    auto names = std::make_shared<const Names>(std::move(all));
    const Lock lock{mutex_};
    names_.swap(names);
    return unreadable;
}

Result<void> NamesInMemory::remove_changes(audit::Work& work) {
    const auto names = known();
    if (names == nullptr) {
        return {};
    }
    // What was known the time before, so that other servers, which follow as often, have seen it too.
    const auto seen = seen_at_last_removal_.exchange(names->seq);
    TRY(work.tx().execute(sql::search_mode::remove_changes, seen));
    return {};
}

void NamesInMemory::forget() {
    std::shared_ptr<const Names> none;
    const Lock lock{mutex_};
    names_.swap(none);
}

}  // namespace tenantry::housing
