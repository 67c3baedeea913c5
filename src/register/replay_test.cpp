// The journal against the register: each way of changing records behind the program's back, and a thousand at
// random.
#include "register/replay.hpp"

#include <random>
#include <set>

#include "access/account.hpp"
#include "register/alert.hpp"
#include "register/case_note.hpp"
#include "register/check_all.hpp"
#include "register/citizen.hpp"
#include "register/household.hpp"
#include "register/ledger.hpp"
#include "register/next_of_kin.hpp"
#include "register/row_seals.hpp"
#include "register/tenancy.hpp"
#include "tests/support/places.hpp"

namespace tenantry::housing {
namespace {

using Record = std::pair<std::string, std::int64_t>;

/// Tables whose every row is held to the journal and to its seal.
constexpr std::array<std::string_view, 20> kTables{
    "person", "property",  "tenancy",     "occupancy",     "officer",      "patch",        "manager_area",
    "alert",  "job",       "case_note",   "citizen",       "next_of_kin",  "account",      "household",
    "area",   "job_links", "ledger_line", "ledger_digest", "ledger_total", "access_rights"};
/// Tables whose rows are held as sets, by a seal elsewhere.
constexpr std::array<std::string_view, 4> kSets{"job_person", "role", "role_permission",
                                                "account_permission"};

class Replayed : public test::PlacesTest {
  protected:
    /// Two or more of everything, twice changed; each table as it was before the changes is kept as
    /// old_<table>.
    void SetUp() override {
        seal_sets();
        PlacesTest::SetUp();
        for (int n = 0; n < 2; ++n) {
            make(n);
        }
        for (const auto table : kTables) {
            run(fmt::format("CREATE TEMP TABLE old_{0} AS SELECT * FROM {0}", table));
        }
        for (const auto table : kSets) {
            run(fmt::format("CREATE TEMP TABLE old_{0} AS SELECT * FROM {0}", table));
        }
        clock_.advance(std::chrono::hours{1});
        for (int n = 0; n < 2; ++n) {
            change(n);
        }
        run("CREATE TEMP TABLE all_lines AS SELECT * FROM ledger_line");
        run("PRAGMA defer_foreign_keys = ON");
        run("PRAGMA ignore_check_constraints = ON");
        run("SAVEPOINT trial");
    }

    void make(int n) {
        const std::string number = std::to_string(n);
        auto in = work();
        officers_.push_back(add_officer("Olu " + number));
        areas_.push_back(add_manager_area("North " + number, officers_.back().id));
        patches_.push_back(add_patch("HN" + number, areas_.back().id, officers_.back().id));
        Property home;
        home.address_line_1 = number + " Weir Lane";
        home.postcode = "LS21 3AB";
        home.uprn = 100 + n;
        homes_.push_back(create_property(in, home).value());
        Tenancy tenancy;
        tenancy.tag_reference = "00451" + number + "/01";
        tenancy.property = homes_.back().id;
        tenancy.household = link_of_tag(in, tenancy.tag_reference)->household;
        tenancies_.push_back(create_tenancy(in, tenancy).value());
        Person person = test::full_person();
        person.property = homes_.back().id;
        person.tenancy = tenancies_.back().id;
        person.household = tenancies_.back().household;
        people_.push_back(add(person));
        jobs_.push_back(add_job("J-" + number, {people_.back().id}));
        CaseNote note;
        note.uuid = crypto::new_uuid();
        note.job = jobs_.back().id;
        note.text = "Nobody in";
        note.created_by = "Olu";
        notes_.push_back(create_case_note(in, note).value());
        Citizen citizen;
        citizen.usn = "U" + number;
        citizen.name = {std::nullopt, "Zoë", "Nair"};
        citizens_.push_back(create_citizen(in, citizen).value());
        EXPECT_TRUE(update_next_of_kin(in, people_.back().uuid, {.name = "Ann"}).ok());
        Alert alert;
        alert.uuid = crypto::new_uuid();
        alert.uprn = 100 + n;
        alert.type_code = "3";
        alert.created_at = clock_.now();
        EXPECT_TRUE(put_alert(in, alert, people_.back().uuid).ok());
        alerts_.push_back(alert.uuid);
        lines_.emplace_back(3, line_of(tenancies_.back()));
        for (auto& line : lines_.back()) {
            line.uuid = crypto::new_uuid();
        }
        import(lines_.back());
        EXPECT_TRUE(access::set_account_permission(in, officers_.back().account.id,
                                                   access::Permission::MetricsView, n == 0)
                        .ok());
    }

