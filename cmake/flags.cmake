# Warnings, hardening and sanitizers: one place, linked by every target as tenantry_flags.
add_library(tenantry_flags INTERFACE)
target_include_directories(tenantry_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(tenantry_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    -Wold-style-cast)
if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    # Who only wants to run it need not mend what their compiler warns of: gcc 12 is wrong about some texts that are joined.
    target_compile_options(tenantry_flags INTERFACE -Werror)
endif()
if(NOT TENANTRY_BATCHES)
    target_compile_options(tenantry_flags INTERFACE -Wshadow)  # where a local name may not be one that another source keeps to itself
endif()
target_compile_options(tenantry_flags INTERFACE -fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection)
target_compile_definitions(tenantry_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(tenantry_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT TENANTRY_SANITIZE)
    target_compile_definitions(tenantry_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(tenantry_flags INTERFACE -Wthread-safety)
endif()
if(TENANTRY_SANITIZE)
    # Instrumented code leads g++ 12 to see uninitialised optionals where there are none; the other builds keep the warning.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(tenantry_flags INTERFACE -Wno-maybe-uninitialized)
    endif()
    target_compile_options(tenantry_flags INTERFACE
        -fsanitize=${TENANTRY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(tenantry_flags INTERFACE -fsanitize=${TENANTRY_SANITIZE})
    if(TENANTRY_SANITIZE MATCHES "undefined")
        # A third of the time to compile, for what ASan finds where the address is used (vptr: where a cast was wrong).
        target_compile_options(tenantry_flags INTERFACE -fno-sanitize=null,object-size,pointer-overflow,vptr)
    endif()
endif()

find_program(MOLD mold)
if(MOLD)
    target_link_options(tenantry_flags INTERFACE -fuse-ld=mold)
endif()
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(GTest REQUIRED)
find_package(fmt REQUIRED)
target_link_libraries(tenantry_flags INTERFACE fmt::fmt Threads::Threads)
