// Lists of people: which statement answers which filter. Each finds numbers only; the rows of the page are
// read after.
#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "register/names_in_memory.hpp"
#include "register/person.hpp"
#include "register/person_columns.hpp"
#include "register/search.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// Candidates of a search in memory that one statement confirms.
constexpr std::size_t kCandidates = 1000;

/// Where people may be assigned, as the filtered statements take it.
enum class Place : std::uint8_t { Anywhere = 0, AtProperty = 1, AtPropertyOrNowhere = 2, Nowhere = 3 };

Place place_of(const PersonFilter& filter) {
    if (filter.only_unassigned) {
        return Place::Nowhere;
    }
    if (!filter.property) {
        return Place::Anywhere;
    }
    return filter.or_unassigned ? Place::AtPropertyOrNowhere : Place::AtProperty;
}

/// The statements take the active and the inactive apart and merge them: most people kept are inactive, so
/// going through one kind for the other would take long.
Result<PageOfIds> list_by_place(db::Transaction& tx, const PersonFilter& filter) {
    const auto most = rows_to_count(filter.paging);
    const auto page = [&filter](Result<db::Rows> rows) -> Result<PageOfIds> {
        return read_page(TRY(std::move(rows)), filter.paging);
    };
    switch (place_of(filter)) {
        case Place::Anywhere:
            return filter.active ? page(tx.query(sql::person::list_by_active, *filter.active, most))
                                 : page(tx.query(sql::person::list, most));
        case Place::AtProperty:
            return page(tx.query(sql::person::list_at_property, filter.property, filter.active, most));
        case Place::AtPropertyOrNowhere:
            return page(
                tx.query(sql::person::list_at_property_or_unassigned, filter.property, filter.active, most));
        case Place::Nowhere:
            return page(tx.query(sql::person::list_unassigned, filter.active, most));
    }
    VERIFY(false);
}

Result<PageOfIds> search_contacts(db::Transaction& tx, const ContactHash& hash, const PersonFilter& filter) {
    return read_page(TRY(tx.query(sql::person::search_contact, hash, rows_to_count(filter.paging),
                                  filter.active, static_cast<int>(place_of(filter)), filter.property)),
                     filter.paging);
}

Result<PageOfIds> search_plaintext(db::Transaction& tx, const SearchTerms& terms,
                                   const PersonFilter& filter) {
    const auto& w = terms.words;
    const auto most = rows_to_count(filter.paging);
    const auto place = place_of(filter);
    if (terms.match.empty()) {
        return read_page(TRY(tx.query(sql::person::search_short, w[0], w[1], w[2], w[3], w[4], most,
                                      filter.active, static_cast<int>(place), filter.property)),
                         filter.paging);
    }
    if (place == Place::Anywhere && !filter.active) {
        return read_page(TRY(tx.query(sql::person::search, terms.match, w[0], w[1], w[2], w[3], w[4], most)),
                         filter.paging);
    }
    return read_page(TRY(tx.query(sql::person::search_filtered, terms.match, w[0], w[1], w[2], w[3], w[4],
                                  most, filter.active, static_cast<int>(place), filter.property)),
                     filter.paging);
}

/// Few live at one property, so their names are looked at rather than everybody's.
Result<PageOfIds> search_memory_at_property(db::Transaction& tx, const Names& names,
                                            const WantedTexts& wanted, const PersonFilter& filter) {
    std::vector<std::int64_t> people;
    {
        db::Rows rows = TRY(tx.query(sql::person::list_at_property, filter.property, filter.active,
                                     std::numeric_limits<std::int64_t>::max()));
        while (TRY(rows.next())) {
            rows.into(people.emplace_back());
        }
    }
    PageFiller page{filter.paging};
    for (const auto id : names.people.find_among(people, wanted)) {
        if (!page.is_full()) {
            page.add(id);
        }
    }
    return page.take();
}

