#include "bench/postgres.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "bench/dataset.hpp"
#include "bench/server_process.hpp"
#include "register/sql.hpp"

namespace tenantry::bench {

namespace {

using Steady = std::chrono::steady_clock;

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Finish>;
using Answer = std::unique_ptr<PGresult, Finish>;

constexpr Error kFailed{Code::Internal, "PostgreSQL refused a statement of the yardstick"};

Result<Connection> connect(const std::string& address) {
    Connection connection{PQconnectdb(address.c_str())};
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        return Error{Code::Unavailable, "PostgreSQL does not answer"};
    }
    return connection;
}

Result<Answer> checked(PGresult* result) {
    Answer answer{result};
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fmt::print(stderr, "{}", PQresultErrorMessage(result));
        return kFailed;
    }
    return answer;
}

Result<void> run(const Connection& connection, const std::string& script) {
    TRY(checked(PQexec(connection.get(), script.c_str())));
    return {};
}

/// The parameters of a prepared statement, in binary.
struct Values {
    std::vector<std::optional<std::string>> texts;

    [[nodiscard]] Result<Answer> run(const Connection& connection, const char* statement) const {
        std::vector<const char*> values;
        std::vector<int> lengths;
        for (const auto& text : texts) {
            values.push_back(text ? text->data() : nullptr);
            lengths.push_back(text ? static_cast<int>(text->size()) : 0);
        }
        const std::vector<int> formats(texts.size(), 1);
        return checked(PQexecPrepared(connection.get(), statement, static_cast<int>(texts.size()),
                                      values.data(), lengths.data(), formats.data(), 1));
    }
};

/// Runs the steps that make(connection, thread) returns, each counted and timed, on a thread for each
/// connection.
using Step = std::function<Result<void>()>;
Result<Outcome> run_threads(const PostgresGround& ground,
                            const std::function<Result<Step>(const Connection&, unsigned)>& make) {
    std::vector<Connection> connections(ground.connections);  // the steps keep references
    std::vector<Step> steps;
    for (unsigned i = 0; i < ground.connections; ++i) {
        connections[i] = TRY(connect(ground.address));
        steps.push_back(TRY(make(connections[i], i)));
    }
    std::vector<Outcome> outcomes(ground.connections);
    std::atomic<bool> failed = false;
    std::vector<std::thread> threads;
    const auto begun = Steady::now();
    for (unsigned i = 0; i < ground.connections; ++i) {
        threads.emplace_back([&, i] {
            for (auto now = Steady::now(); now < begun + ground.time && !failed;) {
                failed = failed || !steps[i]().ok();
                const auto after = Steady::now();
                outcomes[i].latency.add(after - now);
                ++outcomes[i].done;
                now = after;
            }
        });
    }
    Outcome all;
    for (unsigned i = 0; i < ground.connections; ++i) {
        threads[i].join();
        all.done += outcomes[i].done;
        all.latency.add(outcomes[i].latency);
    }
    all.per_second =
        static_cast<double>(all.done) / std::chrono::duration<double>(Steady::now() - begun).count();
    return failed ? Result<Outcome>{kFailed} : all;
}

/// A row to insert over and over, each time under another number.
struct Template {
    std::string insert;
    std::vector<Oid> types;
    Values values;
    std::vector<std::size_t> numbers;  ///< the columns that are the number
    std::vector<std::size_t> keys;     ///< and those that begin with it
};

std::string bytes_of_number(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[7 - i] = static_cast<char>(number >> (8 * i));
    }
    return bytes;
}

/// The table bench_TABLE, and the first row that the query finds as what goes into it.
Result<Template> make_template(const Connection& connection, std::string_view table,
                               const std::string& query) {
    const auto row =
        TRY(checked(PQexecParams(connection.get(), query.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1)));
    if (PQntuples(row.get()) != 1) {
        return Error{Code::NotFound, "the register has no row to take as a template"};
    }
    Template made;
    std::string columns;
    std::string places;
    for (int i = 0; i < PQnfields(row.get()); ++i) {
        const std::string_view column = PQfname(row.get(), i);
        const auto at = made.types.size();
        columns += fmt::format("{}{}", columns.empty() ? "" : ", ", column);
        places += fmt::format("{}${}", places.empty() ? "" : ", ", at + 1);
        made.types.push_back(PQftype(row.get(), i));
        auto& value = made.values.texts.emplace_back();
        if (PQgetisnull(row.get(), 0, i) == 0) {
            value.emplace(PQgetvalue(row.get(), 0, i), PQgetlength(row.get(), 0, i));
        }
        if (column == "id" || column == "person_id") {
            made.numbers.push_back(at);
        } else if (column == "uuid" || column == "hash" || column == "nonce") {
            made.keys.push_back(at);
        }
    }
    made.insert = fmt::format("INSERT INTO bench_{} ({}) VALUES ({})", table, columns, places);
    return made;
}

