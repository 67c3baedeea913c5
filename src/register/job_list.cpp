#include "register/job_list.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "access/account.hpp"
#include "access/account_names.hpp"
#include "base/ascii.hpp"
#include "register/property.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::string_view kStatuses = "job_status";
constexpr std::string_view kPriorities = "job_priority";
constexpr std::string_view kTypes = "job_type";

/// The code as a number; nothing for one that is none, which a caller of the jobs API cannot name.
std::optional<std::int64_t> number_of_code(const std::string& code) {
    const auto number = parse_whole<std::int64_t>(code);
    return number && *number > 0 ? number : std::nullopt;
}

/// What the numbers of some jobs stand for, each list read once.
struct JobNames {
    std::vector<CodeEntry> statuses;
    std::vector<CodeEntry> priorities;
    std::vector<CodeEntry> types;
    std::unordered_map<std::int64_t, std::string> accounts;
    std::unordered_map<Id<Property>, std::string> addresses;
};

std::optional<std::string> label_of(const std::vector<CodeEntry>& codes, std::optional<std::int64_t> number) {
    for (const CodeEntry& entry : codes) {
        if (number && number_of_code(entry.code) == number) {
            return entry.label;
        }
    }
    return std::nullopt;
}

std::optional<std::string> name_in(const std::unordered_map<std::int64_t, std::string>& names,
                                   std::optional<std::int64_t> account) {
    const auto found = account ? names.find(*account) : names.end();
    return found == names.end() ? std::nullopt : std::optional{found->second};
}

Result<JobNames> find_names(db::Transaction& tx, const crypto::KeyRing& keys, const std::vector<Job>& jobs) {
    // One after the other: g++ forgets the parts of a braced list that is left half-way.
    auto statuses = TRY(list_codes(tx, kStatuses));
    auto priorities = TRY(list_codes(tx, kPriorities));
    auto types = TRY(list_codes(tx, kTypes));
    JobNames names{std::move(statuses), std::move(priorities), std::move(types), {}, {}};
    std::set<std::int64_t> accounts;
    std::vector<std::int64_t> properties;
    for (const Job& job : jobs) {
        for (const auto& account : {job.agent, job.contractor}) {
            if (account) {
                accounts.insert(*account);
            }
        }
        if (job.property) {
            properties.push_back(job.property->value);
        }
    }
    names.accounts = TRY(access::name_accounts(tx, keys, accounts));
    for (const Property& property : TRY(find_properties(tx, std::move(properties)))) {
        names.addresses.emplace(property.id, property.full_address());
    }
    return names;
}

NamedJob with_names(Job job, const JobNames& names) {
    NamedJob named;
    const auto status =
        std::find_if(names.statuses.begin(), names.statuses.end(), [&](const CodeEntry& entry) {
            return same_text(entry.label, job.status) && number_of_code(entry.code);
        });
    if (status != names.statuses.end()) {
        named.status_id = number_of_code(status->code);
    }
    named.priority_name = label_of(names.priorities, job.priority);
    named.type_name = label_of(names.types, job.type);
    named.agent_name = name_in(names.accounts, job.agent);
    named.contractor_name = name_in(names.accounts, job.contractor);
    if (job.property) {
        const auto found = names.addresses.find(*job.property);
        named.full_address = found == names.addresses.end() ? std::nullopt : std::optional{found->second};
    }
    named.job = std::move(job);
    return named;
}

Result<void> check_code(db::Transaction& tx, std::string_view list, std::optional<std::int64_t> before,
                        std::optional<std::int64_t> after, Literal parameter) {
    if (after && after != before && !TRY(find_code(tx, list, std::to_string(*after)))) {
        return Error{Code::Invalid, "", parameter};
    }
    return {};
}

