# Writes OUT from DIR/<version>_<name>.sql and its companion .columns, in the order of their numbers.
# <version>_<name>.postgres.sql is PostgreSQL's own text; its first one is the whole schema so far, and what follows it has
# the common text where it has none of its own.
file(GLOB files RELATIVE ${DIR} ${DIR}/*.sql)
list(SORT files)
set(all "")
set(postgres "")
set(baseline 10000)
foreach(file ${files})
    string(REGEX REPLACE "\\..*" "" name ${file})
    string(REGEX MATCH "^[0-9]+" number ${name})
    math(EXPR version "1${number} - 10000")
    file(READ ${DIR}/${file} sql)
    if(file MATCHES "\\.postgres\\.sql$")
        if(version LESS baseline)
            set(baseline ${version})
        endif()
        string(APPEND postgres "    {${version}, \"${name}\", R\"sql(${sql})sql\", \"\"},\n")
    else()
        file(READ ${DIR}/${name}.columns columns)
        string(APPEND all "    {${version}, \"${name}\", R\"sql(${sql})sql\", R\"columns(${columns})columns\"},\n")
        if(version GREATER baseline AND NOT EXISTS ${DIR}/${name}.postgres.sql)
            string(APPEND postgres "    {${version}, \"${name}\", R\"sql(${sql})sql\", \"\"},\n")
        endif()
    endif()
endforeach()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT "#pragma once
// Made from db/migrations by the build.
#include \"db/migrations.hpp\"

namespace tenantry::db {
inline constexpr Migration kMigrations[] = {
${all}};
inline constexpr Migration kPostgresMigrations[] = {
${postgres}};
}  // namespace tenantry::db
")