    static LedgerRecord line_of(const Tenancy& tenancy) {
        LedgerRecord line;
        line.uuid = crypto::new_uuid();
        line.tag_reference = tenancy.tag_reference;
        line.type = "RTB";
        line.posted_on = parse_date("2030-03-01").value();
        line.amount = {1'250};
        line.description = "Total Rent";
        return line;
    }
    void import(const std::vector<LedgerRecord>& lines) {
        auto in = work();
        LedgerImport importing{in};
        for (const auto& line : lines) {
            ASSERT_TRUE(importing.add(line).ok());
        }
        ASSERT_TRUE(importing.finish().ok());
    }

    void change(int n) {
        const auto at = static_cast<std::size_t>(n);
        auto in = work();
        officers_[at] = update_officer(in, officers_[at]).value();
        areas_[at] = update_manager_area(in, areas_[at]).value();
        patches_[at] = update_patch(in, patches_[at]).value();
        homes_[at] = update_property(in, homes_[at]).value();
        tenancies_[at] = update_tenancy(in, tenancies_[at]).value();
        const Person before = load_person(in, people_[at].id).value();
        Person after = before;
        after.property = homes_[1 - at].id;
        people_[at] = update_person(in, before, after, "tenant.updated").value();
        jobs_[at] = update_job(in, jobs_[at], {people_[at].id, people_[1 - at].id}).value();
        notes_[at] = update_case_note(in, notes_[at]).value();
        citizens_[at] = update_citizen(in, citizens_[at]).value();
        ASSERT_TRUE(update_next_of_kin(in, people_[at].uuid, {.mobile = "07700 900461"}).ok());
        ASSERT_TRUE(put_alert(in, find_alert(in, alerts_[at]).value(), people_[at].uuid).ok());
        ASSERT_TRUE(ensure_household(in, tenancies_[at].tag_reference, crypto::new_uuid()).ok());
        ASSERT_TRUE(put_area(in, {{3 + n}, "Homerton, renamed"}).ok());
        for (auto& line : lines_[at]) {
            line.amount = {-7};
        }
        import(lines_[at]);
        import({line_of(tenancies_[at])});
        ASSERT_TRUE(access::set_role_permission(in, 6, access::Permission::MetricsView, n == 0).ok());
        ASSERT_TRUE(access::set_role_permission(in, 6, access::Permission::SearchGlobal, n == 0).ok());
    }

    [[nodiscard]] Replay::Outcome replay() {
        Replay replay;
        EXPECT_TRUE(
            audit::verify_journal(tx_, keys(), [&](const audit::Recorded& event, std::int64_t /*in_all*/) {
                replay.take(event);
            }).ok());
        return replay.compare(tx_).value();
    }
    /// The records that the replay or a seal names.
    [[nodiscard]] std::set<Record> found() {
        std::set<Record> records;
        for (const auto& one : replay().first) {
            records.emplace(one.table, one.id);
        }
        CheckReport report;
        EXPECT_TRUE(check_all(tx_, keys(), report).ok());
        for (const auto& one : report.first_damaged) {
            records.emplace(one.table.view(), one.id);
        }
        return records;
    }
    void undo() { run("ROLLBACK TO trial"); }

    /// So that somebody whom they are for can be removed.
    void finish_jobs() {
        auto in = work();
        for (Job& job : jobs_) {
            job.status = "Closed";
            job = update_job(in, job, list_people_of_job(tx_, job.id).value()).value();
        }
    }

    /// How the one record differs that does.
    [[nodiscard]] std::optional<Difference> difference() {
        const auto outcome = replay();
        EXPECT_LE(outcome.departures, 1);
        return outcome.first.empty() ? std::nullopt : std::optional{outcome.first[0].difference};
    }

    std::vector<Officer> officers_;
    std::vector<ManagerArea> areas_;
    std::vector<Patch> patches_;
    std::vector<Property> homes_;
    std::vector<Tenancy> tenancies_;
    std::vector<Person> people_;
    std::vector<Job> jobs_;
    std::vector<CaseNote> notes_;
    std::vector<Citizen> citizens_;
    std::vector<Uuid> alerts_;
    std::vector<std::vector<LedgerRecord>> lines_;
};

TEST_F(Replayed, an_untouched_register_is_as_its_journal_says) {
    const auto outcome = replay();
    EXPECT_EQ(outcome.departures, 0);
    EXPECT_GT(outcome.records, 20);
    EXPECT_EQ(found(), std::set<Record>{});
}

TEST_F(Replayed, tells_what_was_done_to_a_record) {
    run("DELETE FROM case_note WHERE id = 1");
    EXPECT_EQ(difference(), Difference::Removed);
    undo();
    run("UPDATE case_note SET version = 1 WHERE id = 1");
    EXPECT_EQ(difference(), Difference::Older);
    undo();
    run("UPDATE case_note SET version = 3 WHERE id = 1");
    EXPECT_EQ(difference(), Difference::Newer);
    undo();
    run("INSERT INTO household (id, uuid, created_at) VALUES (77, x'07', 0)");
    EXPECT_EQ(difference(), Difference::Inserted);
    undo();
    run("UPDATE ledger_total SET version = version - 1");
    EXPECT_EQ(difference(), Difference::Older);
    undo();
    run("DELETE FROM access_rights");
    EXPECT_EQ(difference(), Difference::Removed);
    undo();
    EXPECT_EQ(difference(), std::nullopt);
}

TEST_F(Replayed, what_the_program_removed_may_be_gone_and_may_not_be_back) {
    finish_jobs();
    run("CREATE TEMP TABLE kept AS SELECT * FROM alert WHERE person_id = 1");
    remove(load_person(*std::make_unique<audit::Work>(work()), people_[0].id).value());
    EXPECT_EQ(replay().departures, 0);
    run("INSERT INTO alert SELECT * FROM kept");
    EXPECT_EQ(difference(), Difference::Returned);
}

TEST_F(Replayed, citizens_who_went_with_their_person_in_an_earlier_version_are_not_missed) {
    run("DELETE FROM citizen WHERE id = 1");
    auto in = work();
    ASSERT_TRUE(rows_are_sealed(in, kRowsRound).ok());
    EXPECT_EQ(difference(), Difference::Removed) << "nobody was removed whom they could have gone with";
    undo();
    finish_jobs();
    remove(load_person(in, people_[0].id).value());
    run("DELETE FROM citizen WHERE id = 1");
    ASSERT_TRUE(rows_are_sealed(in, kRowsRound).ok());
    EXPECT_EQ(difference(), std::nullopt);
    run("DELETE FROM citizen WHERE id = 2");
    ASSERT_TRUE(in.changed({.action = "citizen.updated", .resource = 2, .version = 2}).ok());
    EXPECT_EQ(difference(), Difference::Removed) << "it was there after that";
}

TEST_F(Replayed, a_reading_journaled_after_a_change_is_no_older_version) {
    auto in = work();
    ASSERT_TRUE(in.changed({.action = "tenant.viewed", .resource = 1, .version = 1, .person = 1}).ok());
    ASSERT_TRUE(
        in.changed(
              {.action = "tenant.damaged", .resource = 1, .version = 99, .outcome = audit::Outcome::Failed})
            .ok());
    EXPECT_EQ(replay().departures, 0);
}

class DataTrials : public Replayed {
  protected:
    [[nodiscard]] std::int64_t pick(std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>{from, to}(random_);
    }
    [[nodiscard]] std::string key_of(std::string_view table) {
        return table == "next_of_kin"     ? "person_id"
               : table == "ledger_digest" ? "tenancy_id"
               : table == "job_links"     ? "job_id"
                                          : "id";
    }
    [[nodiscard]] std::vector<std::string> columns_of(std::string_view table) {
        std::vector<std::string> names;
        auto rows = tx_.query(test::sql("SELECT name FROM pragma_table_info($1)"), table);
        while (rows->next().value()) {
            rows->into(names.emplace_back());
        }
        return names;
    }
    /// Gives another value to a column of a row.
    void change_column(std::string_view table, std::string_view column, std::int64_t id) {
        const auto type =
            select<std::string>("SELECT type FROM pragma_table_info($1) WHERE name = $2", table, column);
        const std::string other =
            type == "INTEGER" ? "CASE WHEN {0} IN (0, 1) THEN 1 - {0} ELSE coalesce({0}, 0) + 1000 END"
            : type == "TEXT"  ? "coalesce({0}, '') || 'x'"
                              : "randomblob(max(length(coalesce({0}, x'')), 16))";
        run(fmt::format("UPDATE {} SET {} = {} WHERE {} = $1", table, column,
                        fmt::format(fmt::runtime(other), column), key_of(table)),
            id);
    }
    /// Puts a copy of the row beside it, under numbers that no row has.
    void insert_copy(std::string_view table, std::int64_t id, std::int64_t as) {
        run(fmt::format("CREATE TEMP TABLE copied AS SELECT * FROM {} WHERE {} = $1", table, key_of(table)),
            id);
        run(fmt::format("UPDATE copied SET {} = $1", key_of(table)), as);
        for (const auto& column : columns_of(table)) {
            if (column == "uuid" || column.ends_with("_hash")) {
                run(fmt::format("UPDATE copied SET {} = randomblob(16)", column));
            } else if (column == "tag_reference" || column == "usn" || column == "reference") {
                run(fmt::format("UPDATE copied SET {0} = {0} || 'x'", column));
            } else if (column == "to_at" || (table == "officer" && column == "account_id")) {
                run(fmt::format("UPDATE copied SET {} = 99", column));
            }
        }
        run(fmt::format("INSERT INTO {} SELECT * FROM copied", table));
        run("DROP TABLE copied");
    }

