# Rooms: a folder of server/ becomes a library; its *_test.cpp become one test program beside it. What tests share lies in
# testing/ or testing.*, and is no part of the library.
set(FX_TEST_SOURCE "_test\\.cpp$|/testing[./]")

# fx_room(<room> [EXCLUDE file…] LINK target…): library fx_<room>. Without sources it is an INTERFACE library.
function(fx_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "EXCLUDE;LINK")
  set(folder ${CMAKE_SOURCE_DIR}/server/${room})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "${FX_TEST_SOURCE}|_bench\\.cpp$")
  foreach(name IN LISTS arg_EXCLUDE)
    list(REMOVE_ITEM sources ${folder}/${name})
  endforeach()
  if(sources)
    add_library(fx_${room} STATIC ${sources})
    target_link_libraries(fx_${room} PUBLIC fx_options ${arg_LINK})
    fx_pack(fx_${room} ${sources})
    if(room MATCHES "^(base|kernel)$")
      fx_precompile(fx_${room} floor)
    else()
      fx_precompile(fx_${room} rooms)
    endif()
  else()
    add_library(fx_${room} INTERFACE)
    target_link_libraries(fx_${room} INTERFACE fx_options ${arg_LINK})
  endif()
endfunction()

# fx_pack(<target> source…): with FX_UNIT_LINES, sources are compiled together up to so many lines (cmake/pack.py).
function(fx_pack target)
  if(NOT FX_UNIT_LINES)
    return()
  endif()
  string(REPLACE ";" "\n" paths "${ARGN}")
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/sources_of_${target}.txt "${paths}\n")
  execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/pack.py ${FX_UNIT_LINES}
                  INPUT_FILE ${CMAKE_CURRENT_BINARY_DIR}/sources_of_${target}.txt
                  OUTPUT_VARIABLE packed OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" packed "${packed}")
  foreach(line IN LISTS packed)
    # "path unit"
    string(REGEX REPLACE "^(.*) ([0-9]+)$" "\\1" path "${line}")
    string(REGEX REPLACE "^.* ([0-9]+)$" "\\1" unit "${line}")
    set_source_files_properties(${path} PROPERTIES UNITY_GROUP ${target}_${unit})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# A compile definition private to a room, if the room has anything to compile.
