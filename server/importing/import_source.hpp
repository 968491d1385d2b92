#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importing/hl7_reader.hpp"
#include "importing/import_item.hpp"
#include "importing/instrument_words.hpp"
#include "importing/linelist.hpp"

namespace fx::importing {

/// The reference data imports need, read once.
struct ImportCatalogue {
  ResultTable results;
  std::vector<TableProfile> profiles;
  StopWords words;
  InstrumentWords instruments;
};

/// `files`: path inside reference/ and text. Uses hl7-results.toml, stop-words.toml, instruments.toml and tables/*.toml, leaves the rest.
Result<ImportCatalogue> load_catalogue(std::span<const std::pair<std::string, std::string>> files);

struct ImportOptions {
  Instant now;
  std::optional<Day> shift_to;  ///< line lists only
  std::string profile;          ///< id or kind of a profile; empty: whichever fits the header
  std::string name_space;       ///< parts the case ids of several lists; empty: the profile's
};

/// The kind of instruments' results, by table or message.
inline constexpr std::string_view instrument_kind = "instrument_readings";

struct MessageOptions {
  bool instrument = false;  ///< ORU^R01 is an instrument's, too; OUL^R22 always is
  bool mended = false;      ///< `no_text` stands where there were bytes that are no text
  Instant now;
};
/// What one HL7 message wants recorded; its faults, if any, are one item that is refused whole.
std::vector<ImportItem> items_of_message(const Hl7Message& message, const ImportCatalogue& catalogue,
                                         const MessageOptions& options);

/// The text begins with MSH, FHS or BHS, also behind a byte order mark or in an MLLP frame. Else it is a table.
bool is_hl7(std::string_view text);

/// Reads the bytes of a file into items. Refuses what makes the whole file unreadable; everything smaller is
/// a fault of one item: bytes of a message that are no text cost that message.
Result<ImportFile> read_import(std::string_view bytes, const ImportCatalogue& catalogue,
                               const ImportOptions& options);

}  // namespace fx::importing
