# How everything is compiled. fx_options carries it; every room links it.

# ccache, when present. Sloppiness about mtimes and __TIME__ is what lets precompiled headers be cached; the base
# directory makes one cache serve several checkouts and build directories.
find_program(FX_CCACHE ccache)
if(FX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime" ${FX_CCACHE})
endif()

find_program(FX_MOLD mold)
if(FX_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(fx_options INTERFACE)
target_include_directories(fx_options INTERFACE ${CMAKE_SOURCE_DIR}/server)
target_compile_options(
  fx_options
  INTERFACE # no path of the building machine ends up in the program
            -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(
    fx_options
    INTERFACE -Wall -Wextra -Wshadow -Werror -fdiagnostics-color=always
              # a designated initializer that leaves a member to its default is the intended way to write facts and events
              -Wno-missing-field-initializers
              # known false alarms of GCC 12 about std::string, std::optional and coroutines once it inlines (GCC PR 105651)
              -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
              # a source compiled with others is to GCC a header, whose types must not use an unnamed namespace
              $<$<BOOL:${FX_UNIT_LINES}>:-Wno-subobject-linkage>)
else()
  # Clang builds the sanitized tests: twice as fast as g++ there (measured: 4.9 s against 10 s for kernel/engine.cpp).
  # Warnings are g++'s and clang-tidy's business; of clang's own only the check of locks, which g++ does not have.
  target_compile_options(fx_options INTERFACE -w -Wthread-safety -Werror=thread-safety)
endif()

if(FX_SANITIZE)
  add_compile_options(-fsanitize=${FX_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FX_SANITIZE})
endif()

set_property(GLOBAL PROPERTY FX_WORLD_ALLOWED ON)
if(FX_SANITIZE)
  # Sanitizer builds leave out server/api: Beast under ASan costs more time than it finds (and bin needs api).
  set_property(GLOBAL PROPERTY FX_WORLD_ALLOWED OFF)
endif()
