#include "importing/testing/dirty_list.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <random>

#include "base/time.hpp"
#include "importing/csv.hpp"
#include "importing/edge/workbook_writer.hpp"

namespace fx::importing::testing {
namespace {

std::string to_gb18030(const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("gb18030", &status);
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  std::string out(static_cast<std::size_t>(text.length()) * 4 + 16, '\0');
  out.resize(
      static_cast<std::size_t>(ucnv_fromUChars(converter, out.data(), static_cast<std::int32_t>(out.size()),
                                               text.getBuffer(), text.length(), &status)));
  ucnv_close(converter);
  return out;
}

std::string full_width(const std::string& ascii) {
  std::string out;
  for (const char c : ascii) {
    const unsigned code = 0xFEE0U + static_cast<unsigned char>(c);
    out.push_back(static_cast<char>(0xE0 | (code >> 12)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
  return out;
}

struct Person {
  std::string name, document, phone, arrived, address;
};

/// One list in the making.
class Maker {
 public:
  explicit Maker(std::uint32_t seed) : chance_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(chance_); }
  bool one_in(std::size_t n) { return below(n) == 0; }

  Person person() {
    static const std::vector<std::string> families{"李", "王", "张", "刘", "陈", "杨", "赵", "欧阳"};
    static const std::vector<std::string> given{"伟", "芳", "秀英", "强", "磊", "娟", "建国", "小红"};
    const std::string birth = fmt::format("19{:02}{:02}{:02}", 40 + below(60), 1 + below(12), 1 + below(28));
    Person out;
    out.name = families[below(families.size())] + given[below(given.size())];
    out.document = resident_id(fmt::format("99{:02}{:02}", 1 + below(80), 1 + below(80)), birth,
                               static_cast<int>(below(1000)));
    out.phone = fmt::format("1{}{:09}", 3 + below(7), below(1'000'000'000));
    out.arrived = fmt::format("2022-09-{:02}", 1 + below(30));
    out.address = fmt::format("石桥镇{}村{}组", below(20), below(12));
    return out;
  }

  /// One way of dirt a person can undo; says which.
  std::string soil(Person& p) {
    switch (below(15)) {
      case 0: return p.name = "  " + p.name + " ", "blanks at the ends";
      case 1: return p.name = p.name + "　", "full-width blank";
      case 2: return p.document = full_width(p.document), "full-width digits";
      case 3: return p.document = "'" + p.document, "apostrophe";
      case 4:
        if (p.document.back() != 'X')
          return p.document = p.document.substr(0, 6) + " " + p.document.substr(6), "blank in the number";
        return p.document.back() = 'x', "small x";
      case 5: return p.document = p.document.substr(0, 6) + p.document.substr(8, 9), "15 digits";
      case 6: return p.arrived = spelled(p.arrived, '/'), "date with slashes";
      case 7: return p.arrived = serial(p.arrived), "serial date";
      case 8: return p.arrived = chinese(p.arrived), "Chinese date";
      case 9:
        return p.arrived = p.arrived.substr(0, 4) + p.arrived.substr(5, 2) + p.arrived.substr(8),
               "date of digits";
      case 10: return p.phone = "+86" + p.phone, "+86";
      case 11:
        return p.phone = p.phone.substr(0, 3) + "-" + p.phone.substr(3, 4) + "-" + p.phone.substr(7),
               "dashes";
      case 12: return p.name = p.name.substr(0, 3) + "  " + p.name.substr(3), "blank in the name";
      case 13: return p.address = p.address + "\t" + "3号", "tab in a cell";
      default: return std::swap(p.document, p.phone), "swapped cells";
    }
  }

  /// One way of dirt nobody can undo.
  std::string ruin(Person& p) {
    switch (below(4)) {
      case 0: return p.document.back() = p.document.back() == '0' ? '1' : '0', "wrong check digit";
      case 1:
        return p.document = fmt::format("{}.{}E+17", p.document.substr(0, 1), p.document.substr(1, 5)),
               "scientific form";
      case 2: return p.arrived = "上个月", "no date";
      default: return p.name.clear(), "no name";
    }
  }

 private:
  static std::string spelled(const std::string& day, char mark) {
    return day.substr(0, 4) + mark + std::to_string(std::stoi(day.substr(5, 2))) + mark +
           std::to_string(std::stoi(day.substr(8)));
  }
  static std::string chinese(const std::string& day) {
    return day.substr(0, 4) + "年" + std::to_string(std::stoi(day.substr(5, 2))) + "月" +
           std::to_string(std::stoi(day.substr(8))) + "日";
  }
  static std::string serial(const std::string& day) {
    return std::to_string(*parse_day(day) - *make_day(1899, 12, 30));
  }

  std::mt19937 chance_;
};

}  // namespace

DirtyList::DirtyList(std::uint32_t seed, std::size_t rows)
    : DirtyList(seed, rows, static_cast<Coat>(seed % 5)) {}

DirtyList::DirtyList(std::uint32_t seed, std::size_t rows, Coat coat) { make(seed, rows, coat); }

void DirtyList::make(std::uint32_t seed, std::size_t count, Coat coat) {
  Maker maker(seed);
  std::vector<std::vector<std::string>> lines{
      {"石桥镇返乡人员名单", "", "", "", "", ""},
      {"序号", "姓 名*", "证件号码（18位）", "联系电话", "返乡日期", "现住址"}};
  if (maker.one_in(2)) std::swap(lines[1][1], lines[1][3]);  // columns are told by their headers
  const bool swapped = lines[1][1] != "姓 名*";
  std::vector<Person> clean;
  for (std::size_t i = 0; i < count; ++i) {
    const bool again = !clean.empty() && maker.one_in(20);
    Person p = again ? clean[maker.below(clean.size())] : maker.person();
    if (again) kinds_.insert("a row twice");
    if (!again) clean.push_back(p);
    const std::string who = p.document;
    const bool ruined = maker.one_in(12);
    if (ruined)
      kinds_.insert(maker.ruin(p));
    else if (maker.one_in(2))
      kinds_.insert(maker.soil(p));
    std::vector<std::string> line{std::to_string(i + 1), p.name, p.document, p.phone, p.arrived, p.address};
    if (swapped) std::swap(line[1], line[3]);
    lines.push_back(std::move(line));
    ++rows_;
    if (ruined)
      broken_.insert(lines.size());
    else
      people_.insert(who);
    if (maker.one_in(30)) lines.push_back({"", " ", "", "　", "", ""}), kinds_.insert("empty row");
    if (maker.one_in(200)) lines.push_back(lines[1]), kinds_.insert("header again");
  }
  lines.push_back({"合计", std::to_string(count) + "人", "", "", "", ""});
  kinds_.insert("total row");
  if (coat == Coat::workbook) {
    bytes_ = workbook_of({"名单", lines});
    return;
  }
  for (const auto& line : lines) bytes_ += write_csv_row(line, coat == Coat::pasted ? '\t' : ',');
  if (coat == Coat::csv_with_mark) bytes_ = "\xEF\xBB\xBF" + bytes_, kinds_.insert("byte order mark");
  if (coat == Coat::gb18030) bytes_ = to_gb18030(bytes_), kinds_.insert("GB18030");
}

}  // namespace fx::importing::testing
