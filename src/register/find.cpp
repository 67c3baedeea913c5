#include "register/find.hpp"

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "register/person_columns.hpp"
#include "register/postcode.hpp"
#include "register/property.hpp"
#include "register/search.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

using Numbers = std::vector<std::int64_t>;

/// Matches that are ranked, to show the best of them.
constexpr std::size_t kRanked = 200;
/// Texts that are looked at for matches: where a short word is among frequent ones, few of these match.
constexpr std::size_t kLookedAt = 6'000;
/// Statements ask for one more than is shown, to know that there is one.
constexpr std::int64_t kAsked = kFoundMost + 1;
constexpr std::size_t kLeastOfReference = 4;
constexpr std::size_t kDigitsOfUprn = 12;

bool is_all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string upper_case(std::string_view text) {
    std::string upper{text};
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return upper;
}

/// The text with a postcode at its end in one piece, which few addresses have, whereas many have its halves.
std::string with_postcode_together(std::string_view text) {
    const auto words = words_of(text);
    constexpr std::size_t kPartsMost = 2;
    for (std::size_t parts = kPartsMost; parts > 0; --parts) {
        if (words.size() < parts) {
            continue;
        }
        const std::string_view last =
            text.substr(static_cast<std::size_t>(words[words.size() - parts].data() - text.data()));
        if (const auto postcode = parse_postcode(trim(last))) {
            std::string together = *postcode;
            std::erase(together, ' ');
            return std::string{text.substr(0, text.size() - last.size())} + together;
        }
    }
    return std::string{text};
}

/// In the manner of people, who put a comma between the parts of a name or an address.
std::string without_commas(std::string_view entered) {
    std::string text{entered};
    std::replace(text.begin(), text.end(), ',', ' ');
    return std::string{trim(text)};
}

/// What was typed, as everything that it may be. Stays where it is: terms point into themselves.
struct Typed {
    explicit Typed(std::string_view entered)
        : text(without_commas(entered)),
          is_email(text.find('@') != std::string::npos),
          names(parse_search(is_email || is_all_digits(text) ? std::string_view{} : text)),
          addresses(parse_search(is_email ? std::string{} : with_postcode_together(text))) {
        if (text.size() >= kLeastOfReference && text.find(' ') == std::string::npos &&
            std::any_of(text.begin(), text.end(), is_digit)) {
            reference = upper_case(text);
        }
        if (is_all_digits(text) && text.size() <= kDigitsOfUprn) {
            uprn = parse_whole<std::int64_t>(text);
        }
    }
    Typed(const Typed&) = delete;
    Typed& operator=(const Typed&) = delete;

    std::string text;
    bool is_email;
    SearchTerms names;
    SearchTerms addresses;
    std::optional<std::string> reference;  ///< or the beginning of one
    std::optional<std::int64_t> uprn;
};

/// How well a folded text answers: 0 the best.
enum class Fit : std::uint8_t { Whole, Words, Beginnings, Anywhere };

template <class Accepts>
bool each_word(const SearchTerms& terms, std::string_view text, Accepts accepts) {
    return std::all_of(terms.words.begin(), terms.words.end(), [&](std::string_view word) {
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            const auto end = at + word.size();
            const auto parts = [](char c) { return c == ' ' || c == ','; };
            const bool begins = at == 0 || parts(text[at - 1]);
            const bool ends = end == text.size() || parts(text[end]);
            if (word.empty() || accepts(begins, ends)) {
                return true;
            }
        }
        return false;
    });
}

/// Nothing where the text does not hold every word.
std::optional<Fit> fit_of(const SearchTerms& terms, std::string_view text) {
    if (!each_word(terms, text, [](bool, bool) { return true; })) {
        return std::nullopt;
    }
    if (each_word(terms, text, [](bool begins, bool ends) { return begins && ends; })) {
        const auto size = terms.folded.size();
        const bool whole =
            text.starts_with(terms.folded) && (text.size() == size || text[size] == ' ' || text[size] == ',');
        return whole ? Fit::Whole : Fit::Words;
    }
    return each_word(terms, text, [](bool begins, bool) { return begins; }) ? Fit::Beginnings : Fit::Anywhere;
}

/// The text with its numbers in one width, so that 9 comes before 10.
std::string in_natural_order(std::string_view text) {
    constexpr std::size_t kWidth = 6;
    std::string key;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_digit(text[end])) {
            ++end;
        }
        if (end == at) {
            key += text[at++];
            continue;
        }
        key.append(kWidth - std::min(kWidth, end - at), '0');
        key += text.substr(at, end - at);
        at = end;
    }
    return key;
}

struct Match {
    std::int64_t id = 0;
    Fit fit = Fit::Anywhere;
    bool is_past = false;  ///< goes after those of today
    std::string order;

    bool operator<(const Match& other) const {
        return std::tie(fit, is_past, order, id) < std::tie(other.fit, other.is_past, other.order, other.id);
    }
};

