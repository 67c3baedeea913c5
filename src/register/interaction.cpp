#include "register/interaction.hpp"

#include "crypto/random.hpp"
#include "register/interaction_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"interaction", {"advice_given"}};

RowIdentity identity(const Interaction& i) {
    RowFacts facts;
    facts.add(i.uuid).add(i.id.value).add(i.version).add(i.incident.value);
    for (const auto& link :
         {number_of(i.person), number_of(i.household), number_of(i.patch), number_of(i.manager_area),
          number_of(i.area), number_of(i.created_by), number_of(i.updated_by), number_of(i.parent),
          number_of(i.association), i.reason_for_process, i.process_stage}) {
        facts.add(link);
    }
    facts.add(static_cast<std::int64_t>(i.process_type)).add(i.transferred);
    for (const auto* text :
         {&i.source, &i.nature_of_enquiry, &i.enquiry_subject, &i.subject, &i.estate_office}) {
        facts.add(*text);
    }
    facts.add(to_millis(i.created_at)).add(to_millis(i.updated_at));
    facts.add(i.closed_at ? std::optional{to_millis(*i.closed_at)} : std::nullopt);
    return {i.uuid, i.version, std::move(facts)};
}

Result<Interaction> open_interaction(const crypto::KeyRing& keys, StoredInteraction stored) {
    stored.interaction.process_type = static_cast<ProcessType>(stored.process_type);
    Interaction& interaction = stored.interaction;
    auto texts = TRY(open_texts(keys, kColumns, identity(interaction), stored.advice_given, stored.row_seal));
    interaction.advice_given = std::move(texts[0]);
    return std::move(interaction);
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Interaction& i) {
    const auto sealed = seal_texts(work.keys(), kColumns, identity(i), PlainTexts<1>{i.advice_given});
    return work.tx().execute(sql, i.id, i.uuid, i.version, i.incident, i.person, i.household, i.patch,
                             i.manager_area, i.area, i.created_by, i.updated_by, i.source,
                             i.nature_of_enquiry, i.enquiry_subject, i.reason_for_process, i.subject,
                             sealed.blobs[0], i.estate_office, static_cast<std::int64_t>(i.process_type),
                             i.process_stage, i.transferred, i.parent, i.association, sealed.row_seal,
                             i.created_at, i.updated_at, i.closed_at);
}

/// NotFound where something is named that was not found.
template <class Name, class Noun>
Result<void> expect_found(const std::optional<Name>& name, const std::optional<Id<Noun>>& link,
                          Literal text) {
    if (name && !link) {
        return Error{Code::NotFound, text};
    }
    return {};
}

}  // namespace

Result<void> check_row(const crypto::KeyRing& keys, StoredInteraction& stored) {
    stored.interaction.process_type = static_cast<ProcessType>(stored.process_type);
    return check_texts(keys, kColumns, identity(stored.interaction), stored.advice_given, stored.row_seal);
}

Result<Interaction> create_interaction(audit::Work& work, Interaction interaction) {
    interaction.id.value = TRY(next_id(work.tx(), "interaction"));
    interaction.uuid = crypto::new_uuid();
    interaction.version = 1;
    interaction.created_at = interaction.updated_at = work.now();
    TRY(write_row(work, sql::interaction::insert, interaction));
    TRY(work.changed({.action = "interaction.created",
                      .resource = interaction.id.value,
                      .version = interaction.version,
                      .person = number_of(interaction.person)}));
    return interaction;
}

Result<Interaction> load_interaction(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::interaction::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such interaction"};
    }
    StoredInteraction stored;
    read_row(rows, columns_of(stored));
    return open_interaction(work.keys(), std::move(stored));
}

Result<Interaction> update_interaction(audit::Work& work, Interaction interaction, Literal action) {
    ++interaction.version;
    interaction.updated_at = work.now();
    if (TRY(write_row(work, sql::interaction::update, interaction)) != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = action,
                      .resource = interaction.id.value,
                      .version = interaction.version,
                      .person = number_of(interaction.person)}));
    return interaction;
}

Result<Interaction> close_interaction(audit::Work& work, Interaction interaction) {
    if (interaction.closed_at) {
        return interaction;
    }
    interaction.closed_at = work.now();
    return update_interaction(work, std::move(interaction), "interaction.closed");
}

Result<Links> find_links(db::Transaction& tx, const LinkNames& names) {
    Links links;
    TRY(tx.find(sql::interaction::find_links,
                std::tie(links.person, links.household, links.patch, links.manager_area, links.area,
                         links.officer, links.parent),
                names.person, names.household, names.patch, names.manager_area, names.area, names.officer,
                names.parent));
    TRY(expect_found(names.person, links.person, "No such person"));
    TRY(expect_found(names.household, links.household, "No such household"));
    TRY(expect_found(names.patch, links.patch, "No such patch"));
    TRY(expect_found(names.manager_area, links.manager_area, "No such manager's area"));
    TRY(expect_found(names.area, links.area, "No such area"));
    TRY(expect_found(names.officer, links.officer, "No such officer"));
    TRY(expect_found(names.parent, links.parent, "No such interaction to come from"));
    return links;
}

Result<void> check_interactions(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::interaction::list_after, 0));
    while (TRY(rows.next())) {
        StoredInteraction stored;
        read_row(rows, columns_of(stored));
        const auto id = stored.interaction.id.value;
        report.add("interaction", id,
                   open_interaction(keys, std::move(stored)).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_interactions(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::interaction::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        StoredInteraction s;
        read_row(rows, columns_of(s));
        Interaction& i = s.interaction;
        i.process_type = static_cast<ProcessType>(s.process_type);
        reseal(some, {i.id.value, i.version, number_of(i.person)}, kColumns, identity(i), s.advice_given,
               s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
