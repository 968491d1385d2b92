#include "importing/edge/workbook_writer.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "importing/edge/import_files.hpp"

namespace fx::importing {
namespace {

/// A name nobody else uses, gone with the object.
class TemporaryFile {
 public:
  TemporaryFile() : path_((std::filesystem::temp_directory_path() / "fx-workbook-XXXXXX").string()) {
    const int fd = ::mkstemp(path_.data());
    if (fd < 0) throw FileError(path_ + ": cannot create");
    ::close(fd);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

std::string workbook_of(const TextSheet& sheet) {
  const TemporaryFile file;
  lxw_workbook* book = workbook_new(file.path().c_str());
  lxw_format* text = workbook_add_format(book);
  format_set_num_format(text, "@");
  lxw_format* header = workbook_add_format(book);
  format_set_num_format(header, "@");
  format_set_bold(header);
  lxw_worksheet* page = workbook_add_worksheet(book, std::string(head_utf8(sheet.name, 31)).c_str());
  std::size_t columns = 0;
  for (const auto& row : sheet.rows) columns = std::max(columns, row.size());
  if (columns > 0) worksheet_set_column(page, 0, static_cast<lxw_col_t>(columns - 1), 18, text);
  for (std::size_t r = 0; r < sheet.rows.size(); ++r)
    for (std::size_t c = 0; c < sheet.rows[r].size(); ++c)
      worksheet_write_string(page, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                             sheet.rows[r][c].c_str(), r < sheet.headers ? header : text);
  worksheet_freeze_panes(page, static_cast<lxw_row_t>(sheet.headers), 0);
  if (workbook_close(book) != LXW_NO_ERROR) throw FileError(file.path() + ": cannot write the workbook");
  return read_whole_file(file.path());
}

}  // namespace fx::importing