struct Matches {
    std::vector<Match> all;
    bool has_more = false;  ///< than were looked at
};

/// The first of what the index has for the words, that fits as well as this.
Result<Matches> read_matches(Result<db::Rows> candidates, const SearchTerms& terms,
                             Fit least = Fit::Anywhere) {
    Matches matches;
    db::Rows rows = TRY(std::move(candidates));
    for (std::size_t looked_at = 0; TRY(rows.next()); ++looked_at) {
        if (matches.all.size() == kRanked || looked_at == kLookedAt) {
            matches.has_more = true;
            break;
        }
        std::int64_t id = 0;
        std::string_view folded;
        rows.into(id, folded);
        if (const auto fit = fit_of(terms, folded); fit && *fit <= least) {
            matches.all.push_back({id, *fit, false, in_natural_order(folded)});
        }
    }
    return matches;
}

/// What the index has for the words: one engine's takes their trigrams, the other's the words.
Result<db::Rows> find_words(db::Transaction& tx, const db::Sql& sql, const SearchTerms& terms) {
    return tx.query(sql, terms.match, terms.folded);
}

/// Whoever may have such a name, by either index.
Result<Matches> find_names(audit::Work& work, NamesInMemory& names, const SearchTerms& terms) {
    const auto in_memory = TRY(names.of(work));
    if (in_memory == nullptr) {
        return read_matches(find_words(work.tx(), sql::find::names, terms), terms);
    }
    Matches matches;
    for (const auto id : in_memory->people.find({terms.words, {}}, 0, kRanked + 1)) {
        if (matches.all.size() == kRanked) {
            matches.has_more = true;
            break;
        }
        matches.all.push_back({.id = id, .order = {}});
    }
    return matches;
}

/// The matches as the names are in this snapshot, which is what an index may be behind or ahead of. A name
/// that does not open stays: it is shown as damaged.
Result<void> rank_people(audit::Work& work, const SearchTerms& terms, Matches& matches) {
    PageOfIds ids;
    for (const auto& match : matches.all) {
        ids.ids.push_back(match.id);
    }
    matches.all.clear();
    db::Rows rows = TRY(work.tx().query(sql::find::rank_people, ids.json()));
    while (TRY(rows.next())) {
        Match match;
        Uuid uuid;
        std::int64_t version = 0;
        ByteView sealed;
        bool present = false;
        rows.into(match.id, uuid, version, sealed, present);
        match.is_past = !present;
        if (const auto name = open_name(work.keys(), uuid, version, sealed); name.ok()) {
            match.order = fold(name->full());
            const auto fit = fit_of(terms, match.order);
            if (!fit) {
                continue;
            }
            match.fit = *fit == Fit::Whole && match.order != terms.folded ? Fit::Words : *fit;
        }
        matches.all.push_back(std::move(match));
    }
    return {};
}

/// Numbers in the order in which they are to be shown, each once.
class Chosen {
  public:
    void add(std::int64_t id) {
        if (std::find(ids_.begin(), ids_.end(), id) != ids_.end()) {
            return;
        }
        if (ids_.size() == kFoundMost) {
            has_more_ = true;
            return;
        }
        ids_.push_back(id);
    }
    void add(Matches matches) {
        std::sort(matches.all.begin(), matches.all.end());
        for (const auto& match : matches.all) {
            add(match.id);
        }
        has_more_ = has_more_ || matches.has_more;
    }
    Result<void> add(Result<db::Rows> found) {
        db::Rows rows = TRY(std::move(found));
        while (TRY(rows.next())) {
            std::int64_t id = 0;
            rows.into(id);
            add(id);
        }
        return {};
    }

    [[nodiscard]] const Numbers& ids() const { return ids_; }
    [[nodiscard]] bool has_more() const { return has_more_; }
    [[nodiscard]] std::string json() const { return PageOfIds{ids_}.json(); }

  private:
    Numbers ids_;
    bool has_more_ = false;
};

/// Up to where texts begin with the reference: no byte of one is higher than 0x7f.
std::string end_of_prefix(const std::string& reference) {
    return reference + '\x7f';
}

class Search {
  public:
    Search(audit::Work& work, NamesInMemory& names, const Typed& typed, FindScope scope)
        : work_(work), names_(names), typed_(typed), scope_(scope) {}

    Result<Found> run() {
        TRY(choose_by_reference());
        TRY(choose_homes());
        TRY(choose_people());
        Found found;
        found.homes = {TRY(read_homes()), homes_.has_more()};
        found.tenancies = {TRY(read_tenancies()), tenancies_.has_more()};
        found.cases = {TRY(read_tray_items(work_, cases_.ids())), cases_.has_more()};
        found.people = {TRY(read_person_lines(work_, people_.ids())), people_.has_more()};
        if (!found.people.items.empty()) {
            TRY(work_.read({.action = "tenant.listed", .people = people_.ids()}));
        }
        found.too_short = found.empty() && !looked_;
        return found;
    }

