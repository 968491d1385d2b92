#pragma once

#include <string>
#include <vector>

namespace fx::bin {

/// What to import of a path: a file that is named is taken whatever it is called.
struct Importable {
  std::vector<std::string> files;    ///< sorted by path
  std::vector<std::string> skipped;  ///< files of a folder that by their names are no kind the importer reads
};

/// A folder gives the files in it and in the folders below: .csv .tsv .xlsx .hl7 .txt, but no licence or read-me.
Importable importable_at(const std::string& path);

}  // namespace fx::bin