function(fx_define_for room)
  get_target_property(type fx_${room} TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    target_compile_definitions(fx_${room} PRIVATE ${ARGN})
  endif()
endfunction()

# What nearly every file includes and never changes, precompiled: it was a third of each compilation. A source still names
# what it uses; -D FX_PCH=OFF shows that.
#   FX_PCH=target   once a target, the libraries' headers only: who edits a kernel header rebuilds those who include it
#   FX_PCH=shared   once a build, with the kernel's: for builds that begin from nothing
set(FX_HEADERS_floor
    <algorithm> <array> <chrono> <cstdint> <deque> <functional> <map> <memory> <optional> <set> <span> <string> <string_view>
    <unordered_map> <utility> <variant> <vector> <boost/describe.hpp> <boost/json.hpp> <boost/mp11.hpp> <fmt/format.h>)
set(FX_HEADERS_rooms ${FX_HEADERS_floor})
foreach(header derive desk event guards view)
  list(APPEND FX_HEADERS_rooms ${CMAKE_SOURCE_DIR}/server/kernel/${header}.hpp)
endforeach()
set(FX_HEADERS_tests ${FX_HEADERS_rooms} <gmock/gmock.h> <gtest/gtest.h> <rapidcheck.h>)

# What ccache needs to know a precompiled header again; the same for whoever makes it and whoever reads it.
function(fx_precompile_options target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  else()
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()

# fx_shared_headers(<set> LINK target…): the set as a target. Who would compile it differently is told so by the compiler.
function(fx_shared_headers set)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  if(NOT FX_PCH STREQUAL "shared")
    return()
  endif()
  file(CONFIGURE OUTPUT headers_${set}.cpp CONTENT "// only its headers\n")
  add_library(fx_headers_${set} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/headers_${set}.cpp)
  target_link_libraries(fx_headers_${set} PRIVATE fx_options ${arg_LINK})
  target_precompile_headers(fx_headers_${set} PRIVATE ${FX_HEADERS_${set}})
  fx_precompile_options(fx_headers_${set})
endfunction()

# Rooms that compute for minutes in a sanitizer build are optimised there (a third of the time, compiling included).
set(FX_COMPUTING "engines|importing")

# fx_precompile(<target> <set> [header…]): the headers are those that the set has and a target alone needs named.
function(fx_precompile target set)
  if(FX_SANITIZE AND target MATCHES "^fx_(${FX_COMPUTING})(_tests)?$")
    target_compile_options(${target} PRIVATE -O1) # and then no headers that were compiled without
    return()
  endif()
  if(NOT FX_PCH)
    return()
  endif()
  if(FX_PCH STREQUAL "shared")
    target_precompile_headers(${target} REUSE_FROM fx_headers_${set})
  else()
    target_precompile_headers(${target} PRIVATE ${FX_HEADERS_floor} ${ARGN})
  endif()
  fx_precompile_options(${target})
endfunction()

# `cmake --build … --target fx_unit_programs` builds all test programs of that label.
add_custom_target(fx_unit_programs)
add_custom_target(fx_world_programs)

# fx_test_program(<name> [WORLD] SOURCES file… LINK target…). WORLD programs are left out of sanitizer builds.
function(fx_test_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "WORLD" "" "SOURCES;LINK")
  get_property(world_allowed GLOBAL PROPERTY FX_WORLD_ALLOWED)
  if(NOT arg_SOURCES OR (arg_WORLD AND NOT world_allowed))
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE fx_options ${arg_LINK} GTest::gmock GTest::gtest_main rapidcheck)
  fx_pack(${name} ${arg_SOURCES})
  fx_precompile(${name} tests <gmock/gmock.h> <gtest/gtest.h>)
  # Tests that read files of the repository (golden print-outs, the rulebook) find it here.
  target_compile_definitions(${name} PRIVATE FX_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  # unit: needs nothing but its rooms, runs under the sanitizers; world: needs the server's outside, runs in release.
  if(arg_WORLD)
    set(label world)
  else()
    set(label unit)
  endif()
  # The limit ends what hangs; it does not judge speed, and is far above what a busy machine takes.
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 1800)
  # The longest begin first, or one of them runs alone at the end.
  if(name MATCHES "^fx_(importing|journal|scenarios|simulation)_tests$")
    set_tests_properties(${name} PROPERTIES COST 100)
  endif()
  add_dependencies(fx_${label}_programs ${name})
endfunction()

function(fx_room_tests room)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/${room}/*.cpp)
  list(FILTER sources INCLUDE REGEX "${FX_TEST_SOURCE}")
  fx_test_program(fx_${room}_tests SOURCES ${sources} ${ARGN})
endfunction()

# One program a desk: fx_desk_<desk>_tests. Tests that lie in server/desks/ itself, if any: fx_desks_tests.
function(fx_desk_tests)
  file(GLOB loose CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/desks/*_test.cpp)
  fx_test_program(fx_desks_tests SOURCES ${loose} ${ARGN})
  file(GLOB_RECURSE all CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/desks/*/*.cpp)
  list(FILTER all INCLUDE REGEX "${FX_TEST_SOURCE}")
  set(desks)
  foreach(source IN LISTS all)
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/server/desks ${source})
    string(REGEX REPLACE "/.*" "" desk ${path})
    list(APPEND desks ${desk})
    list(APPEND sources_of_${desk} ${source})
  endforeach()
  list(REMOVE_DUPLICATES desks)
  foreach(desk IN LISTS desks)
    fx_test_program(fx_desk_${desk}_tests SOURCES ${sources_of_${desk}} ${ARGN})
  endforeach()
endfunction()

# tests/<suite>/*.cpp -> fx_<suite>_tests: runs across rooms, against the whole production core.
function(fx_suite_tests suite)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${suite}/*.cpp)
  fx_test_program(fx_${suite}_tests SOURCES ${sources} ${ARGN})
endfunction()

# bench/*_bench.cpp (and what they share) -> fx_bench. A bench with its own main() says so by bench/main.cpp.
function(fx_bench_program)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "LINK")
  get_property(world_allowed GLOBAL PROPERTY FX_WORLD_ALLOWED)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cpp ${CMAKE_SOURCE_DIR}/server/*_bench.cpp)
  if(NOT sources OR NOT world_allowed)
    return()
  endif()
  add_executable(fx_bench ${sources})
  target_include_directories(fx_bench PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(fx_bench PRIVATE fx_options ${arg_LINK} benchmark::benchmark)
  fx_pack(fx_bench ${sources})
  target_compile_definitions(fx_bench PRIVATE FX_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/bench/main.cpp)
    target_link_libraries(fx_bench PRIVATE benchmark::benchmark_main)
    return()
  endif()
  if(TARGET fangxian)
    add_dependencies(fx_bench fangxian) # it measures the real program
  endif()
  # Small sizes: that the benchmarks run, not how fast.
  if(FX_TESTS)
    add_test(NAME fx_bench_quick COMMAND fx_bench --quick WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(fx_bench_quick PROPERTIES LABELS world TIMEOUT 1800)
    add_dependencies(fx_world_programs fx_bench)
  endif()
endfunction()