/// The rows of a create, as the newest person has them.
Result<std::vector<Template>> make_templates(const std::string& address) {
    const auto connection = TRY(connect(address));
    for (const auto* table :
         {"csrf_spent", "person", "person_name", "person_contact", "occupancy", "audit_event"}) {
        TRY(run(connection, fmt::format("SET client_min_messages = warning; DROP TABLE IF EXISTS bench_{0};"
                                        "CREATE TABLE bench_{0} (LIKE {0} INCLUDING ALL)",
                                        table)));
    }
    const std::string newest = "(SELECT max(person_id) FROM occupancy)";
    const auto of_newest = [&](std::string_view table, std::string_view column) {
        return fmt::format("SELECT * FROM {} WHERE {} = {} LIMIT 1", table, column, newest);
    };
    std::vector<Template> rows;
    rows.push_back(
        TRY(make_template(connection, "csrf_spent",
                          "SELECT 1::bigint AS expires_at, substr(hash, 1, 16) AS nonce FROM audit_head")));
    rows.push_back(TRY(make_template(connection, "person", of_newest("person", "id"))));
    rows.push_back(TRY(make_template(connection, "person_name", of_newest("person_name", "person_id"))));
    for (int i = 0; i < 3; ++i) {
        rows.push_back(
            TRY(make_template(connection, "person_contact",
                              fmt::format("{} OFFSET {}", of_newest("person_contact", "person_id"), i))));
    }
    rows.push_back(TRY(make_template(connection, "occupancy", of_newest("occupancy", "person_id"))));
    rows.push_back(
        TRY(make_template(connection, "audit_event", "SELECT * FROM audit_event ORDER BY id DESC LIMIT 1")));
    return rows;
}

std::string name_of(std::size_t statement) {
    return fmt::format("insert{}", statement);
}

Result<void> insert_all(const Connection& connection, std::vector<Template>& rows, std::uint64_t number) {
    const auto bytes = bytes_of_number(number);
    TRY(run(connection, "BEGIN"));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        for (const auto column : row.numbers) {
            row.values.texts[column] = bytes;
        }
        for (const auto column : row.keys) {
            row.values.texts[column]->replace(0, bytes.size(), bytes);
        }
        TRY(row.values.run(connection, name_of(i).c_str()));
    }
    return run(connection, "COMMIT");
}

}  // namespace

Result<std::unique_ptr<ScratchPostgres>> ScratchPostgres::start(const std::filesystem::path& folder) {
    const auto whole = std::filesystem::absolute(folder);
    TRY(run_program({"script/test-postgres", "start", whole.string(), "durable"}));
    std::unique_ptr<ScratchPostgres> server{new ScratchPostgres(whole)};
    const auto address_of = [&](std::string_view database) {
        return fmt::format("postgresql:///{}?host={}&user=postgres", database, whole.string());
    };
    TRY(run(TRY(connect(address_of("postgres"))),
            "CREATE DATABASE bench TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"));
    server->address_ = address_of("bench");
    return server;
}

ScratchPostgres::~ScratchPostgres() {
    static_cast<void>(run_program({"script/test-postgres", "stop", folder_.string()}));
}

Result<Outcome> run_postgres_gets(const PostgresGround& ground, std::uint64_t people) {
    return run_threads(ground, [&](const Connection& connection, unsigned thread) -> Result<Step> {
        constexpr Oid kBytea = 17;
        const std::string text{housing::sql::person::find_by_uuid.text};
        TRY(checked(PQprepare(connection.get(), "get", text.c_str(), 1, &kBytea)));
        return Step{[&connection, people, random = Random{thread}]() mutable -> Result<void> {
            const auto uuid = uuid_of(random.below(people));
            const auto bytes = uuid.bytes();
            const auto row = TRY((Values{{std::string(bytes.begin(), bytes.end())}}.run(connection, "get")));
            return PQntuples(row.get()) == 1 ? Result<void>{} : kFailed;
        }};
    });
}

Result<Outcome> run_postgres_creates(const PostgresGround& ground) {
    const auto templates = TRY(make_templates(ground.address));
    std::atomic<std::uint64_t> last = 0;
    return run_threads(ground, [&](const Connection& connection, unsigned /*thread*/) -> Result<Step> {
        for (std::size_t i = 0; i < templates.size(); ++i) {
            const auto& row = templates[i];
            TRY(checked(PQprepare(connection.get(), name_of(i).c_str(), row.insert.c_str(),
                                  static_cast<int>(row.types.size()), row.types.data())));
        }
        // As on the product's connections: an answer is on disk.
        TRY(run(connection, "SET synchronous_commit = on"));
        return Step{[&connection, &last, rows = templates]() mutable {
            return insert_all(connection, rows, ++last);
        }};
    });
}

}  // namespace tenantry::bench
