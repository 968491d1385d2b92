#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

/// What people and spreadsheets do to a cell, undone. Pure functions of one cell: nothing is guessed, what cannot be
/// undone without guessing is left as it is.
namespace fx::importing {

/// A cell after cleaning; `done` says what was done, in both languages, and is empty when nothing was.
struct Cleaned {
  std::string value;
  Words done;
  [[nodiscard]] bool changed() const { return !done.en.empty(); }
};

/// Any text: blanks of every width at the ends gone and single inside, line breaks and tabs as blanks, marks that cannot be
/// seen gone, digits and Latin letters of full width as plain ones.
Cleaned clean_text(std::string_view cell);
/// A name: blanks between Han characters gone, every interpunct between them as U+00B7.
Cleaned clean_name(std::string_view cell);
/// A code, number or date: as a text, and all ASCII of full width plain, a leading apostrophe gone, a number in scientific
/// form written out when its digits are all there.
Cleaned clean_code(std::string_view cell);
/// The number of a document: as a code, blanks and dashes gone, Latin letters as capitals.
Cleaned clean_document(std::string_view cell);
/// A telephone number: as a code, blanks, dashes and brackets gone, and the prefix of mainland China before a mobile number.
Cleaned clean_phone(std::string_view cell);

/// A number in scientific form whose last digits the spreadsheet threw away: 3.30106E+17.
bool lost_digits(std::string_view cell);
/// A telephone number somebody can be reached by: 5 to 15 digits, with or without a leading +.
bool is_phone(std::string_view text);
/// Days since the epoch of spreadsheets as they are stored (1900 system): between 1954 and 2099, with or without a time.
bool is_serial_day(std::string_view text);

}  // namespace fx::importing
