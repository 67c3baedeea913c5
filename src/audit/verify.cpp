#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>

#include "audit/chain.hpp"
#include "audit/sql.hpp"
#include "audit/verify_end.hpp"

namespace tenantry::audit {

namespace {

/// A row of the journal; its views hold until the next one is read.
struct Row {
    StoredEvent event;
    ByteView hash;
};

/// Where events came from. Looked up here and not by a join: that makes reading the journal a third faster.
class Origins {
  public:
    [[nodiscard]] static Result<Origins> load(db::Transaction& tx) {
        Origins origins;
        db::Rows rows = TRY(tx.query(sql::origin::list_all));
        while (TRY(rows.next())) {
            std::int64_t id = 0;
            Uuid uuid;
            rows.into(id, uuid);
            origins.uuids_.emplace(id, uuid);
        }
        return origins;
    }
    /// An origin that is not there is no absent one: the event was led to it.
    [[nodiscard]] std::optional<Uuid> of(std::optional<std::int64_t> id) const {
        if (!id) {
            return std::nullopt;
        }
        const auto found = uuids_.find(*id);
        return found == uuids_.end() ? Uuid{} : found->second;
    }

  private:
    std::unordered_map<std::int64_t, Uuid> uuids_;
};

/// The journal as it is stored, and the tests that an event can be put to.
class Journal {
  public:
    Journal(db::Transaction& tx, const crypto::KeyRing& keys, const Origins& origins)
        : tx_(tx), keys_(keys), origins_(origins) {}

    [[nodiscard]] Result<db::Rows> rows_from(std::int64_t id) const {
        return tx_.query(sql::event::list_from, id);
    }
    [[nodiscard]] Result<db::Rows> row_of(std::int64_t id) const { return tx_.query(sql::event::find, id); }
    [[nodiscard]] Result<std::int64_t> last() const {
        std::int64_t id = 0;
        TRY(tx_.find(sql::event::find_last, std::tie(id)));
        return id;
    }
    [[nodiscard]] Row read(const db::Rows& rows) const {
        Row row;
        StoredEvent& e = row.event;
        std::optional<std::int64_t> origin;
        rows.into(e.id, e.at, e.action, e.outcome, e.account, origin, e.resource, e.version, e.person,
                  e.people, row.hash);
        e.origin = origins_.of(origin);
        return row;
    }
    [[nodiscard]] Hash hash_of(const Hash& before, const StoredEvent& event) const {
        return chain_hash(keys_, before, event);
    }
    /// Whether the row is the event of this number that followed the one of this hash.
    [[nodiscard]] bool is(Row row, std::int64_t number, const Hash& before) const {
        row.event.id = number;
        return std::ranges::equal(hash_of(before, row.event), row.hash);
    }

