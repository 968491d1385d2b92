# Files that travel inside the program: web/dist (compressed), rulebook/ and reference/ (as they are).
# embed.py writes one table a folder, its bytes come in by .incbin. A missing folder is an empty table, so the server
# builds without the web UI; `./fx run` always builds the web first.
find_program(FX_GZIP gzip)

set(FX_EMBEDDED_SOURCES)

# fx_embed(<function> <folder> <pattern…> [GZIP]): fx::assets::<function>() lists the files of <folder>.
function(fx_embed function folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "GZIP" "" "PATTERNS")
  set(globs)
  foreach(pattern IN LISTS arg_PATTERNS)
    list(APPEND globs ${CMAKE_SOURCE_DIR}/${folder}/${pattern})
  endforeach()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${globs})
  set(mode plain)
  if(arg_GZIP)
    set(mode gzip)
  endif()
  set(out ${CMAKE_BINARY_DIR}/assets/${function})
  # The list of files is part of the command's inputs: a file that appears or goes re-makes the table.
  string(REPLACE ";" "\n" listing "${files}")
  file(GENERATE OUTPUT ${out}.files CONTENT "${listing}\n")
  add_custom_command(
    OUTPUT ${out}.cpp
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed.py ${mode} ${function} ${CMAKE_SOURCE_DIR}/${folder}
            ${out}.files ${out}.cpp
    DEPENDS ${files} ${out}.files ${CMAKE_SOURCE_DIR}/cmake/embed.py
    COMMENT "embedding ${folder}"
    VERBATIM)
  set_source_files_properties(${out}.cpp PROPERTIES OBJECT_DEPENDS "${files}" SKIP_PRECOMPILE_HEADERS ON)
  set(FX_EMBEDDED_SOURCES ${FX_EMBEDDED_SOURCES} ${out}.cpp PARENT_SCOPE)
endfunction()

fx_embed(all web/dist PATTERNS * GZIP)
fx_embed(rulebook rulebook PATTERNS *.toml)
fx_embed(reference reference PATTERNS *)

add_library(fx_assets STATIC ${FX_EMBEDDED_SOURCES})
target_link_libraries(fx_assets PUBLIC fx_options)
