# Writes OUT from DIR/<version>_<name>.sql and its companion .columns, in the order of their numbers.
file(GLOB files ${DIR}/*.sql)
list(SORT files)
set(all "")
foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    string(REGEX MATCH "^[0-9]+" number ${name})
    math(EXPR version "1${number} - 10000")
    file(READ ${file} sql)
    file(READ ${DIR}/${name}.columns columns)
    string(APPEND all "    {${version}, \"${name}\", R\"sql(${sql})sql\", R\"columns(${columns})columns\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT "#pragma once
// Made from db/migrations by the build.
#include \"db/migrations.hpp\"

namespace tenantry::db {
inline constexpr Migration kMigrations[] = {
${all}};
}  // namespace tenantry::db
")
