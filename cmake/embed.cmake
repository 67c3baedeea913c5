# embed_sql(ROOM NAMESPACE): every sql/<noun>/<verb>.sql of the folder becomes sql::<noun>::<verb> (name and text)
# in "<room>/sql.hpp", made anew when a file changes.
function(embed_sql ROOM NAMESPACE)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/sql/*.sql)
    set(header ${CMAKE_BINARY_DIR}/generated/${ROOM}/sql.hpp)
    add_custom_command(OUTPUT ${header}
        COMMAND ${CMAKE_COMMAND} -DROOM=${ROOM} -DNAMESPACE=${NAMESPACE} -DDIR=${CMAKE_CURRENT_SOURCE_DIR}/sql -DOUT=${header}
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
