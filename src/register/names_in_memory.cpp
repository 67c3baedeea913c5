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

/// Names that are read before they go into the index: many enough to fill its blocks.
constexpr std::size_t kAtOnce = 8192;

using Changes = std::vector<TextIndex::Change>;

/// Adds the texts of a statement's rows, in order; counts those that do not open.
class Reading {
  public:
    Reading(const crypto::KeyRing& keys, TextIndex& into, std::int64_t& unreadable)
        : keys_(keys), into_(into), unreadable_(unreadable) {}

    Result<void> take_people(Result<db::Rows> people) {
        db::Rows rows = TRY(std::move(people));
        while (TRY(rows.next())) {
            Id<Person> id;
            Uuid uuid;
            std::int64_t version = 0;
            ByteView blob;
            rows.into(id, uuid, version, blob);
            const auto name = open_name(keys_, uuid, version, blob);
            take(id.value, name.ok() ? std::optional{fold(name->full())} : std::nullopt);
        }
        flush();
        return {};
    }
    Result<void> take_citizens(Result<db::Rows> citizens) {
        db::Rows rows = TRY(std::move(citizens));
        while (TRY(rows.next())) {
            StoredCitizen stored = read_citizen(rows);
            const std::int64_t id = stored.citizen.id.value;
            const auto citizen = open_citizen(std::move(stored), keys_);
            std::optional<std::string> text;
            if (citizen.ok()) {
                auto [name, address] = search_texts(*citizen);
                text = std::move(name) + TextIndex::kPartEnd + address;
            }
            take(id, std::move(text));
        }
        flush();
        return {};
    }

  private:
    void take(std::int64_t id, std::optional<std::string> text) {
        unreadable_ += text ? 0 : 1;
        changes_.push_back({id, std::move(text)});
        if (changes_.size() == kAtOnce) {
            flush();
        }
    }
    void flush() {
        into_ = into_.with(std::move(changes_));
        changes_.clear();
    }

    const crypto::KeyRing& keys_;
    TextIndex& into_;
    std::int64_t& unreadable_;
    Changes changes_;
};

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
    TRY(Reading(keys, names.people, names.unreadable)
            .take_people(tx.query(sql::person::list_names_between, people.after, people.last)));
    return Reading(keys, names.citizens, names.unreadable)
        .take_citizens(tx.query(sql::citizen::list_between, citizens.after, citizens.last));
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

/// Takes records out of the index, and puts in again those that are still there, as they are now.
template <class Read>
Result<void> read_again(const std::vector<std::int64_t>& ids, TextIndex& index, Read read) {
    for (std::size_t at = 0; at < ids.size(); at += kAtOnce) {
        const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(at);
        const PageOfIds some{
            {begin, begin + static_cast<std::ptrdiff_t>(std::min(kAtOnce, ids.size() - at))}};
        Changes gone;
        for (const auto id : some.ids) {
            gone.push_back({id, std::nullopt});
        }
        index = index.with(std::move(gone));
        TRY(read(some.json()));
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
    TRY(read_again(people, names.people, [&](const std::string& ids) {
        return Reading(work.keys(), names.people, uncounted)
            .take_people(work.tx().query(sql::person::list_names, ids));
    }));
    TRY(read_again(citizens, names.citizens, [&](const std::string& ids) {
        return Reading(work.keys(), names.citizens, uncounted)
            .take_citizens(work.tx().query(sql::citizen::find_all, ids));
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
    Names next =
        names != nullptr ? TRY(caught_up(*names, work)) : TRY(read_all(work.tx(), work.keys(), state.seq));
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
    if (const auto names = known()) {
        TRY(work.tx().execute(sql::search_mode::remove_changes, names->seq));
    }
    return {};
}

void NamesInMemory::forget() {
    std::shared_ptr<const Names> none;
    const Lock lock{mutex_};
    names_.swap(none);
}

}  // namespace tenantry::housing
