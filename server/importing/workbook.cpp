// XLSX: a zip of XML. libzip unpacks, pugixml reads; what may be unpacked is bounded before it is.
#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>

#include "base/text.hpp"
#include "importing/table.hpp"

namespace fx::importing {
namespace {

constexpr std::size_t max_columns = 16'384;
constexpr std::size_t max_rows = 1'048'576;

Refusal unusable(std::string zh, std::string en, std::string path = "file") {
  return Refusal{.code = "F-SHAPE",
                 .say = {std::move(zh), std::move(en)},
                 .rule = {},
                 .source = {},
                 .path = std::move(path),
                 .lifts = {}};
}
Refusal damaged(const std::string& part) {
  return unusable("工作簿已损坏：" + part, "the workbook is damaged: " + part, part);
}
Refusal too_large() {
  return unusable(fmt::format("工作簿解压后超过 {} MiB，请拆分", max_unpacked_bytes >> 20),
                  fmt::format("unpacked, the workbook is larger than {} MiB; cut it into parts",
                              max_unpacked_bytes >> 20));
}

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

/// The parts of a zip, unpacked one by one within what is left of the limit.
class Package {
 public:
  explicit Package(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
      zip_.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
      if (!zip_) zip_source_free(source);
    }
    zip_error_fini(&error);
  }
  [[nodiscard]] bool opened() const { return zip_ != nullptr; }
  [[nodiscard]] bool has(const std::string& part) const {
    return zip_name_locate(zip_.get(), part.c_str(), 0) >= 0;
  }

  /// The bytes of one part. What the directory says of its size is not believed.
  Result<std::string> part(const std::string& name) {
    const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen(zip_.get(), name.c_str(), 0));
    if (!file) return damaged(name);
    std::string out;
    for (;;) {
      constexpr std::size_t step = 256 * 1024;
      const std::size_t had = out.size();
      out.resize(had + step);
      const zip_int64_t n = zip_fread(file.get(), out.data() + had, step);
      if (n < 0) return damaged(name);
      out.resize(had + static_cast<std::size_t>(n));
      if (n == 0) return out;
      unpacked_ += static_cast<std::size_t>(n);
      if (unpacked_ > max_unpacked_bytes) return too_large();
    }
  }

 private:
  std::unique_ptr<zip_t, CloseZip> zip_;
  std::size_t unpacked_ = 0;
};

/// A document of the package. Entities are not expanded: a workbook needs none of its own.
class Xml {
 public:
  static Result<Xml> read(Package& package, const std::string& name) {
    auto text = package.part(name);
    if (!text) return text.error();
    Xml out;
    out.text_ = std::make_unique<std::string>(*std::move(text));
    const auto parsed = out.document_->load_buffer_inplace(out.text_->data(), out.text_->size());
    if (!parsed) return damaged(name);
    return out;
  }
  [[nodiscard]] pugi::xml_node root() const { return document_->document_element(); }

 private:
  std::unique_ptr<std::string> text_;
  std::unique_ptr<pugi::xml_document> document_ = std::make_unique<pugi::xml_document>();
};

/// Without the prefix of its name space: some writers give every element one.
std::string_view local(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node one : node.children())
    if (local(one) == name) return one;
  return {};
}

/// The words of a rich or plain text; readings above characters (rPh) are none of them.
std::string words_of(pugi::xml_node node) {
  std::string out;
  for (const pugi::xml_node one : node.children()) {
    if (local(one) == "t") out += one.text().get();
    if (local(one) == "r") out += child(one, "t").text().get();
  }
  return out;
}

std::vector<std::string> shared_strings(pugi::xml_node root) {
  std::vector<std::string> out;
  for (const pugi::xml_node item : root.children())
    if (local(item) == "si") out.push_back(words_of(item));
  return out;
}

bool looks_like_a_date(std::string_view format) {
  bool quoted = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '"') quoted = !quoted;
    if (format[i] == '[') i = std::min(format.find(']', i), format.size());
    if (i < format.size() && !quoted && std::string_view("yYdD").find(format[i]) != std::string_view::npos)
      return true;
  }
  return false;
}

