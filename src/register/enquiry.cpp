#include "register/enquiry.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "register/patch.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::string_view kNoName = "name not readable";

/// What notes say of a transfer, in front of why.
std::string say_handed_over(std::string_view officer, std::string_view post, std::string_view why) {
    return fmt::format("Handed over to {} ({}).{}{}", officer, post, why.empty() ? "" : " ", why);
}

Result<void> go_to_manager(audit::Work& work, Casework& logged, const Tray& tray,
                           const ActingOfficer& actor) {
    const FollowUp said{logged.interaction.uuid, std::nullopt, actor.posting.officer,
                        say_handed_over(tray.name_of(tray.manager).value_or(std::string{kNoName}),
                                        *tray.manager_area_name, ""),
                        actor.name};
    logged.interaction =
        TRY(transfer_interaction(work, said,
                                 {.from_patch = true, .to_manager = tray.manager_area, .area = *tray.area}))
            .interaction;
    return {};
}

/// The manager above the patch that it lies in first.
void put_first(std::vector<Taker>& takers, const std::optional<Uuid>& manager_area) {
    const auto above = std::find_if(takers.begin(), takers.end(),
                                    [&](const Taker& taker) { return taker.uuid == manager_area; });
    if (above != takers.end()) {
        std::rotate(takers.begin(), above, above + 1);
    }
}

std::set<Id<Officer>> officers_of(const std::vector<Team>& teams) {
    std::set<Id<Officer>> officers;
    for (const auto& team : teams) {
        if (team.manager) {
            officers.insert(*team.manager);
        }
        for (const auto& member : team.members) {
            officers.insert(member.officer);
        }
    }
    return officers;
}

Result<std::vector<Taker>> list_all_takers(audit::Work& work, Id<Area> area,
                                           const std::optional<Uuid>& patch) {
    const auto teams = TRY(list_teams(work.tx(), area));
    const auto names = TRY(name_officers(work, officers_of(teams)));
    const auto name_of = [&](Id<Officer> officer) {
        const auto found = names.find(officer);
        return found != names.end() ? found->second : std::string{kNoName};
    };
    std::vector<Taker> takers;
    std::optional<Uuid> above;
    for (const auto& team : teams) {
        if (team.manager) {
            takers.push_back({team.manager_area, true, team.name, name_of(*team.manager)});
        }
    }
    for (const auto& team : teams) {
        for (const auto& member : team.members) {
            above = member.patch == patch ? team.manager_area : above;
            takers.push_back({member.patch, false, member.patch_name, name_of(member.officer)});
        }
    }
    put_first(takers, above);
    return takers;
}

}  // namespace

std::optional<std::string> Tray::name_of(std::optional<Id<Officer>> officer) const {
    const auto at = officer ? officers.find(*officer) : officers.end();
    return at != officers.end() ? std::optional{at->second} : std::nullopt;
}

Result<Tray> find_tray(audit::Work& work, const Uuid& person, const Posting& posting) {
    Tray tray;
    {
        db::Rows rows =
            TRY(work.tx().query(sql::enquiry::find_tray, person, posting.patch, posting.manager_area));
        if (!TRY(rows.next())) {
            return kNoSuchTenant;
        }
        rows.into(tray.person, tray.household, tray.patch, tray.patch_name, tray.patch_officer,
                  tray.manager_area, tray.manager_area_name, tray.manager, tray.area);
    }
    std::set<Id<Officer>> officers;
    for (const auto& officer : {tray.patch_officer, tray.manager}) {
        if (officer) {
            officers.insert(*officer);
        }
    }
    tray.officers = TRY(name_officers(work, officers));
    return tray;
}

