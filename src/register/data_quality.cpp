#include "register/data_quality.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "register/postcode.hpp"
#include "register/property.hpp"
#include "register/record.hpp"
#include "register/resident.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::chrono::days kOld{365};
/// Of one person's contacts a few are enough to see what it is about.
constexpr std::int64_t kSharingMost = 500;

/// The statements of a flaw that is looked for in order of number.
struct Search {
    const db::Sql& last;
    const db::Sql& find;
};

Search search_of(Flaw flaw) {
    switch (flaw) {
        case Flaw::PersonWithoutContact:
            return {sql::data_quality::last_person, sql::data_quality::people_without_contact};
        case Flaw::SharedContact:
            return {sql::data_quality::last_person, sql::data_quality::people_sharing_contacts};
        case Flaw::AlertWithoutHome:
            return {sql::data_quality::last_alert, sql::data_quality::alerts_without_home};
        case Flaw::HomeWithoutUprn:
            return {sql::data_quality::last_property, sql::data_quality::homes_without_uprn};
        case Flaw::HomeWithoutPatch:
            return {sql::data_quality::last_property, sql::data_quality::homes_without_patch};
        case Flaw::BadPostcode:
            return {sql::data_quality::last_property, sql::data_quality::list_postcodes};
        case Flaw::TenancyWithoutPeople:
            return {sql::data_quality::last_tenancy, sql::data_quality::tenancies_without_people};
        case Flaw::OldInteraction:
            break;
    }
    VERIFY(false);
}

struct Found {
    std::vector<std::int64_t> numbers;  ///< by which the search goes on
    std::vector<std::int64_t> records;
};

/// Those between two numbers, at most one more than is counted.
Result<Found> find_between(db::Transaction& tx, Flaw flaw, std::int64_t after, std::int64_t last) {
    Found found;
    const db::Sql& find = search_of(flaw).find;
    if (flaw == Flaw::BadPostcode) {
        db::Rows rows = TRY(tx.query(find, after, last));
        while (found.numbers.size() <= kFlawedCounted && TRY(rows.next())) {
            std::int64_t id = 0;
            std::string_view postcode;
            rows.into(id, postcode);
            if (!parse_postcode(postcode)) {
                found.numbers.push_back(id);
                found.records.push_back(id);
            }
        }
        return found;
    }
    db::Rows rows = TRY(tx.query(find, after, last, kFlawedCounted + 1));
    while (TRY(rows.next())) {
        rows.into(found.numbers.emplace_back(), found.records.emplace_back());
    }
    return found;
}

/// The oldest of what is open in trays. In no order of number, so there is nowhere to go on.
Result<FlawedPage> find_old(audit::Work& work, std::vector<std::int64_t>& records) {
    FlawedPage page;
    {
        db::Rows rows = TRY(work.tx().query(sql::data_quality::list_open_interactions, kFlawedLookedAt));
        while (TRY(rows.next())) {
            std::int64_t id = 0;
            Instant created;
            rows.into(id, created);
            ++page.looked_at;
            if (created < work.now() - kOld) {
                records.push_back(id);
            }
        }
    }
    page.is_through = page.looked_at < kFlawedLookedAt;
    page.found = static_cast<std::int64_t>(records.size());
    std::sort(records.begin(), records.end());
    return page;
}

std::string home_of(const Resident& resident) {
    const Address& home = resident.home;
    return join_address(home.line_1, home.line_2, home.line_3, home.city, home.postcode);
}

using ByNumber = std::unordered_map<std::int64_t, Resident>;

Result<ByNumber> read_people(audit::Work& work, const std::vector<std::int64_t>& people) {
    ByNumber by_number;
    for (Resident& one : TRY(list_residents(work, people))) {
        const auto id = one.person.id.value;
        by_number.emplace(id, std::move(one));
    }
    return by_number;
}

/// Who of these shares a contact with whom.
Result<std::vector<std::pair<std::int64_t, std::int64_t>>> find_sharing(db::Transaction& tx,
                                                                        const PageOfIds& people) {
    std::vector<std::pair<std::int64_t, std::int64_t>> sharing;
    db::Rows rows = TRY(tx.query(sql::data_quality::list_sharing, people.json(), kSharingMost));
    while (TRY(rows.next())) {
        auto& [one, other] = sharing.emplace_back();
        rows.into(one, other);
    }
    return sharing;
}

