#include "db/postgres/address.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/log.hpp"

namespace tenantry::db {

namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

const std::string* find(const PgParameters& parameters, std::string_view name) {
    const auto found = std::ranges::find(parameters, name, &PgParameters::value_type::first);
    return found != parameters.end() ? &found->second : nullptr;
}

/// Whether every host is a folder of Unix sockets, or this machine's usual one.
bool is_local(const PgParameters& parameters) {
    if (find(parameters, "hostaddr") != nullptr) {
        return false;
    }
    const std::string* hosts = find(parameters, "host");
    for (std::string_view rest = hosts != nullptr ? *hosts : std::string_view{}; !rest.empty();) {
        const auto end = std::min(rest.find(','), rest.size());
        if (end > 0 && rest.front() != '/' && rest.front() != '@') {
            return false;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

}  // namespace

Result<PgParameters> connection_parameters(std::string_view url) {
    if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) {
        return Error{Code::Invalid, "the database's address must be like postgresql://user@host/name"};
    }
    const std::unique_ptr<PQconninfoOption, FreeOptions> options{
        PQconninfoParse(std::string{url}.c_str(), nullptr)};
    if (options == nullptr) {
        return Error{Code::Invalid, "the database's address must be like postgresql://user@host/name"};
    }
    PgParameters parameters;
    for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
        if (one->val != nullptr) {
            parameters.emplace_back(one->keyword, one->val);
        }
    }
    const auto unless_said = [&parameters](const char* name, const char* value) {
        if (find(parameters, name) == nullptr) {
            parameters.emplace_back(name, value);
        }
    };
    if (!is_local(parameters)) {
        unless_said("sslmode", "verify-full");
        if (*find(parameters, "sslmode") != "verify-full") {
            return Error{Code::Invalid,
                         "a database across a network is reached with sslmode=verify-full only"};
        }
    }
    unless_said("connect_timeout", "2");
    unless_said("target_session_attrs", "read-write");
    // Whoever is gone without a word is missed within five seconds, whether we wait for it or it for us.
    unless_said("tcp_user_timeout", "5000");
    unless_said("keepalives_idle", "2");
    unless_said("keepalives_interval", "1");
    unless_said("application_name", "tenantry");
    unless_said("client_encoding", "UTF8");
    return parameters;
}

std::size_t count_servers(const PgParameters& parameters) {
    const std::string* named = find(parameters, "host");
    named = named != nullptr ? named : find(parameters, "hostaddr");
    return named != nullptr ? static_cast<std::size_t>(std::ranges::count(*named, ',')) + 1 : 1;
}

PgParameters beginning_with(PgParameters parameters, std::size_t server) {
    for (auto& [name, value] : parameters) {
        // One port may be that of all of them.
        const bool is_list = (name == "host" || name == "hostaddr" || name == "port") &&
                             static_cast<std::size_t>(std::ranges::count(value, ',')) >= server;
        for (std::size_t moved = 0; is_list && moved < server; ++moved) {
            const auto end = value.find(',');
            value = value.substr(end + 1) + ',' + value.substr(0, end);
        }
    }
    return parameters;
}

bool PgServers::believe(const PgSeen& server) {
    // Held while the new one is kept, which takes long: the next must not overtake it, and it is new once in
    // a promotion.
    const Lock lock{mutex_};
    const bool is_first = !std::exchange(has_answered_, true);
    const bool is_other = server.system != seen_.system;
    if (is_other ? !is_first : server.timeline < seen_.timeline) {
        return false;
    }
    if (is_other && !seen_.system.empty()) {
        log(LogLevel::Warning, "the register is in another database cluster than at the last start");
    }
    if (is_other || server.timeline > seen_.timeline) {
        seen_ = server;
        if (keep_) {
            keep_(seen_);
        }
    }
    return true;
}

}  // namespace tenantry::db
