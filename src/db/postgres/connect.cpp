// How a connection to PostgreSQL comes about, and comes back.
#include <fmt/format.h>
#include <libpq-fe.h>

#include "base/ascii.hpp"
#include "base/log.hpp"
#include "db/postgres/connection.hpp"

namespace tenantry::db {

namespace {

constexpr std::chrono::milliseconds kPause{300};
/// As poll has it.
constexpr std::chrono::milliseconds kForEver{-1};
/// For a database that ends a statement by itself to say so.
constexpr std::chrono::milliseconds kGrace{500};

}  // namespace

PgConnection::PgConnection(std::shared_ptr<PgServers> servers, std::chrono::milliseconds limit)
    : servers_(std::move(servers)), limit_(limit), silence_(limit.count() > 0 ? limit + kGrace : kForEver) {}

Result<std::unique_ptr<PgConnection>> PgConnection::open(std::shared_ptr<PgServers> servers,
                                                         std::chrono::milliseconds limit) {
    std::unique_ptr<PgConnection> connection{new PgConnection(std::move(servers), limit)};
    TRY(connection->connect());
    return connection;
}

Result<std::unique_ptr<PgConnection>> PgConnection::open(std::string_view url,
                                                         std::chrono::milliseconds limit) {
    return open(std::make_shared<PgServers>(url), limit);
}

Result<void> PgConnection::connect() {
    const auto parameters = TRY(connection_parameters(servers_->url));
    const auto servers = count_servers(parameters);
    for (std::size_t first = 0; first < servers; ++first) {
        TRY(connect_to(beginning_with(parameters, first)));
        if (TRY(settle_in())) {
            return {};
        }
    }
    handle_.reset();
    return give_up("only a database that was replaced, or another one, answers");
}

Result<void> PgConnection::connect_to(const PgParameters& parameters) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    names.reserve(parameters.size() + 1);
    values.reserve(parameters.size() + 1);
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    ++times_connected_;
    handle_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    lost_ = PQstatus(handle_.get()) != CONNECTION_OK;
    if (lost_) {
        // libpq's message may quote the address, which may hold a password.
        return give_up("the database does not answer");
    }
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    return {};
}

Result<bool> PgConnection::settle_in() {
    // What was acknowledged survives: a server that is set to answer before it is on disk is asked for more.
    const auto answer =
        ask("db/settings",
            fmt::format(
                "SET statement_timeout = {}; SET lock_timeout = '3s';"
                "SET bytea_output = 'hex'; SET TimeZone = 'UTC'; SET jit = off;"
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') IN ('off', 'local');"
                "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint"
                " || ' ' || system_identifier FROM pg_control_system()",
                limit_.count()));
    if (!answer.ok()) {
        lost_ = true;  // as it is it is of no use
        return answer.error();
    }
    const auto space = answer->find(' ');
    return servers_->believe(
        {answer->substr(space + 1), parse_whole<std::int64_t>(answer->substr(0, space)).value_or(0)});
}

Error PgConnection::give_up(Literal why) {
    lost_ = true;
    hold_off();
    log(LogLevel::Error, why);
    last_failure_ = {Code::Unavailable, "the database cannot be reached"};
    return last_failure_;
}

Result<void> PgConnection::mend() {
    if (std::chrono::steady_clock::now() < try_again_at_) {
        return last_failure_;
    }
    if (!is_lost()) {
        return {};
    }
    VERIFY(!open_.any());
    queued_.clear();
    forget_expected();
    to_insert_.clear();
    statements_.clear();
    arriving_ = nullptr;
    sent_ahead_ = false;
    in_pipeline_ = false;
    return connect();
}

void PgConnection::hold_off() {
    try_again_at_ = std::chrono::steady_clock::now() + kPause;
}

}  // namespace tenantry::db