    /// Tampers with a row in one of four ways; answers a record that must be named.
    Record tamper(std::int64_t kind, std::string_view table) {
        const auto rows = count(std::string{table});
        const auto id = select<std::int64_t>(fmt::format(
            "SELECT {0} FROM {1} ORDER BY {0} LIMIT 1 OFFSET {2}", key_of(table), table, pick(0, rows - 1)));
        if (kind == 0) {
            auto columns = columns_of(table);
            std::erase_if(columns, [&](const std::string& name) {
                return is_uncovered(table, name) || name == "id" || name == key_of(table);
            });
            const auto& column = columns[static_cast<std::size_t>(pick(0, std::ssize(columns) - 1))];
            SCOPED_TRACE(column);
            change_column(table, column, id);
            return {std::string{table}, id};
        }
        if (kind == 1) {
            insert_copy(table, id, 4711);
            return {std::string{table}, 4711};
        }
        if (kind == 2 && table != "occupancy") {  // its current row stands in the way
            run(fmt::format("DELETE FROM {} WHERE {} = $1", table, key_of(table)), id);
            run(fmt::format("INSERT INTO {0} SELECT * FROM old_{0} WHERE {1} = $1", table, key_of(table)),
                id);
            return {std::string{table}, id};
        }
        run(fmt::format("DELETE FROM {} WHERE {} = $1", table, key_of(table)), id);
        return {std::string{table}, id};
    }