/// Memory may be ahead of this snapshot: what it finds counts where the snapshot has such a person.
Result<PageOfIds> search_memory(db::Transaction& tx, const Names& names, const SearchTerms& terms,
                                const PersonFilter& filter) {
    const WantedTexts wanted{terms.words, {}};
    const auto place = place_of(filter);
    if (place == Place::AtProperty) {
        return search_memory_at_property(tx, names, wanted, filter);
    }
    PageFiller page{filter.paging};
    PageOfIds candidates;
    do {
        const std::int64_t after = candidates.ids.empty() ? 0 : candidates.ids.back();
        candidates.ids = names.people.find(wanted, after, kCandidates);
        db::Rows rows = TRY(tx.query(sql::person::confirm, candidates.json(), filter.active,
                                     static_cast<int>(place), filter.property));
        while (!page.is_full() && TRY(rows.next())) {
            std::int64_t id = 0;
            rows.into(id);
            page.add(id);
        }
    } while (!page.is_full() && candidates.ids.size() == kCandidates);
    return page.take();
}

struct Found {
    PageOfIds page;
    bool by_memory = false;  ///< of names that may have changed since
};

Result<Found> search_names(audit::Work& work, NamesInMemory& names, const PersonFilter& filter) {
    const SearchTerms terms = parse_search(filter.search);
    if (terms.empty()) {
        return Found{};
    }
    const auto in_memory = TRY(names.of(work));
    if (in_memory == nullptr) {
        return Found{TRY(search_plaintext(work.tx(), terms, filter))};
    }
    return Found{TRY(search_memory(work.tx(), *in_memory, terms, filter)), true};
}

Result<Found> find_page(audit::Work& work, NamesInMemory& names, const PersonFilter& filter) {
    if (filter.search.empty()) {
        return Found{TRY(list_by_place(work.tx(), filter))};
    }
    if (filter.search_contacts) {
        if (const auto hash = hash_contact(work.keys(), filter.search)) {
            return Found{TRY(search_contacts(work.tx(), *hash, filter))};
        }
    }
    return search_names(work, names, filter);
}

/// The rows of a statement about people, opened to Depth::Contact.
Result<std::vector<Person>> read_people(audit::Work& work, const db::Sql& sql, const std::string& ids) {
    std::vector<Person> people;
    db::Rows rows = TRY(work.tx().query(sql, ids));
    while (TRY(rows.next())) {
        people.push_back(read_person(rows, work.keys(), Depth::Contact));
    }
    return people;
}

/// Whether the name as it is stored does not hold the words: memory has one from before or after.
bool has_other_name(const Person& person, const SearchTerms& terms) {
    const auto& unreadable = person.unreadable;
    if (std::any_of(unreadable.begin(), unreadable.end(),
                    [](Literal column) { return column.view() == name_of(PersonColumn::Name).view(); })) {
        return false;  // found as in the plaintext index, and shown as damaged
    }
    const std::string name = fold(person.name.full());
    return !std::all_of(terms.words.begin(), terms.words.end(),
                        [&name](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace

Result<std::vector<Person>> list_people_of_tenancies(audit::Work& work, const PageOfIds& tenancies) {
    if (tenancies.ids.empty()) {
        return std::vector<Person>{};
    }
    auto people = TRY(read_people(work, sql::person::list_of_tenancies, tenancies.json()));
    TRY(journal_people(work, people));
    return people;
}

Result<PersonPage> list_people(audit::Work& work, NamesInMemory& names, const PersonFilter& filter) {
    const Found found = TRY(find_page(work, names, filter));
    PersonPage page{{}, found.page.total, found.page.total_is_exact};
    if (found.page.ids.empty()) {
        return page;
    }
    page.people = TRY(read_people(work, sql::person::find_all, found.page.json()));
    if (found.by_memory) {
        const SearchTerms terms = parse_search(filter.search);
        page.total -= static_cast<std::int64_t>(std::erase_if(
            page.people, [&terms](const Person& person) { return has_other_name(person, terms); }));
    }
    TRY(journal_people(work, page.people));
    return page;
}

}  // namespace tenantry::housing
