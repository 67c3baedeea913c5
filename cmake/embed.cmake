# embed_sql(ROOM NAMESPACE): every sql/<noun>/<verb>.sql of the folder becomes sql::<noun>::<verb> (name and text)
# in "<room>/sql.hpp", made anew when a file changes, comes or goes (the names are in the command for that).
function(embed_sql ROOM NAMESPACE)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/sql/*.sql)
    string(MD5 names "${files}")
    set(header ${CMAKE_BINARY_DIR}/generated/${ROOM}/sql.hpp)
    add_custom_command(OUTPUT ${header}
        COMMAND ${CMAKE_COMMAND} -DROOM=${ROOM} -DNAMESPACE=${NAMESPACE} -DDIR=${CMAKE_CURRENT_SOURCE_DIR}/sql -DOUT=${header} -DNAMES=${names}
                -P ${CMAKE_SOURCE_DIR}/cmake/write_sql_header.cmake
        DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/write_sql_header.cmake VERBATIM)
    add_custom_target(${ROOM}_sql DEPENDS ${header})
    add_dependencies(tenantry_${ROOM} ${ROOM}_sql)
    target_include_directories(tenantry_${ROOM} PUBLIC ${CMAKE_BINARY_DIR}/generated)
    set_property(GLOBAL APPEND PROPERTY TENANTRY_GENERATED ${ROOM}_sql)
endfunction()

# embed_migrations(ROOM): migrations/<version>_<name>.{sql,columns} of the folder become kMigrations in
# "<room>/migrations_embedded.hpp".
function(embed_migrations ROOM)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*)
    set(header ${CMAKE_BINARY_DIR}/generated/${ROOM}/migrations_embedded.hpp)
    add_custom_command(OUTPUT ${header}
        COMMAND ${CMAKE_COMMAND} -DDIR=${CMAKE_CURRENT_SOURCE_DIR}/migrations -DOUT=${header}
                -P ${CMAKE_SOURCE_DIR}/cmake/write_migrations_header.cmake
        DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/write_migrations_header.cmake VERBATIM)
    add_custom_target(${ROOM}_migrations DEPENDS ${header})
    add_dependencies(tenantry_${ROOM} ${ROOM}_migrations)
    target_include_directories(tenantry_${ROOM} PRIVATE ${CMAKE_BINARY_DIR}/generated)
    set_property(GLOBAL APPEND PROPERTY TENANTRY_GENERATED ${ROOM}_migrations)
endfunction()

# embed_files(ROOM NAME=FILE...): each file becomes a function embedded::NAME() in "<room>/embedded_files.hpp", where
# embedded::kAll lists all of them with their names.
function(embed_files ROOM)
    set(folder ${CMAKE_BINARY_DIR}/generated/${ROOM})
    set(assembly "")
    set(header "#pragma once\n// Made by the build.\n#include <string_view>\n#include <utility>\n\nnamespace tenantry::${ROOM}::embedded {\n")
    set(source "#include \"${ROOM}/embedded_files.hpp\"\n\n")
    set(functions "")
    set(all "")
    set(files "")
    foreach(pair ${ARGN})
        string(REGEX MATCH "^([a-z_]+)=(.+)$" matched ${pair})
        set(name ${CMAKE_MATCH_1})
        set(file ${CMAKE_MATCH_2})
        list(APPEND files ${file})
        set(symbol tenantry_embedded_${ROOM}_${name})
        string(APPEND assembly
            ".global ${symbol}\n.global ${symbol}_end\n${symbol}:\n.incbin \"${file}\"\n${symbol}_end:\n.byte 0\n")
        string(APPEND header "[[nodiscard]] std::string_view ${name}();\n")
        string(APPEND all "    {\"${name}\", ${name}},\n")
        string(APPEND source "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
        string(APPEND functions
            "std::string_view ${name}() {\n    return {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})};\n}\n")
    endforeach()
    file(CONFIGURE OUTPUT ${folder}/embedded_files.S
        CONTENT ".section .rodata\n${assembly}.section .note.GNU-stack,\"\",@progbits\n" @ONLY)
    file(CONFIGURE OUTPUT ${folder}/embedded_files.hpp @ONLY CONTENT
        "${header}\ninline constexpr std::pair<std::string_view, std::string_view (*)()> kAll[] = {\n${all}};\n}  // namespace tenantry::${ROOM}::embedded\n")
    file(CONFIGURE OUTPUT ${folder}/embedded_files.cpp
        CONTENT "${source}\nnamespace tenantry::${ROOM}::embedded {\n${functions}}  // namespace tenantry::${ROOM}::embedded\n" @ONLY)
    target_sources(tenantry_${ROOM} PRIVATE ${folder}/embedded_files.cpp ${folder}/embedded_files.S)
    set_source_files_properties(${folder}/embedded_files.S PROPERTIES OBJECT_DEPENDS "${files}")
    target_include_directories(tenantry_${ROOM} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