/// Which cell styles show a number as a date.
std::vector<bool> date_styles(pugi::xml_node root) {
  std::map<int, bool> formats;
  for (const pugi::xml_node one : child(root, "numFmts").children())
    formats[one.attribute("numFmtId").as_int()] = looks_like_a_date(one.attribute("formatCode").as_string());
  std::vector<bool> out;
  for (const pugi::xml_node style : child(root, "cellXfs").children()) {
    const int id = style.attribute("numFmtId").as_int();
    // Built-in formats: 14–17 and 22 are dates, 27–36 and 50–58 dates of East Asian editions.
    const bool built_in =
        (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    const auto own = formats.find(id);
    out.push_back(own != formats.end() ? own->second : built_in);
  }
  return out;
}

struct Book {
  std::vector<std::string> strings;
  std::vector<bool> dates;
  bool from_1904 = false;
};

std::string day_text(std::string_view number, bool from_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !(value >= 1) || value > 200'000)
    return std::string(number);
  const Day epoch = *make_day(1899, 12, 30);
  return format(epoch + static_cast<int>(std::floor(value)) + (from_1904 ? 1462 : 0));
}

std::string value_of(pugi::xml_node cell, const Book& book) {
  const std::string_view type = cell.attribute("t").as_string("n");
  const std::string_view text = child(cell, "v").text().get();
  if (type == "inlineStr") return words_of(child(cell, "is"));
  if (type == "s") {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    return error == std::errc() && index < book.strings.size() ? book.strings[index] : std::string();
  }
  if (type == "b") return text == "1" ? "TRUE" : "FALSE";
  const auto style = static_cast<std::size_t>(cell.attribute("s").as_uint());
  if (type == "n" && style < book.dates.size() && book.dates[style]) return day_text(text, book.from_1904);
  return std::string(text);
}

/// "BC12" → column 54, from 0; the next free one when the cell has no reference.
std::size_t column_of(pugi::xml_node cell, std::size_t next) {
  const std::string_view ref = cell.attribute("r").as_string();
  std::size_t column = 0;
  for (const char c : ref) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (column > max_columns) return max_columns;
  }
  return column == 0 ? next : column - 1;
}

Result<Sheet> read_sheet(Package& package, const std::string& part, std::string name, const Book& book) {
  const auto xml = Xml::read(package, part);
  if (!xml) return xml.error();
  Sheet sheet{std::move(name), {}};
  std::size_t row = 0;
  std::size_t cells = 0;
  for (const pugi::xml_node line : child(xml->root(), "sheetData").children()) {
    row = line.attribute("r").as_ullong(row + 1);
    if (row > max_rows) return damaged(part);
    TableLine out{row, {}, {}};
    for (const pugi::xml_node cell : line.children()) {
      const std::size_t column = column_of(cell, out.cells.size());
      if (column >= max_columns) return damaged(part);
      std::string value = value_of(cell, book);
      if (value.empty()) continue;
      if (out.cells.size() <= column) {
        cells += column + 1 - out.cells.size();
        if (cells > max_table_cells) return too_large();
        out.cells.resize(column + 1);
      }
      out.cells[column] = std::move(value);
    }
    sheet.lines.push_back(std::move(out));
  }
  return sheet;
}

std::string target_path(std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

}  // namespace

bool is_workbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") ||
         bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

Result<std::vector<Sheet>> read_workbook(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF"))
    return unusable(
        "是旧版 .xls 或加密的工作簿，请另存为不加密的 .xlsx 或 CSV",
        "this is an old .xls or an encrypted workbook: save it as .xlsx without a password, or as CSV");
  Package package(bytes);
  if (!package.opened()) return damaged("zip");
  const auto workbook = Xml::read(package, "xl/workbook.xml");
  if (!workbook) return workbook.error();
  const auto links = Xml::read(package, "xl/_rels/workbook.xml.rels");
  if (!links) return links.error();
  std::map<std::string, std::string> parts;
  for (const pugi::xml_node link : links->root().children())
    parts[link.attribute("Id").as_string()] = target_path(link.attribute("Target").as_string());
  Book book;
  book.from_1904 = child(workbook->root(), "workbookPr").attribute("date1904").as_bool();
  if (package.has("xl/sharedStrings.xml")) {
    const auto strings = Xml::read(package, "xl/sharedStrings.xml");
    if (!strings) return strings.error();
    book.strings = shared_strings(strings->root());
  }
  if (package.has("xl/styles.xml")) {
    const auto styles = Xml::read(package, "xl/styles.xml");
    if (!styles) return styles.error();
    book.dates = date_styles(styles->root());
  }
  std::vector<Sheet> out;
  for (const pugi::xml_node sheet : child(workbook->root(), "sheets").children()) {
    if (std::string_view(sheet.attribute("state").as_string("visible")) != "visible") continue;
    const auto part = parts.find(sheet.attribute("r:id").as_string());
    if (part == parts.end() || !package.has(part->second)) continue;  // a chart sheet
    auto read = read_sheet(package, part->second, sheet.attribute("name").as_string(), book);
    if (!read) return read.error();
    out.push_back(*std::move(read));
  }
  return out;
}

}  // namespace fx::importing
