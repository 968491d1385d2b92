#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// The only part of importing/ that touches files.
namespace fx::importing {

class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Larger files are cut by whoever sends them; everything is held in memory while it is read.
inline constexpr std::size_t max_import_bytes = 512UL * 1024 * 1024;

std::string read_whole_file(const std::string& path);
/// Complete or not there: written beside and renamed. Mode 0600, since reasons may quote a person's data.
void write_whole_file(const std::string& path, std::string_view bytes);
/// A file is itself; a folder gives the files in it (not in folders below), sorted by name.
std::vector<std::string> files_at(const std::string& path);

}  // namespace fx::importing