    /// Which record is named of a tampered row: a line of the ledger is missed in its tenancy, and so is a
    /// digest that does not go with the lines.
    [[nodiscard]] Record named(std::int64_t kind, std::string_view table, std::int64_t id) {
        if (table == "ledger_line") {
            return {"tenancy", select<std::int64_t>("SELECT tenancy_id FROM all_lines WHERE id = $1 "
                                                    "UNION SELECT tenancy_id FROM ledger_line WHERE id = $1 "
                                                    "AND id = 4711",
                                                    id)};
        }
        return {table == "ledger_digest" && kind >= 2 ? "tenancy" : std::string{table}, id};
    }

    /// What no seal covers: an account's times, which nothing is decided by.
    static bool is_uncovered(std::string_view table, std::string_view column) {
        return table == "account" && (column == "created_at" || column == "updated_at");
    }

    std::mt19937 random_{20310402};
};

TEST_F(DataTrials, a_thousand_random_tampers_with_records_are_found_and_the_record_is_named) {
    testing::internal::CaptureStderr();
    for (int trial = 0; trial < 1'000; ++trial) {
        const auto table = kTables[static_cast<std::size_t>(trial) % kTables.size()];
        const auto kind = pick(0, 3);
        run("PRAGMA defer_foreign_keys = ON");
        // An occupancy has no number in the journal: what of it is missing is told of the person or of the
        // next.
        const bool by_others = table == "occupancy" && kind >= 2;
        const auto [tampered, id] = tamper(kind, table);
        const Record wanted = named(kind, tampered, id);
        const auto records = found();
        undo();
        ASSERT_TRUE(by_others ? !records.empty() : records.contains(wanted))
            << "trial " << trial << " kind " << kind << " " << wanted.first << " " << wanted.second;
    }
    EXPECT_EQ(found(), std::set<Record>{});
    testing::internal::GetCapturedStderr();
}

TEST_F(DataTrials, every_column_is_covered) {
    testing::internal::CaptureStderr();
    for (const auto table : kTables) {
        for (const auto& column : columns_of(table)) {
            const bool covered = !is_uncovered(table, column);
            run("PRAGMA defer_foreign_keys = ON");
            const auto id = select<std::int64_t>(fmt::format("SELECT min({}) FROM {}", key_of(table), table));
            if (column == "id" || (table == "next_of_kin" && column == "person_id")) {
                continue;  // whose row it is: with another number it is another row, and this one is gone
            }
            change_column(table, column, id);
            EXPECT_EQ(!found().empty(), covered) << table << "." << column;
            undo();
        }
    }
    testing::internal::GetCapturedStderr();
}

TEST_F(DataTrials, every_row_and_column_of_a_set_is_covered) {
    struct Case {
        const char* tampering;
        Record named;
    };
    const Record rights{"access_rights", 1};
    const Record links{"job_links", 1};
    testing::internal::CaptureStderr();
    for (const auto& [tampering, named] : {
             Case{"DELETE FROM job_person WHERE job_id = 1 AND person_id = 1", links},
             Case{"DELETE FROM job_person", links},
             Case{"INSERT INTO job_person (job_id, person_id) VALUES (1, 77)", links},
             Case{"UPDATE job_person SET person_id = 77 WHERE job_id = 1 AND person_id = 1", links},
             Case{"UPDATE job_person SET job_id = 4711 WHERE job_id = 1 AND person_id = 1", links},
             Case{"INSERT INTO job_person (job_id, person_id) VALUES (4711, 1)", {"job_links", 4711}},
             Case{"DELETE FROM role_permission WHERE role_id = 6", rights},
             Case{"INSERT INTO role_permission (role_id, permission) VALUES (6, 'api.admin.users.manage')",
                  rights},
             Case{"UPDATE role_permission SET permission = permission || 'x' WHERE role_id = 6", rights},
             Case{"UPDATE role_permission SET role_id = 77 WHERE role_id = 6", rights},
             Case{"UPDATE role SET level = 100 WHERE id = 6", rights},
             Case{"UPDATE role SET name = 'boss' WHERE id = 6", rights},
             Case{"UPDATE role SET id = 7 WHERE id = 6", rights},
             Case{"INSERT INTO role (id, name, level) VALUES (7, 'boss', 1)", rights},
             Case{"DELETE FROM role WHERE id = 5", rights},
             Case{"DELETE FROM account_permission", rights},
             Case{"UPDATE account_permission SET granted = 1 - granted", rights},
             Case{"UPDATE account_permission SET permission = 'api.admin.users.manage'", rights},
             Case{"UPDATE account_permission SET account_id = account_id + 100", rights},
             Case{"INSERT INTO account_permission (account_id, permission, granted) VALUES (1, 'x', 1)",
                  rights},
         }) {
        run("PRAGMA defer_foreign_keys = ON");
        run(tampering);
        EXPECT_TRUE(found().contains(named)) << tampering;
        undo();
    }
    EXPECT_EQ(found(), std::set<Record>{});
    testing::internal::GetCapturedStderr();
}

TEST_F(DataTrials, a_whole_set_put_back_with_its_seal_is_found) {
    testing::internal::CaptureStderr();
    const auto put_back = [this](std::initializer_list<const char*> tables) {
        run("PRAGMA defer_foreign_keys = ON");
        for (const auto* table : tables) {
            run(fmt::format("DELETE FROM {}", table));
            run(fmt::format("INSERT INTO {0} SELECT * FROM old_{0}", table));
        }
    };
    const auto expect_named = [this](const Record& record) {
        EXPECT_TRUE(found().contains(record)) << record.first;
        undo();
    };
    put_back({"job_person", "job_links"});
    expect_named({"job_links", 1});
    put_back({"role_permission", "access_rights"});
    expect_named({"access_rights", 1});
    put_back({"ledger_line", "ledger_digest"});
    EXPECT_FALSE(found().contains({"tenancy", 1})) << "each digest goes with its lines";
    expect_named({"ledger_total", 1});
    put_back({"ledger_line", "ledger_digest", "ledger_total"});
    EXPECT_EQ(found(), (std::set<Record>{{"ledger_total", 1}})) << "by the journal alone";
    undo();
    run("DELETE FROM ledger_line");
    run("DELETE FROM ledger_digest");
    expect_named({"ledger_total", 1});
    EXPECT_EQ(found(), std::set<Record>{});
    testing::internal::GetCapturedStderr();
}

TEST_F(Replayed, lines_that_change_their_tenancy_and_lines_that_stay_leave_the_digests_right) {
    LedgerRecord moved = lines_[0][0];
    moved.tag_reference = tenancies_[1].tag_reference;
    import({moved});
    import({moved, lines_[1][1]});
    EXPECT_EQ(found(), std::set<Record>{});
}

TEST_F(Replayed, an_import_seals_nothing_that_somebody_else_did) {
    testing::internal::CaptureStderr();
    run("UPDATE ledger_line SET amount = 1 WHERE tenancy_id = 1");
    import({line_of(tenancies_[0])});
    EXPECT_TRUE(found().contains({"tenancy", 1}));
    undo();
    run("DELETE FROM ledger_digest WHERE tenancy_id = 1");
    import({line_of(tenancies_[0])});
    EXPECT_TRUE(found().contains({"tenancy", 1}));
    undo();
    run("DELETE FROM ledger_digest WHERE tenancy_id = 1");
    run("DELETE FROM ledger_line WHERE tenancy_id = 1");
    import({line_of(tenancies_[0])});
    EXPECT_EQ(found(), (std::set<Record>{{"ledger_total", 1}}));
    undo();
    run("UPDATE ledger_digest SET sum = zeroblob(length(sum)) WHERE tenancy_id = 1");
    run("UPDATE ledger_total SET row_seal = zeroblob(36)");
    import({line_of(tenancies_[0])});
    EXPECT_EQ(found(), (std::set<Record>{{"ledger_digest", 1}, {"ledger_total", 1}}));
    undo();
    EXPECT_EQ(found(), std::set<Record>{});
    testing::internal::GetCapturedStderr();
}

TEST_F(Replayed, other_changes_of_sets_seal_nothing_that_somebody_else_did) {
    testing::internal::CaptureStderr();
    auto in = work();
    run("DELETE FROM job_person WHERE job_id = 1 AND person_id = 2");
    finish_jobs();
    remove(load_person(in, people_[0].id).value());
    EXPECT_TRUE(found().contains({"job_links", 1}));
    undo();
    run("INSERT INTO role_permission (role_id, permission) VALUES (6, 'api.admin.users.manage')");
    ASSERT_TRUE(access::set_role_permission(in, 6, access::Permission::MetricsView, true).ok());
    EXPECT_TRUE(found().contains({"access_rights", 1}));
    undo();
    run("UPDATE household SET tag_reference = 'x' WHERE tag_reference = $1", tenancies_[0].tag_reference);
    EXPECT_EQ(ensure_household(in, "x", crypto::new_uuid()).error().code, Code::Corrupt);
    undo();
    testing::internal::GetCapturedStderr();
}

TEST_F(Replayed, a_tenancys_ledger_that_goes_leaves_the_total_right) {
    auto in = work();
    ASSERT_TRUE(remove_ledger_digest(in, tenancies_[0].id.value).ok());
    run("DELETE FROM ledger_line WHERE tenancy_id = $1", tenancies_[0].id);
    EXPECT_EQ(found(), std::set<Record>{});
    ASSERT_TRUE(remove_ledger_digest(in, 77).ok()) << "it has no lines";
    EXPECT_EQ(found(), std::set<Record>{});
}

TEST_F(Replayed, digests_of_the_ledger_are_given_to_a_resealing) {
    keys_.rotate();
    for (const auto& [table, reseal] : {std::pair{"ledger_digest", &reseal_ledger_digests},
                                        std::pair{"ledger_total", &reseal_ledger_total}}) {
        const auto seal = fmt::format("SELECT row_seal FROM {} ORDER BY row_seal LIMIT 1", table);
        const auto before = select<Bytes>(seal);
        audit::Resealing some{keys(), db::sealed_table(table), 0};
        ASSERT_TRUE(reseal(tx_, some).ok());
        auto in = work();
        ASSERT_TRUE(some.store(in, "ledger.damaged").ok());
        EXPECT_NE(select<Bytes>(seal), before);
    }
    import({line_of(tenancies_[0])});
    EXPECT_EQ(found(), std::set<Record>{});
}

TEST_F(Replayed, a_job_that_goes_takes_its_links_along) {
    auto in = work();
    ASSERT_TRUE(remove_job(in, jobs_[0]).ok());
    EXPECT_EQ(found(), std::set<Record>{});
    EXPECT_EQ(count("job_links"), 1);
}

}  // namespace
}  // namespace tenantry::housing
