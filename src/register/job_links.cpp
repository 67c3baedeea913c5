#include "register/job_links.hpp"

#include <algorithm>

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "job_links";

RowFacts facts_of(std::int64_t job, std::int64_t version, std::string people) {
    return RowFacts{}.add(job).add(version).add(std::optional{std::move(people)});
}

std::string json_of(const std::vector<Id<Person>>& people) {
    PageOfIds page;
    for (const auto person : people) {
        page.ids.push_back(person.value);
    }
    return page.json();
}

/// The seal's version, and whether it holds over these people. NotFound where there is none.
struct Sealed {
    std::int64_t version = 0;
    bool holds = false;
};
Result<Sealed> find_seal(audit::Work& work, Id<Job> job, const std::vector<Id<Person>>& people) {
    db::Rows rows = TRY(work.tx().query(sql::job::find_links, job));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such job"};
    }
    Sealed sealed;
    std::optional<ByteView> seal;
    rows.into(sealed.version, seal);
    sealed.holds = check_facts(work.keys(), kTable,
                               {job.value, facts_of(job.value, sealed.version, json_of(people)), seal})
                       .ok();
    return sealed;
}

Result<void> insert_links(audit::Work& work, Id<Job> job, const std::vector<Id<Person>>& people) {
    for (const auto person : people) {
        const auto linked = work.tx().execute(sql::job::link_person, job, person);
        if (!linked.ok()) {
            return linked.error().code == Code::Conflict ? Error{Code::Invalid, "", "tenants_ids"}
                                                         : linked.error();
        }
    }
    return {};
}

/// Seals the links as they are after a change of the links of that version.
Result<void> seal_changed(audit::Work& work, Id<Job> job, std::int64_t before,
                          const std::vector<Id<Person>>& people) {
    const auto version = before + 1;
    TRY(work.tx().execute(sql::job::update_links, job, version,
                          seal_facts(work.keys(), kTable, facts_of(job.value, version, json_of(people)))));
    return work.changed({.action = "job_links.changed", .resource = job.value, .version = version});
}

}  // namespace

const SealedTable kJobLinkRows{kTable, sql::job::list_links, sql::job::set_links_seal,
                               [](const db::Rows& rows) {
                                   std::int64_t job = 0;
                                   std::int64_t version = 0;
                                   std::optional<ByteView> seal;
                                   std::string people;
                                   rows.into(job, version, seal, people);
                                   return FactRow{job, facts_of(job, version, std::move(people)), seal};
                               }};

Result<void> link_new_job(audit::Work& work, Id<Job> job, const std::vector<Id<Person>>& people) {
    TRY(insert_links(work, job, people));
    const auto linked = TRY(list_people_of_job(work.tx(), job));
    TRY(work.tx().execute(sql::job::insert_links, job, 1,
                          seal_facts(work.keys(), kTable, facts_of(job.value, 1, json_of(linked)))));
    return {};
}

Result<void> link_job(audit::Work& work, Id<Job> job, std::vector<Id<Person>> people) {
    const auto by_number = [](Id<Person> person) { return person.value; };
    std::ranges::sort(people, {}, by_number);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    const auto before = TRY(list_people_of_job(work.tx(), job));
    if (before == people) {
        return {};
    }
    TRY(work.tx().execute(sql::job::unlink_people, job));
    TRY(insert_links(work, job, people));
    const auto sealed = find_seal(work, job, before);
    if (!sealed.ok()) {
        return sealed.error().code == Code::NotFound ? Result<void>{} : sealed.error();
    }
    return seal_changed(work, job, sealed->version, people);
}

Result<void> unlink_job(audit::Work& work, Id<Job> job, Id<Person> person) {
    auto people = TRY(list_people_of_job(work.tx(), job));
    const auto sealed = find_seal(work, job, people);
    if (!sealed.ok() && sealed.error().code != Code::NotFound) {
        return sealed.error();
    }
    if (std::erase(people, person) == 0) {
        return {};
    }
    TRY(work.tx().execute(sql::job::unlink_person, job, person));
    return sealed.ok() && sealed->holds ? seal_changed(work, job, sealed->version, people) : Result<void>{};
}

Result<void> unlink_jobs_of(audit::Work& work, Id<Person> person) {
    std::vector<Id<Job>> jobs;
    {
        db::Rows rows = TRY(work.tx().query(sql::job::list_of_person, person));
        while (TRY(rows.next())) {
            rows.into(jobs.emplace_back());
        }
    }
    // One by one: each job's links have a seal of their own.
    for (const auto job : jobs) {
        TRY(unlink_job(work, job, person));
    }
    return {};
}

Result<void> remove_job_links(audit::Work& work, Id<Job> job) {
    TRY(work.tx().execute(sql::job::unlink_people, job));
    TRY(work.tx().execute(sql::job::remove_links, job));
    return {};
}

Result<void> check_stray_links(db::Transaction& tx, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::job::list_stray_links));
    while (TRY(rows.next())) {
        std::int64_t job = 0;
        rows.into(job);
        report.add(kTable, job, "row_seal");
    }
    return {};
}

}  // namespace tenantry::housing
