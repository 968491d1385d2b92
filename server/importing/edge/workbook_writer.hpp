#pragma once

#include <string>
#include <vector>

/// Writes XLSX. The library writes files only, so this lies at the edge.
namespace fx::importing {

/// A sheet of texts: the first `headers` rows stand out and stay in view, every cell is a text, also those still empty, so that
/// a spreadsheet keeps the digits of a long number.
struct TextSheet {
  std::string name;
  std::vector<std::vector<std::string>> rows;
  std::size_t headers = 1;
};

/// The bytes of a workbook of one sheet. Throws FileError when the temporary file cannot be written.
std::string workbook_of(const TextSheet& sheet);

}  // namespace fx::importing
