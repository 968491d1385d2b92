#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importing/hl7_reader.hpp"
#include "importing/import_item.hpp"
#include "importing/linelist.hpp"

namespace fx::importing {

/// The reference data imports need, read once.
struct ImportCatalogue {
  ResultTable results;
  std::vector<TableProfile> profiles;
  StopWords words;
};

/// `files`: path inside reference/ and text. Uses hl7-results.toml, stop-words.toml and tables/*.toml, leaves the rest.
Result<ImportCatalogue> load_catalogue(std::span<const std::pair<std::string, std::string>> files);

struct ImportOptions {
  Instant now;
  std::optional<Day> shift_to;  ///< line lists only
  std::string profile;          ///< id or kind of a profile; empty: whichever fits the header
  std::string name_space;       ///< parts the case ids of several lists; empty: the profile's
};

/// The text begins with MSH, FHS or BHS, also behind a byte order mark or in an MLLP frame. Else it is a table.
bool is_hl7(std::string_view text);

/// Reads the bytes of a file into items. Refuses what makes the whole file unreadable; everything smaller is
/// a fault of one item.
Result<ImportFile> read_import(std::string_view bytes, const ImportCatalogue& catalogue,
                               const ImportOptions& options);

}  // namespace fx::importing