Result<void> check_assignee(db::Transaction& tx, access::AccountType type, std::optional<std::int64_t> before,
                            std::optional<std::int64_t> after, Literal parameter) {
    if (!after || after == before) {
        return {};
    }
    std::int64_t found = 0;
    TRY(tx.find(sql::job::has_assignee, std::tie(found), *after, static_cast<int>(type)));
    return found == 1 ? Result<void>{} : Error{Code::Invalid, "", parameter};
}

Result<JobPage> show_page(audit::Work& work, const PageOfIds& page) {
    JobPage found{{}, page.total, page.total_is_exact};
    if (page.ids.empty()) {
        return found;
    }
    auto jobs = TRY(find_jobs(work, page));
    const JobNames names = TRY(find_names(work.tx(), work.keys(), jobs));
    PageOfIds shown;
    for (Job& job : jobs) {
        shown.ids.push_back(job.id.value);
        found.jobs.push_back(with_names(std::move(job), names));
    }
    if (auto people = TRY(list_people_of_jobs(work.tx(), shown)); !people.empty()) {
        TRY(work.read(about({.action = "job.listed"}, std::move(people))));
    }
    return found;
}

}  // namespace

Result<JobPage> list_jobs(audit::Work& work, const JobFilter& filter) {
    const auto status = filter.status ? std::optional{std::to_string(*filter.status)} : std::nullopt;
    return show_page(
        work, TRY(read_page(
                  TRY(work.tx().query(sql::job::list, filter.search, status, filter.priority, filter.agent,
                                      filter.contractor, filter.created_by, rows_to_count(filter.paging))),
                  filter.paging)));
}

Result<JobPage> list_jobs_of_person(audit::Work& work, Id<Person> person, Paging paging) {
    return show_page(
        work,
        TRY(read_page(TRY(work.tx().query(sql::job::list_latest_of_person, person, rows_to_count(paging))),
                      paging)));
}

Result<FoundJob> find_job(audit::Work& work, const Uuid& uuid) {
    FoundJob found;
    found.named = TRY(name_job(work.tx(), work.keys(), TRY(load_job(work, uuid))));
    const Job& job = found.named.job;
    found.people = TRY(list_people_of_job(work.tx(), job.id));
    TRY(work.read(about({.action = "job.read", .resource = job.id.value, .version = job.version},
                        TRY(list_people_of_jobs(work.tx(), {{job.id.value}})))));
    return found;
}

Result<NamedJob> name_job(db::Transaction& tx, const crypto::KeyRing& keys, Job job) {
    const JobNames names = TRY(find_names(tx, keys, {job}));
    return with_names(std::move(job), names);
}

Result<std::string> status_of(db::Transaction& tx, std::int64_t status_id) {
    auto label = TRY(find_code(tx, kStatuses, std::to_string(status_id)));
    return label ? Result{*std::move(label)} : Error{Code::Invalid, "", "status_id"};
}

Result<void> check_choices(db::Transaction& tx, const crypto::KeyRing& keys, const Job& before,
                           const Job& after) {
    using access::AccountType;
    TRY(check_code(tx, kPriorities, before.priority, after.priority, "priority_id"));
    TRY(check_code(tx, kTypes, before.type, after.type, "job_type_id"));
    TRY(check_assignee(tx, AccountType::Agent, before.agent, after.agent, "agent_id"));
    TRY(check_assignee(tx, AccountType::Contractor, before.contractor, after.contractor, "contractor_id"));
    if (after.works_start_on && after.works_end_on && *after.works_end_on < *after.works_start_on) {
        return Error{Code::Invalid, "", "date_works_end_date"};
    }
    if (after.property && after.property != before.property) {
        TRY(find_property(tx, keys, *after.property));
    }
    return {};
}

Result<std::vector<std::int64_t>> list_job_creators(db::Transaction& tx) {
    std::vector<std::int64_t> accounts;
    db::Rows rows = TRY(tx.query(sql::job::list_creators));
    while (TRY(rows.next())) {
        rows.into(accounts.emplace_back());
    }
    return accounts;
}

}  // namespace tenantry::housing