Result<std::vector<Flawed>> show_people(audit::Work& work, const PageOfIds& ids, bool with_others) {
    std::vector<std::pair<std::int64_t, std::int64_t>> sharing;
    if (with_others) {
        sharing = TRY(find_sharing(work.tx(), ids));
    }
    std::vector<std::int64_t> wanted = ids.ids;
    wanted.reserve(sharing.size());
    for (const auto& [one, other] : sharing) {
        wanted.push_back(other);
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    const ByNumber people = TRY(read_people(work, wanted));
    std::vector<Flawed> shown;
    std::unordered_set<std::int64_t> seen;
    for (const auto id : ids.ids) {
        const auto found = people.find(id);
        if (found == people.end() || !seen.insert(id).second) {
            continue;
        }
        Flawed& flawed = shown.emplace_back();
        flawed.uuid = found->second.person.uuid;
        flawed.name = found->second.person.name.full();
        flawed.details = home_of(found->second);
        for (const auto& [one, other] : sharing) {
            const auto known = people.find(other);
            if (one == id && known != people.end()) {
                flawed.others.push_back({known->second.person.uuid, known->second.person.name.full()});
            }
        }
    }
    return shown;
}

Result<std::vector<Flawed>> show_homes(db::Transaction& tx, const PageOfIds& ids) {
    std::vector<Flawed> shown;
    for (const Property& home : TRY(find_properties(tx, ids.ids))) {
        shown.push_back({home.uuid, home.full_address(), ""});
    }
    return shown;
}

Result<std::vector<Flawed>> show_tenancies(db::Transaction& tx, const PageOfIds& ids) {
    std::vector<Flawed> shown;
    db::Rows rows = TRY(tx.query(sql::data_quality::list_tenancies, ids.json()));
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        std::array<std::optional<std::string>, 5> address;
        Flawed& flawed = shown.emplace_back();
        rows.into(id, flawed.uuid, flawed.name, address[0], address[1], address[2], address[3], address[4]);
        flawed.details = join_address(address[0], address[1], address[2], address[3], address[4]);
    }
    return shown;
}

Result<std::vector<Flawed>> show_interactions(db::Transaction& tx, const PageOfIds& ids) {
    std::vector<Flawed> shown;
    db::Rows rows = TRY(tx.query(sql::data_quality::list_interactions, ids.json()));
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        Instant since;
        std::optional<std::string> area;
        Flawed& flawed = shown.emplace_back();
        rows.into(id, flawed.uuid, flawed.name, since, area);
        flawed.since = since;
        flawed.details = area.value_or("");
    }
    return shown;
}

Result<std::vector<Flawed>> show(audit::Work& work, Flaw flaw, const PageOfIds& ids) {
    switch (flaw) {
        case Flaw::PersonWithoutContact:
        case Flaw::AlertWithoutHome:
            return show_people(work, ids, false);
        case Flaw::SharedContact:
            return show_people(work, ids, true);
        case Flaw::HomeWithoutUprn:
        case Flaw::HomeWithoutPatch:
        case Flaw::BadPostcode:
            return show_homes(work.tx(), ids);
        case Flaw::TenancyWithoutPeople:
            return show_tenancies(work.tx(), ids);
        case Flaw::OldInteraction:
            return show_interactions(work.tx(), ids);
    }
    VERIFY(false);
}

void keep_first(std::vector<std::int64_t>& records) {
    if (records.size() > kFlawedShown) {
        records.resize(kFlawedShown);
    }
}

}  // namespace

Result<FlawedPage> find_flawed(audit::Work& work, Flaw flaw, std::int64_t after) {
    FlawedPage page;
    PageOfIds ids;
    if (flaw == Flaw::OldInteraction) {
        page = TRY(find_old(work, ids.ids));
    } else {
        std::int64_t end = 0;
        TRY(work.tx().find(search_of(flaw).last, std::tie(end)));
        const std::int64_t last = std::min(end, after + kFlawedLookedAt);
        auto found = TRY(find_between(work.tx(), flaw, after, last));
        page.looked_at = std::max<std::int64_t>(last - after, 0);
        page.found = static_cast<std::int64_t>(found.numbers.size());
        if (page.found > kFlawedShown) {
            page.go_on = found.numbers[kFlawedShown - 1];
        } else if (last < end) {
            page.go_on = last;
        }
        ids.ids = std::move(found.records);
    }
    page.found_is_exact = page.found <= kFlawedCounted;
    page.found = std::min(page.found, kFlawedCounted);
    keep_first(ids.ids);
    page.records = TRY(show(work, flaw, ids));
    return page;
}

}  // namespace tenantry::housing