Result<Casework> log_enquiry(audit::Work& work, const Enquiry& enquiry, const ActingOfficer& actor) {
    const Tray tray = TRY(find_tray(work, enquiry.person, actor.posting));
    if (!tray.is_there()) {
        return Error{Code::Conflict, "Nobody has the person's home in their patch"};
    }
    if (enquiry.next == Next::GoesToManager && !tray.has_manager()) {
        return Error{Code::Conflict, "The patch has no manager"};
    }
    if (enquiry.next == Next::IsAnswered && enquiry.request_callback) {
        return Error{Code::Invalid, "What is answered needs no call back"};
    }
    Incident incident;
    incident.person = tray.person;
    incident.household = tray.household;
    incident.title = enquiry.title;
    incident.description = enquiry.said;
    incident.request_callback = enquiry.request_callback;
    Interaction interaction;
    interaction.person = tray.person;
    interaction.household = tray.household;
    interaction.patch = tray.patch;
    interaction.manager_area = tray.patch ? std::nullopt : tray.manager_area;
    interaction.area = tray.area;
    interaction.created_by = actor.posting.officer;
    interaction.source = enquiry.source;
    interaction.nature_of_enquiry = enquiry.nature_of_enquiry;
    interaction.enquiry_subject = enquiry.enquiry_subject;
    Casework logged = TRY(log_interaction(work, std::move(incident), std::move(interaction),
                                          signed_note(enquiry.said, work.now(), actor.name)));
    if (enquiry.next == Next::GoesToManager) {
        TRY(go_to_manager(work, logged, tray, actor));
    } else if (enquiry.next == Next::IsAnswered) {
        logged.interaction = TRY(close_interaction(work, std::move(logged.interaction)));
        logged.incident = TRY(close_incident(work, std::move(logged.incident), enquiry.said));
    }
    return logged;
}

bool OpenedInteraction::is_workable() const {
    const Interaction& interaction = item().interaction;
    return !interaction.closed_at && !interaction.association;
}

Result<OpenedInteraction> open_interaction(audit::Work& work, const Uuid& uuid) {
    OpenedInteraction opened;
    Id<Interaction> id;
    const auto found =
        work.tx().find(sql::enquiry::find, std::tie(id, opened.patch_name, opened.manager_area_name), uuid);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Error{Code::NotFound, "No such interaction"}
                                                    : found.error();
    }
    opened.list = TRY(list_interactions(work, {id.value}));
    auto interaction = TRY(load_interaction(work, uuid));
    opened.advice_given = std::move(interaction.advice_given);
    opened.incident = TRY(load_incident(work, interaction.incident));
    return opened;
}

Result<std::vector<Taker>> list_takers(audit::Work& work, const ListedInteraction& item) {
    if (!item.interaction.area) {
        return std::vector<Taker>{};
    }
    auto takers = TRY(list_all_takers(work, *item.interaction.area, item.patch));
    takers.erase(std::remove_if(takers.begin(), takers.end(),
                                [&](const Taker& taker) {
                                    return taker.uuid == (taker.is_manager ? item.manager_area : item.patch);
                                }),
                 takers.end());
    return takers;
}

Result<Casework> hand_over(audit::Work& work, FollowUp said, const Uuid& taker) {
    const auto interaction = TRY(load_interaction(work, said.interaction));
    const auto takers =
        interaction.area ? TRY(list_all_takers(work, *interaction.area, std::nullopt)) : std::vector<Taker>{};
    const auto chosen =
        std::find_if(takers.begin(), takers.end(), [&](const Taker& one) { return one.uuid == taker; });
    if (chosen == takers.end()) {
        return Error{Code::NotFound, "Nobody there may take it"};
    }
    LinkNames names;
    (chosen->is_manager ? names.manager_area : names.patch) = taker;
    const auto links = TRY(find_links(work.tx(), names));
    said.said = say_handed_over(chosen->officer, chosen->post, said.said);
    // Whoever has it now keeps nothing of it: decide_transfer() takes the other link away where it knows of
    // it.
    return transfer_interaction(work, said,
                                {.from_patch = interaction.patch && chosen->is_manager,
                                 .from_manager = interaction.manager_area && !chosen->is_manager,
                                 .to_patch = links.patch,
                                 .to_manager = links.manager_area,
                                 .area = *interaction.area});
}

}  // namespace tenantry::housing
