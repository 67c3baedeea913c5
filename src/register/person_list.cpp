// Lists of people: which statement answers which filter. Each finds numbers only; the rows of the page are
// read after.
#include <algorithm>

#include "base/text.hpp"
#include "register/person.hpp"
#include "register/person_columns.hpp"
#include "register/search.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::size_t kLeastTelephoneDigits = 6;

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

/// What an e-mail or a telephone is found by; nothing where the search is a name.
std::optional<ContactHash> contact_of(const crypto::KeyRing& keys, std::string_view search) {
    if (search.find('@') != std::string_view::npos) {
        return hash_email(keys, search);
    }
    // Folded, every kind of dash and space is a space.
    const bool telephone = fold(search).find_first_not_of("0123456789 +()./") == std::string::npos &&
                           fold_telephone(search).size() >= kLeastTelephoneDigits;
    return telephone ? hash_telephone(keys, search) : std::nullopt;
}

Result<PageOfIds> search_contacts(db::Transaction& tx, const ContactHash& hash, const PersonFilter& filter) {
    return read_page(TRY(tx.query(sql::person::search_contact, hash, rows_to_count(filter.paging),
                                  filter.active, static_cast<int>(place_of(filter)), filter.property)),
                     filter.paging);
}

Result<PageOfIds> search_names(db::Transaction& tx, const PersonFilter& filter) {
    const SearchTerms terms = parse_search(filter.search);
    if (terms.empty()) {
        return PageOfIds{};
    }
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

Result<PageOfIds> find_page(audit::Work& work, const PersonFilter& filter) {
    if (filter.search.empty()) {
        return list_by_place(work.tx(), filter);
    }
    if (filter.search_contacts) {
        if (const auto hash = contact_of(work.keys(), filter.search)) {
            return search_contacts(work.tx(), *hash, filter);
        }
    }
    return search_names(work.tx(), filter);
}

/// The rows of a statement about people, opened to Depth::Contact; damage is reported and the rest shown.
/// Journals whose records it shows.
Result<std::vector<Person>> show_people(audit::Work& work, const db::Sql& sql, const std::string& ids) {
    std::vector<Person> people;
    {
        db::Rows rows = TRY(work.tx().query(sql, ids));
        while (TRY(rows.next())) {
            people.push_back(read_person(rows, work.keys(), Depth::Contact));
        }
    }
    std::vector<std::int64_t> shown;
    for (const Person& person : people) {
        if (!person.unreadable.empty()) {
            TRY(report_damage(work, person));
        }
        shown.push_back(person.id.value);
    }
    if (!shown.empty()) {
        TRY(work.read({.action = "tenant.listed", .people = std::move(shown)}));
    }
    return people;
}

}  // namespace

Result<std::vector<Person>> list_people_of_tenancies(audit::Work& work, const PageOfIds& tenancies) {
    if (tenancies.ids.empty()) {
        return std::vector<Person>{};
    }
    return show_people(work, sql::person::list_of_tenancies, tenancies.json());
}

Result<PersonPage> list_people(audit::Work& work, const PersonFilter& filter) {
    PageOfIds page = TRY(find_page(work, filter));
    PersonPage found{{}, page.total, page.total_is_exact};
    if (page.ids.empty()) {
        return found;
    }
    found.people = TRY(show_people(work, sql::person::find_all, page.json()));
    return found;
}

}  // namespace tenantry::housing
