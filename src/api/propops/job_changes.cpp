#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/job_record.hpp"
#include "api/propops/reply.hpp"
#include "crypto/random.hpp"
#include "register/property.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kTitleCharacters = 200;
constexpr std::size_t kTextCharacters = 10'000;
constexpr std::size_t kNumberCharacters = 60;
constexpr std::size_t kNameCharacters = 200;
constexpr std::int64_t kBudgetMost = 100'000'000'00;  // pence
constexpr std::int64_t kVatMost = 100'00;             // hundredths of a percent
constexpr std::size_t kTenantsMost = 200;

using People = std::vector<Id<housing::Person>>;

/// Whom the job shall be for; nothing where it is left out.
Result<std::optional<People>> read_people(const Params& params) {
    const auto* given = TRY(params.array("tenants_ids"));
    if (given == nullptr) {
        return std::optional<People>{};
    }
    People people;
    for (const auto& one : *given) {
        const auto* number = one.as<std::int64_t>();
        if (number == nullptr || *number < 1 || given->size() > kTenantsMost) {
            return Error{Code::Invalid, "", "tenants_ids"};
        }
        people.push_back({*number});
    }
    return std::optional{std::move(people)};
}

template <class T>
void take(Maybe<T> given, std::optional<T>& field) {
    if (given.given) {
        field = std::move(given.value);
    }
}

Result<void> read_numbers(const Params& params, housing::Job& job) {
    take(TRY(params.maybe_integer("priority_id", 1, kMaxNumber)), job.priority);
    take(TRY(params.maybe_integer("job_type_id", 1, kMaxNumber)), job.type);
    take(TRY(params.maybe_integer("agent_id", 1, kMaxNumber)), job.agent);
    take(TRY(params.maybe_integer("contractor_id", 1, kMaxNumber)), job.contractor);
    take(TRY(params.maybe_hundredths("job_total_budget", kBudgetMost)), job.total_budget);
    take(TRY(params.maybe_hundredths("contractor_budget", kBudgetMost)), job.contractor_budget);
    take(TRY(params.maybe_hundredths("vat_percentage", kVatMost)), job.vat_percentage);
    take(TRY(params.maybe_date("date_works_start_date")), job.works_start_on);
    take(TRY(params.maybe_date("date_works_end_date")), job.works_end_on);
    if (const auto address = TRY(params.maybe_integer("address_id", 1, kMaxNumber)); address.given) {
        job.property = address.value ? std::optional{Id<housing::Property>{*address.value}} : std::nullopt;
    }
    return {};
}

/// Takes the fields that were given into the job; those left out stay, null clears what may be empty.
Result<void> read_fields(Call& call, housing::Job& job) {
    const Params& params = call.params;
    TRY(take_text(params, "job_title", kTitleCharacters, job.title));
    auto description = TRY(params.maybe_lines("job_description", kTextCharacters));
    if (description.given && !description.value) {
        return Error{Code::Invalid, "", "job_description"};
    }
    if (description.given) {
        job.description = std::move(*description.value);
    }
    TRY(read_numbers(params, job));
    for (const Literal name : {Literal{"priority_id"}, Literal{"job_type_id"}, Literal{"address_id"}}) {
        // What a new job must have is not taken from it later.
        if (params.has(name.view()) && !TRY(params.integer(name, 1, kMaxNumber))) {
            return Error{Code::Invalid, "", name};
        }
    }
    const auto status = TRY(params.maybe_integer("status_id", 1, kMaxNumber));
    if (status.given) {
        if (!status.value) {
            return Error{Code::Invalid, "", "status_id"};
        }
        job.status = TRY(housing::status_of(call.work.tx(), *status.value));
    }
    take(TRY(params.maybe_text("invoice_no", kNumberCharacters)), job.invoice_no);
    take(TRY(params.maybe_text("quote_no", kNumberCharacters)), job.quote_no);
    take(TRY(params.maybe_text("works_order_ref", kNumberCharacters)), job.works_order_ref);
    take(TRY(params.maybe_lines("access_details", kTextCharacters)), job.access_details);
    take(TRY(params.maybe_text("private_contact_name", kNameCharacters)), job.private_contact_name);
    take(TRY(params.maybe_email("private_contact_email")), job.private_contact_email);
    job.is_pinned = TRY(params.boolean("is_pinned")).value_or(job.is_pinned);
    return {};
}

Result<http::Response> create_job(Call& call) {
    for (const Literal name : {Literal{"job_title"}, Literal{"job_description"}, Literal{"priority_id"},
                               Literal{"status_id"}, Literal{"job_type_id"}, Literal{"address_id"}}) {
        if (!call.params.has(name.view())) {
            return Error{Code::Invalid, "", name};
        }
    }
    housing::Job wanted;
    TRY(read_fields(call, wanted));
    const auto people = TRY(read_people(call.params)).value_or(People{});
    TRY(housing::check_choices(call.work.tx(), call.services.keys, {}, wanted));
    wanted.uuid = crypto::new_uuid();
    wanted.created_by = call.who().account_if_any();
    const auto job = TRY(housing::create_job(call.work, std::move(wanted), people));
    const auto named = TRY(housing::name_job(call.work.tx(), call.work.keys(), job));
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("job_id").id(job.id).key("job_uuid").uuid(job.uuid);
    write_job(w.key("data"), named);
    write_beside_job(w, job, TRY(housing::list_people_of_job(call.work.tx(), job.id)));
    return std::move(envelope).finish();
}

/// The job to change; Conflict where the caller saw another version.
Result<housing::Job> load_job(Call& call) {
    auto job = TRY(housing::load_job(call.work, TRY(call.params.required_uuid("uuid"))));
    const auto version = TRY(call.params.integer("version", 1, kMaxNumber));
    if (version && *version != job.version) {
        return housing::kStaleEdit;
    }
    return job;
}

Result<http::Response> update_job(Call& call) {
    const auto before = TRY(load_job(call));
    auto after = before;
    TRY(read_fields(call, after));
    auto people = TRY(read_people(call.params));
    if (!people) {
        people = TRY(housing::list_people_of_job(call.work.tx(), before.id));
    }
    TRY(housing::check_choices(call.work.tx(), call.services.keys, before, after));
    after.updated_at = call.work.now();
    const auto job = TRY(housing::update_job(call.work, std::move(after), *people));
    const auto named = TRY(housing::name_job(call.work.tx(), call.work.keys(), job));
    Envelope envelope;
    auto& w = envelope.writer();
    write_job(w.key("data"), named);
    write_beside_job(w, job, TRY(housing::list_people_of_job(call.work.tx(), job.id)));
    return std::move(envelope).finish();
}

}  // namespace

Result<http::Response> post_job(Call& call) {
    enum Action : std::size_t { Create, Update, Delete };
    // Without an action it is a create, unless it names a job: then the caller meant something else.
    switch (TRY(read_action(call.params, {"create", "update", "delete"},
                            call.params.has("uuid") ? std::nullopt : std::optional<std::size_t>{Create}))) {
        case Update:
            return update_job(call);
        case Delete:
            TRY(housing::remove_job(call.work, TRY(load_job(call))));
            return done();
        default:
            return create_job(call);
    }
}

}  // namespace tenantry::api::propops
