#include "register/tray.hpp"

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "register/incident_columns.hpp"
#include "register/interaction_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

using Numbers = std::vector<std::int64_t>;

struct Damaged {
    Literal table;
    Literal action;
    std::int64_t record = 0;
    std::optional<std::int64_t> person;
};

Result<void> report(audit::Work& work, const Damaged& damaged) {
    log(LogLevel::Error, "a row does not hold together",
        {{"table", damaged.table}, {"id", damaged.record}, {"column", Literal{"row_seal"}}});
    return work.read({.action = damaged.action,
                      .resource = damaged.record,
                      .person = damaged.person,
                      .outcome = audit::Outcome::Failed});
}

/// The current row; what does not hold together is added to the damaged.
TrayItem read_item(const db::Rows& rows, const crypto::KeyRing& keys, std::vector<Damaged>& damaged) {
    TrayItem item;
    StoredInteraction stored;
    StoredIncident incident;
    read_row(rows,
             std::tuple_cat(columns_of(stored), columns_of(incident),
                            std::tie(item.nature_of_enquiry, item.enquiry_subject, item.reason_for_process,
                                     item.patch, item.manager_area, item.association)));
    const auto person = number_of(stored.interaction.person);
    if (!check_row(keys, stored).ok()) {
        damaged.push_back({"interaction", "interaction.damaged", stored.interaction.id.value, person});
    }
    if (!check_row(keys, incident).ok()) {
        damaged.push_back({"incident", "incident.damaged", incident.incident.id.value, person});
    }
    item.interaction = std::move(stored.interaction);
    item.ticket_number = std::move(incident.incident.ticket_number);
    item.request_callback = incident.incident.request_callback;
    return item;
}

/// Each of the items with whom it concerns. Returns the numbers of these people.
Result<Numbers> add_people(audit::Work& work, std::vector<TrayItem>& items) {
    Numbers people;
    for (const auto& item : items) {
        if (item.interaction.person) {
            people.push_back(item.interaction.person->value);
        }
    }
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    const auto lines = TRY(read_person_lines(work, people));
    for (auto& item : items) {
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const PersonLine& one) {
            return one.person.id == item.interaction.person;
        });
        if (line != lines.end()) {
            item.who = *line;
        }
    }
    return people;
}

bool is_in(TrayFilter filter, bool callback, bool transferred) {
    switch (filter) {
        case TrayFilter::All:
            return true;
        case TrayFilter::Callbacks:
            return callback;
        case TrayFilter::Transferred:
            return transferred;
    }
    VERIFY(false);
}

}  // namespace

Result<std::vector<TrayItem>> read_tray_items(audit::Work& work, const Numbers& interactions) {
    std::vector<TrayItem> items;
    if (interactions.empty()) {
        return items;
    }
    std::vector<Damaged> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::tray::find_all, PageOfIds{interactions}.json()));
        while (TRY(rows.next())) {
            items.push_back(read_item(rows, work.keys(), damaged));
        }
    }
    for (const auto& one : damaged) {
        TRY(report(work, one));
    }
    auto people = TRY(add_people(work, items));
    sort_as_listed(items, interactions, [](const TrayItem& item) { return item.interaction.id.value; });
    if (!items.empty()) {
        TRY(work.read({.action = "interaction.listed", .people = std::move(people)}));
    }
    return items;
}

Result<TrayPage> list_tray_of_officer(audit::Work& work, Id<Officer> officer, TrayFilter filter,
                                      Paging paging) {
    TrayPage page;
    Numbers shown;
    {
        db::Rows rows = TRY(work.tx().query(sql::tray::list_of_officer, officer, kTrayMost + 1));
        std::int64_t matching = 0;
        while (TRY(rows.next())) {
            std::int64_t id = 0;
            bool callback = false;
            bool transferred = false;
            rows.into(id, callback, transferred);
            if (page.all == kTrayMost) {
                page.is_whole = false;
                break;
            }
            ++page.all;
            page.callbacks += callback ? 1 : 0;
            page.transferred += transferred ? 1 : 0;
            if (is_in(filter, callback, transferred) && matching++ >= paging.offset &&
                matching <= paging.offset + paging.limit) {
                shown.push_back(id);
            }
        }
    }
    page.items = TRY(read_tray_items(work, shown));
    return page;
}

Result<std::vector<PatchWork>> list_patches_of_manager(audit::Work& work, Id<Officer> manager) {
    std::vector<PatchWork> patches;
    std::vector<std::optional<Id<Officer>>> holders;
    {
        db::Rows rows = TRY(work.tx().query(sql::tray::list_patches_of_manager, manager));
        while (TRY(rows.next())) {
            PatchWork& patch = patches.emplace_back();
            rows.into(patch.patch, patch.name, holders.emplace_back(), patch.open, patch.callbacks,
                      patch.oldest);
        }
    }
    std::set<Id<Officer>> officers;
    for (const auto& holder : holders) {
        if (holder) {
            officers.insert(*holder);
        }
    }
    const auto names = TRY(name_officers(work, officers));
    for (std::size_t i = 0; i < patches.size(); ++i) {
        const auto name = holders[i] ? names.find(*holders[i]) : names.end();
        if (name != names.end()) {
            patches[i].officer = name->second;
        }
    }
    return patches;
}

}  // namespace tenantry::housing
