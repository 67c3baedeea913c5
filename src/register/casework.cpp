#include "register/casework.hpp"

#include "base/text.hpp"

namespace tenantry::housing {

namespace {

/// The interaction and its case as they are, and the note of what was said.
Result<Casework> begin(audit::Work& work, const FollowUp& said) {
    Casework all;
    all.interaction = TRY(load_interaction(work, said.interaction));
    if (said.version && (all.interaction.version != *said.version || all.interaction.closed_at)) {
        return kStaleEdit;
    }
    all.incident = TRY(load_incident(work, all.interaction.incident));
    if (said.incident && *said.incident != all.incident.uuid) {
        return Error{Code::NotFound, "The interaction has another case"};
    }
    if (!trim(said.said).empty()) {
        all.note =
            TRY(create_incident_note(work, all.incident, signed_note(said.said, work.now(), said.author)));
    }
    all.interaction.updated_by = said.officer;
    return all;
}

template <class Noun>
void apply(LinkChange change, std::optional<Id<Noun>>& link, std::optional<Id<Noun>> to) {
    switch (change) {
        case LinkChange::Kept:
            return;
        case LinkChange::Given:
            link = to;
            return;
        case LinkChange::Removed:
            link.reset();
            return;
    }
}

}  // namespace

Result<Casework> log_interaction(audit::Work& work, Incident incident, Interaction interaction,
                                 std::string note) {
    Casework all;
    all.incident = TRY(create_incident(work, std::move(incident)));
    all.note = TRY(create_incident_note(work, all.incident, std::move(note)));
    interaction.incident = all.incident.id;
    if (interaction.process_type != ProcessType::Interaction) {
        interaction.process_stage = 0;
    }
    all.interaction = TRY(create_interaction(work, std::move(interaction)));
    return all;
}

Result<Casework> follow_up(audit::Work& work, const FollowUp& said, bool request_callback,
                           std::optional<std::int64_t> process_stage) {
    Casework all = TRY(begin(work, said));
    if (process_stage) {
        all.interaction.process_stage = process_stage;
    }
    all.interaction = TRY(update_interaction(work, std::move(all.interaction), "interaction.updated"));
    if (all.incident.request_callback != request_callback) {
        all.incident.request_callback = request_callback;
        all.incident = TRY(update_incident(work, std::move(all.incident)));
    }
    return all;
}

Result<Casework> close_case(audit::Work& work, const FollowUp& said,
                            std::optional<std::int64_t> process_stage) {
    Casework all = TRY(begin(work, said));
    if (process_stage) {
        all.interaction.process_stage = process_stage;
    }
    if (!all.interaction.closed_at) {
        all.interaction.closed_at = work.now();
    }
    all.interaction = TRY(update_interaction(work, std::move(all.interaction), "interaction.closed"));
    all.incident = TRY(
        close_incident(work, std::move(all.incident), all.note ? std::optional{said.said} : std::nullopt));
    return all;
}

HolderChange decide_transfer(const Transfer& t) {
    if (t.from_patch) {
        return t.to_manager ? HolderChange{LinkChange::Removed, LinkChange::Given} : HolderChange{};
    }
    if (t.from_manager) {
        return t.to_patch ? HolderChange{LinkChange::Given, LinkChange::Removed} : HolderChange{};
    }
    return {t.to_patch ? LinkChange::Given : LinkChange::Kept,
            t.to_manager ? LinkChange::Given : LinkChange::Kept};
}

Result<Casework> transfer_interaction(audit::Work& work, const FollowUp& said, const Transfer& transfer) {
    Casework all = TRY(begin(work, said));
    Interaction& interaction = all.interaction;
    const HolderChange change = decide_transfer(transfer);
    apply(change.patch, interaction.patch, transfer.to_patch);
    apply(change.manager, interaction.manager_area, transfer.to_manager);
    interaction.area = transfer.area;
    interaction.transferred = true;
    if (transfer.process_stage.value_or(0) != 0) {
        interaction.process_stage = transfer.process_stage;
    }
    interaction = TRY(update_interaction(work, std::move(interaction), "interaction.transferred"));
    return all;
}

}  // namespace tenantry::housing
