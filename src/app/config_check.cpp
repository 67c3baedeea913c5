#include "app/config_check.hpp"

#include <unistd.h>

#include <initializer_list>

#include "app/token_secret.hpp"
#include "crypto/key_ring.hpp"
#include "db/postgres/address.hpp"

namespace tenantry::app {

namespace {

Result<void> check_listening(const ServeOptions& options) {
    return http::check(TRY(server_options(options)));
}

Result<void> check_mail(const ServeOptions& options) {
    TRY(open_post(options.mail, options.place.data));
    return {};
}

Result<void> check_database(const Place& place) {
    if (!place.database.empty()) {
        const auto address = db::connection_parameters(place.database);
        return address.ok() ? Result<void>{}
                            : Result<void>{Error{address.error().code, address.error().text, "--database"}};
    }
    if (::access(database_file(place.data).c_str(), F_OK) != 0) {
        return Error{Code::NotFound, "there is no register in this folder; 'tenantry init' makes one",
                     "--data"};
    }
    if (::access(database_file(place.data).c_str(), R_OK | W_OK) != 0) {
        return Error{Code::Forbidden, "the register can be read and written by another account only",
                     "--data"};
    }
    return {};
}

Result<void> check_register(const ServeOptions& options) {
    TRY(check_database(options.place));
    return crypto::KeyRing::check_folder(keys_folder(options.place.data));
}

/// An instance's own secret is made where there is none, so only what is there is looked at.
Result<void> check_token_secret(const ServeOptions& options) {
    if (options.hackney_jwt_secret.empty() && !has_token_secret(options.place.data)) {
        return {};
    }
    TRY(token_secret(options.place.data, options.hackney_jwt_secret));
    return {};
}

Result<void> check_audit_heads(const ServeOptions& options) {
    const auto& [file, command] = options.audit_heads;
    if (!file.empty()) {
        const auto folder = std::filesystem::absolute(file).parent_path();
        const bool there = ::access(file.c_str(), F_OK) == 0;
        if (::access(there ? file.c_str() : folder.c_str(), W_OK) != 0) {
            return Error{Code::Forbidden, "cannot be written", "--audit-heads"};
        }
    }
    if (!command.empty() && ::access(command.c_str(), X_OK) != 0) {
        return Error{Code::Forbidden, "is no program that can be run", "--audit-heads-command"};
    }
    return {};
}

}  // namespace

int check_settings(const ServeOptions& options, Output& output) {
    int code = kDone;
    for (const auto check :
         {check_listening, check_register, check_token_secret, check_mail, check_audit_heads}) {
        if (const auto checked = check(options); !checked.ok()) {
            code = fail(output, checked.error());
        }
    }
    return code;
}

}  // namespace tenantry::app
