#include "register/interaction.hpp"

#include <fmt/format.h>

#include "crypto/random.hpp"
#include "register/interaction_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

crypto::FieldContext context(const Interaction& interaction) {
    return {"interaction", "advice_given", interaction.uuid, interaction.version};
}

/// Appends numbers to the facts; -1 stands for none.
template <class... Number>
void append(std::string& facts, const Number&... numbers) {
    ((facts += std::to_string(numbers), facts += '|'), ...);
}
template <class Noun>
std::int64_t fact(const std::optional<Id<Noun>>& link) {
    return link ? link->value : -1;
}

/// Identity, version, links, flags and times, as the row seal covers them.
std::string sealed_facts(const Interaction& i) {
    std::string facts = i.uuid.text() + '|';
    append(facts, i.id.value, i.version, i.incident.value, fact(i.person), fact(i.household), fact(i.patch),
           fact(i.manager_area), fact(i.area), fact(i.created_by), fact(i.updated_by), fact(i.parent),
           fact(i.association), i.reason_for_process.has_value(), i.reason_for_process.value_or(0),
           static_cast<std::int64_t>(i.process_type), i.process_stage.has_value(),
           i.process_stage.value_or(0), i.transferred, i.source.has_value(), i.nature_of_enquiry.has_value(),
           i.enquiry_subject.has_value(), i.subject.has_value(), i.estate_office.has_value(),
           to_millis(i.created_at), to_millis(i.updated_at), i.closed_at ? to_millis(*i.closed_at) : -1);
    return facts;
}

/// Calls use(parts) with what the row seal covers; the parts live only for the call.
template <class Use>
auto with_seal_parts(const Interaction& interaction, std::optional<ByteView> advice, Use use) {
    const std::string facts = sealed_facts(interaction);
    const auto plain = [](const std::optional<std::string>& text) {
        return text ? bytes_of(*text) : ByteView{};
    };
    return use({bytes_of(facts), plain(interaction.source), plain(interaction.nature_of_enquiry),
                plain(interaction.enquiry_subject), plain(interaction.subject),
                plain(interaction.estate_office), crypto::KeyRing::blob_tag(advice.value_or(ByteView{}))});
}

Result<Interaction> open_interaction(const crypto::KeyRing& keys, StoredInteraction stored) {
    TRY(check_row(keys, stored));
    Interaction& interaction = stored.interaction;
    if (stored.advice_given) {
        interaction.advice_given = TRY(keys.open(context(interaction), *stored.advice_given));
    }
    return std::move(interaction);
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Interaction& i) {
    const auto advice =
        i.advice_given ? std::optional{work.keys().seal(context(i), *i.advice_given)} : std::nullopt;
    const Bytes row_seal = with_seal_parts(i, advice ? std::optional{ByteView{*advice}} : std::nullopt,
                                           [&work](std::initializer_list<ByteView> parts) {
                                               return work.keys().row_seal("interaction", parts);
                                           });
    return work.tx().execute(
        sql, i.id, i.uuid, i.version, i.incident, i.person, i.household, i.patch, i.manager_area, i.area,
        i.created_by, i.updated_by, i.source, i.nature_of_enquiry, i.enquiry_subject, i.reason_for_process,
        i.subject, advice, i.estate_office, static_cast<std::int64_t>(i.process_type), i.process_stage,
        i.transferred, i.parent, i.association, row_seal, i.created_at, i.updated_at, i.closed_at);
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
    return with_seal_parts(stored.interaction, stored.advice_given,
                           [&](std::initializer_list<ByteView> parts) {
                               return keys.check_row_seal("interaction", stored.row_seal, parts);
                           });
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
    db::Rows rows = TRY(tx.query(sql::interaction::list_all));
    while (TRY(rows.next())) {
        StoredInteraction stored;
        read_row(rows, columns_of(stored));
        const auto id = stored.interaction.id.value;
        report.add("interaction", id,
                   open_interaction(keys, std::move(stored)).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

}  // namespace tenantry::housing