  private:
    Result<void> choose_by_reference() {
        if (!typed_.reference) {
            return {};
        }
        looked_ = true;
        auto& tx = work_.tx();
        for (const auto& from : spellings(*typed_.reference)) {
            const auto end = end_of_prefix(from);
            if (scope_.tenancies) {
                TRY(tenancies_.add(tx.query(sql::find::tenancies_of_tag, from, end, kAsked)));
                TRY(tenancies_.add(tx.query(sql::find::tenancies_of_payment_reference, from, end, kAsked)));
            }
            if (scope_.cases) {
                TRY(cases_.add(tx.query(sql::find::cases, from, end, kAsked)));
            }
        }
        return {};
    }

    /// References are as they were given: in capitals, as nearly all are, or as they were typed.
    [[nodiscard]] std::vector<std::string> spellings(const std::string& in_capitals) const {
        return in_capitals == typed_.text ? std::vector{in_capitals} : std::vector{in_capitals, typed_.text};
    }

    Result<void> choose_homes() {
        if (typed_.uprn) {
            TRY(homes_.add(work_.tx().query(sql::find::homes_of_uprn, *typed_.uprn, kAsked)));
        }
        if (!typed_.addresses.match.empty()) {
            looked_ = true;
            // A number stands in many longer ones.
            const Fit least = is_all_digits(typed_.text) ? Fit::Words : Fit::Anywhere;
            homes_.add(TRY(read_matches(find_words(work_.tx(), sql::find::addresses, typed_.addresses),
                                        typed_.addresses, least)));
        }
        return {};
    }

    Result<void> choose_people() {
        auto& tx = work_.tx();
        if (const auto hash = hash_contact(work_.keys(), typed_.text)) {
            looked_ = true;
            TRY(people_.add(tx.query(sql::find::people_of_contact, *hash, kAsked)));
        }
        if (!tenancies_.ids().empty()) {
            TRY(people_.add(tx.query(sql::find::people_of_tenancies, tenancies_.json(), kAsked)));
        }
        if (homes_.ids().size() == 1) {
            TRY(people_.add(tx.query(sql::find::people_at_homes, homes_.json(), kAsked)));
        }
        if (!typed_.names.match.empty()) {
            looked_ = true;
            Matches matches = TRY(find_names(work_, names_, typed_.names));
            TRY(rank_people(work_, typed_.names, matches));
            people_.add(std::move(matches));
        }
        return {};
    }

    Result<std::vector<FoundHome>> read_homes() {
        std::vector<FoundHome> homes;
        std::vector<std::pair<std::int64_t, FoundHome>> read;
        if (homes_.ids().empty()) {
            return homes;
        }
        db::Rows rows = TRY(work_.tx().query(sql::find::homes, homes_.json()));
        while (TRY(rows.next())) {
            auto& [id, home] = read.emplace_back();
            Address a;
            rows.into(id, home.uuid, home.uprn, a.line_1, a.line_2, a.line_3, a.city, a.postcode, home.alert);
            home.address = join_address(a.line_1, a.line_2, a.line_3, a.city, a.postcode);
        }
        return in_order(std::move(read), homes_);
    }

    Result<std::vector<FoundTenancy>> read_tenancies() {
        std::vector<std::pair<std::int64_t, FoundTenancy>> read;
        if (tenancies_.ids().empty()) {
            return std::vector<FoundTenancy>{};
        }
        db::Rows rows = TRY(work_.tx().query(sql::find::tenancies, tenancies_.json()));
        while (TRY(rows.next())) {
            auto& [id, t] = read.emplace_back();
            Address a;
            rows.into(id, t.uuid, t.tag_reference, t.payment_reference, t.present, t.start_on, t.end_on,
                      t.home, a.line_1, a.line_2, a.line_3, a.city, a.postcode, t.alert);
            t.address = join_address(a.line_1, a.line_2, a.line_3, a.city, a.postcode);
        }
        return in_order(std::move(read), tenancies_);
    }

    template <class Item>
    static std::vector<Item> in_order(std::vector<std::pair<std::int64_t, Item>> read, const Chosen& chosen) {
        sort_as_listed(read, chosen.ids(), [](const auto& one) { return one.first; });
        std::vector<Item> items;
        items.reserve(read.size());
        for (auto& [id, item] : read) {
            items.push_back(std::move(item));
        }
        return items;
    }

    audit::Work& work_;
    NamesInMemory& names_;
    const Typed& typed_;
    FindScope scope_;
    Chosen people_;
    Chosen homes_;
    Chosen tenancies_;
    Chosen cases_;
    bool looked_ = false;
};

}  // namespace

Result<Found> find_anything(audit::Work& work, NamesInMemory& names, std::string_view typed,
                            FindScope scope) {
    const Typed meant{typed};
    return Search{work, names, meant, scope}.run();
}

}  // namespace tenantry::housing