  private:
    db::Transaction& tx_;
    const crypto::KeyRing& keys_;
    const Origins& origins_;
};

Hash copy_of(ByteView hash) {
    Hash copy{};
    std::copy_n(hash.begin(), std::min(hash.size(), copy.size()), copy.begin());
    return copy;
}

/// Where the event stands that belongs behind the last that holds; and how far those that belong behind it
/// follow it there.
struct Strayed {
    std::int64_t place = 0;  ///< 0: nowhere
    Hash hash{};             ///< its own
    Head followed_to;        ///< the last of them, by its true number
};

Result<Strayed> find_strayed(const Journal& journal, const Head& last, std::int64_t from) {
    Strayed strayed;
    db::Rows rows = TRY(journal.rows_from(from));
    while (strayed.place == 0 && TRY(rows.next())) {
        const Row row = journal.read(rows);
        if (journal.is(row, last.event + 1, last.hash)) {
            strayed.place = row.event.id;
            strayed.hash = copy_of(row.hash);
        }
    }
    strayed.followed_to = {last.event + 1, strayed.hash};
    Head& end = strayed.followed_to;
    while (strayed.place != 0 && TRY(rows.next())) {
        const Row row = journal.read(rows);
        if (!journal.is(row, end.event + 1, end.hash)) {
            break;
        }
        end = {end.event + 1, copy_of(row.hash)};
    }
    return strayed;
}

/// Whether the row of this number is the event of another number behind this hash.
Result<bool> row_is(const Journal& journal, std::int64_t place, std::int64_t number, const Hash& before) {
    db::Rows rows = TRY(journal.row_of(place));
    return TRY(rows.next()) && journal.is(journal.read(rows), number, before);
}

/// Whether a row that stands where a strayed event belongs changed places with it, or was taken from further
/// on; if not, it was put there.
Result<bool> was_reordered(const Journal& journal, const Strayed& strayed, std::int64_t here) {
    const Head& end = strayed.followed_to;
    if (strayed.place > here + 1) {
        return row_is(journal, here + 1, here + 1, strayed.hash);
    }
    return row_is(journal, here, end.event + 1, end.hash);
}

/// Whether events are missing here and all later ones were numbered anew: then the journal's note of its end
/// says how many are missing, and the next row is so much further on. 0: they are not.
Result<std::int64_t> removed_and_renumbered(const Journal& journal, const std::optional<Head>& said,
                                            std::int64_t here) {
    const std::int64_t end = TRY(journal.last());
    if (!said || said->event <= end) {
        return 0;
    }
    const std::int64_t missing = said->event - end;
    Hash hash{};
    {
        db::Rows rows = TRY(journal.row_of(here));
        if (!TRY(rows.next())) {
            return 0;
        }
        hash = copy_of(journal.read(rows).hash);
    }
    const bool fits =
        here == end ? hash == said->hash : TRY(row_is(journal, here + 1, here + 1 + missing, hash));
    return fits ? missing : 0;
}

/// What happened behind the last event that holds, where the next row has this number and does not follow.
Result<Verdict> diagnose(const Journal& journal, const Head& last, const std::optional<Head>& said,
                         std::int64_t next) {
    const std::int64_t here = last.event + 1;
    Verdict verdict{last.event, here, Break::Changed, 0};
    const bool ended_before = said && said->event == last.event && said->hash == last.hash;
    if (next < here || ended_before) {
        verdict.what = Break::Inserted;
        return verdict;
    }
    const Strayed strayed = TRY(find_strayed(journal, last, next));
    if (strayed.place != 0) {
        const bool moved = next > here || TRY(was_reordered(journal, strayed, here));
        verdict.what = moved ? Break::Reordered : Break::Inserted;
        verdict.count = moved ? 0 : strayed.place - here;
        return verdict;
    }
    verdict.count = next > here ? next - here : TRY(removed_and_renumbered(journal, said, here));
    verdict.what = verdict.count > 0 ? Break::Removed : Break::Changed;
    return verdict;
}

/// All rows hold; what of the note of the last one?
Verdict judge_end(const Head& last, const Result<std::optional<Head>>& noted) {
    const Head said = noted.ok() ? noted->value_or(Head{}) : Head{};
    if (noted.ok() && said.event == last.event && said.hash == last.hash) {
        return {last.event, std::nullopt, Break::Changed, 0};
    }
    if (noted.ok() && said.event > last.event) {
        return {last.event, last.event + 1, Break::CutOff, said.event - last.event};
    }
    return {last.event, last.event + 1, Break::HeadChanged, 0};
}

}  // namespace

Result<Bytes> find_hash(db::Transaction& tx, std::int64_t event) {
    Bytes hash;
    TRY(tx.find(sql::event::find_hash, std::tie(hash), event));
    return hash;
}

Result<bool> has_action(db::Transaction& tx, std::string_view action) {
    bool has = false;
    TRY(tx.find(sql::event::has_action, std::tie(has), action));
    return has;
}

namespace {

/// The journal behind an event that is taken to hold; nothing: from its beginning.
Result<Verdict> verify_after(db::Transaction& tx, const crypto::KeyRing& keys,
                             const std::optional<Head>& start, const OnEvent& on_event) {
    const auto noted = find_head(tx, keys);
    if (!noted.ok() && noted.error().code != Code::Corrupt) {
        return noted.error();
    }
    const std::optional<Head> said = noted.ok() ? *noted : std::nullopt;
    const Origins origins = TRY(Origins::load(tx));
    const Journal journal{tx, keys, origins};
    Head last = start.value_or(Head{});
    std::optional<std::int64_t> broken;
    {
        db::Rows rows =
            TRY(journal.rows_from(start ? start->event + 1 : std::numeric_limits<std::int64_t>::min()));
        while (TRY(rows.next())) {
            const Row row = journal.read(rows);
            const StoredEvent& e = row.event;
            const Hash hash = journal.hash_of(last.hash, e);
            if (e.id != last.event + 1 || !std::ranges::equal(hash, row.hash)) {
                broken = e.id;
                break;
            }
            last = {e.id, hash};
            if (on_event) {
                on_event({e.id, from_millis(e.at), e.action, static_cast<Outcome>(e.outcome), e.resource,
                          e.version, e.person},
                         said ? said->event : e.id);
            }
        }
    }
    return broken ? diagnose(journal, last, said, *broken) : judge_end(last, noted);
}

}  // namespace

Result<Verdict> verify_journal(db::Transaction& tx, const crypto::KeyRing& keys, const OnEvent& on_event) {
    return verify_after(tx, keys, std::nullopt, on_event);
}

Result<EndVerdict> verify_end_of_journal(db::Transaction& tx, const crypto::KeyRing& keys,
                                         std::int64_t most) {
    std::int64_t last = 0;
    TRY(tx.find(sql::event::find_last, std::tie(last)));
    if (last <= most) {
        return EndVerdict{TRY(verify_journal(tx, keys)), 0};
    }
    const auto hash = find_hash(tx, last - most);
    if (!hash.ok() && hash.error().code == Code::NotFound) {
        // Without the event that they are held to there is only one way to say which is the first to break.
        return EndVerdict{TRY(verify_journal(tx, keys)), 0};
    }
    const Head start{last - most, copy_of(TRY(hash))};
    return EndVerdict{TRY(verify_after(tx, keys, start, {})), start.event};
}

}  // namespace tenantry::audit
