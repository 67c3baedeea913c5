// A statement's name and text, embedded at build time from <room>/sql/<noun>/<verb>.sql.
#pragma once

#include <string_view>

namespace tenantry::db {

/// Lives as long as the program: a connection knows its prepared statement by the text's address.
struct Sql {
    std::string_view name;      ///< "register/person/find_by_uuid": goes into logs, the parameters never do
    std::string_view text;      ///< the common text, placeholders $1, $2, …
    std::string_view postgres;  ///< PostgreSQL's own text where the dialects differ, else empty
};

}  // namespace tenantry::db
