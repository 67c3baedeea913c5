# The negative control of the test db.privacy_page_is_current: what that compares must differ for a page whose
# table was changed in any way, and only then. The page is harmed in turn, made anew by the program that the
# build makes it with, and compared.
#   cmake -DCHECK_SCHEMA=... -DPAGE=... -DFOLDER=... -P privacy_page_control.cmake
cmake_minimum_required(VERSION 3.25)

file(READ "${PAGE}" page)

# Whether the test would let a page pass.
function(passes text out)
    file(MAKE_DIRECTORY "${FOLDER}")
    file(WRITE "${FOLDER}/page.md" "${text}")
    execute_process(COMMAND "${CHECK_SCHEMA}" "${FOLDER}" "${FOLDER}/page.md" RESULT_VARIABLE made)
    if(NOT made EQUAL 0)
        message(FATAL_ERROR "the page could not be made")
    endif()
    execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${FOLDER}/privacy.md" "${FOLDER}/page.md"
        RESULT_VARIABLE differs OUTPUT_QUIET ERROR_QUIET)
    if(differs EQUAL 0)
        set(${out} TRUE PARENT_SCOPE)
    else()
        set(${out} FALSE PARENT_SCOPE)
    endif()
endfunction()

function(must_object what text)
    if(text STREQUAL page)
        message(FATAL_ERROR "the page has no such line to be harmed: ${what}")
    endif()
    passes("${text}" passed)
    if(passed)
        message(FATAL_ERROR "a page passed with ${what}")
    endif()
endfunction()

passes("${page}" passed)
if(NOT passed)
    message(FATAL_ERROR "the page as it is does not pass")
endif()
string(REGEX REPLACE "\n[|] legal_hold [|][^\n]*\n" "\n" harmed "${page}")
must_object("a record left out" "${harmed}")
string(REGEX REPLACE "\n([|] legal_hold [|][^\n]*)\n" "\n\\1\n\\1\n" harmed "${page}")
must_object("a record named twice" "${harmed}")
string(REGEX REPLACE "(\n[|] legal_hold [|] person [|]) reason" "\\1" harmed "${page}")
must_object("what is encrypted left out" "${harmed}")
string(REGEX REPLACE "(\n[|] legal_hold [|][^\n]*[|]) yes[^|]*[|]\n" "\\1 no |\n" harmed "${page}")
must_object("another word on the report" "${harmed}")
