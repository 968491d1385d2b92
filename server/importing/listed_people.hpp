#pragma once

// What lists of people share, whatever they are kept for: who a row means, as far as a row can tell.

#include <map>

#include "desks/people/documents.hpp"
#include "importing/row_reader.hpp"
#include "importing/table_items.hpp"

namespace fx::importing {

template <class Row>
void row_fault(ReadRow<Row>& row, const std::string& header, const char* code, std::string zh,
               std::string en) {
  row.faults.push_back({row.row, {}, header, code, {std::move(zh), std::move(en)}});
}
template <class Row>
void row_warning(ReadRow<Row>& row, const std::string& header, const char* code, std::string zh,
                 std::string en) {
  row.warnings.push_back({row.row, {}, header, code, {std::move(zh), std::move(en)}});
}

inline bool is_mobile(std::string_view text) {
  return text.size() == 11 && text.front() == '1' && is_phone(text);
}

inline bool is_resident_id(std::string_view text, Day today) {
  return people::read_document(people::DocumentType::resident_id, text, today).has_value();
}

/// The two cells stand in each other's column: one can only be a document, the other only a telephone.
template <class Row>
void unswap(ReadRow<Row>& row, const RowReader<Row>& reader, Day today) {
  Row& who = row.value;
  const std::string as_document = clean_document(who.phone).value;
  const std::string as_phone = clean_phone(who.document_number).value;
  if (!is_mobile(as_phone) || !is_resident_id(as_document, today)) return;
  who.document_number = as_document;
  who.phone = as_phone;
  row_warning(row, reader.header_of("document_number"), cleaned_code, "证件号码与电话填反，已对调",
              "document number and telephone stood in each other's column: put right");
}

/// Which document a number without a type is. Only forms that can be no other are read.
inline std::string type_of(std::string_view number, Day today) {
  using people::DocumentType;
  if (number.size() == 18 || number.size() == 15) {
    const bool permit = number.starts_with("81") || number.starts_with("82") || number.starts_with("83");
    return permit ? "residence_permit" : "resident_id";
  }
  for (const DocumentType type : {DocumentType::hkm_travel_permit, DocumentType::passport})
    if (people::read_document(type, number, today))
      return enum_text(type) == "passport" ? "passport" : "hkm_travel_permit";
  return {};
}

template <class Row>
void judge_document(ReadRow<Row>& row, const RowReader<Row>& reader, Day today) {
  Row& who = row.value;
  if (who.document_number.empty()) return;
  const std::string header = reader.header_of("document_number");
  if (lost_digits(who.document_number))
    return row_fault(
        row, header, "F-SHAPE",
        "证件号码被表格存为科学计数，尾数已丢失：" + who.document_number + "；请将该列设为文本后重新填写",
        "the spreadsheet stored the number in scientific form and threw its last digits away: " +
            who.document_number + "; make the column text and type it again");
  if (who.document_type.empty()) who.document_type = type_of(who.document_number, today);
  const auto type = enum_from<people::DocumentType>(who.document_type);
  if (!type)
    return row_fault(row, header, "R-PER-2", "证件号码不成立：" + who.document_number,
                     "no document bears such a number: " + who.document_number);
  const auto read = people::read_document(*type, who.document_number, today);
  if (!read)
    return row_fault(
        row, header, "R-PER-2", "证件号码不成立（位数、校验位或出生日期）：" + who.document_number,
        "the document number cannot be right (length, check digit or birth date): " + who.document_number);
  if (read->number.size() != who.document_number.size())
    row_warning(row, header, cleaned_code, "15 位号码升为 18 位", "a number of 15 digits written with 18");
  who.document_number = read->number;
  if (read->sex && who.sex == Sex::unknown)
    who.sex = *read->sex == people::Sex::male ? Sex::male : Sex::female;
}

/// A telephone nobody can call is kept in the notes: the person is looked for all the same.
template <class Row>
void judge_phone(ReadRow<Row>& row, const RowReader<Row>& reader) {
  Row& who = row.value;
  if (who.phone.empty() || is_phone(who.phone)) return;
  const std::string header = reader.header_of("phone");
  row_warning(row, header, "F-SHAPE", "电话无法识别，留在备注：" + who.phone,
              "not a telephone number, kept in the notes: " + who.phone);
  who.notes += (who.notes.empty() ? "" : "; ") + header + ": " + who.phone;
  who.phone.clear();
}

/// The document and the telephone; one of them there must be.
template <class Row>
void judge_person(ReadRow<Row>& row, const RowReader<Row>& reader, Day today) {
  if (!row.faults.empty()) return;
  unswap(row, reader, today);
  judge_document(row, reader, today);
  judge_phone(row, reader);
  if (row.faults.empty() && row.value.document_number.empty() && row.value.phone.empty())
    row_fault(row, reader.header_of("document_number"), "F-SHAPE", "证件号码与电话至少填一项",
              "a document number or a telephone is needed");
}

/// Who it is: the document, else name and telephone.
template <class Row>
RawId person_key(const Row& who) {
  if (!who.document_number.empty()) return import_key({"person", who.document_type, who.document_number});
  return import_key({"person", who.name, who.phone});
}

/// What the row says, cleaned.
template <class Row>
RawId person_content(const Row& who) {
  std::string all;
  for_each_member<Row>([&](std::string_view, auto member) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(who.*member)>, std::string>)
      (all += who.*member) += '\x1F';
  });
  for_each_member<Row>([&](std::string_view, auto member) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(who.*member)>, std::optional<Day>>)
      all += (who.*member ? format(*(who.*member)) : std::string()) + '\x1F';
  });
  return import_key({all});
}

/// Who stands in the list twice changes nothing the second time; with another telephone or address it is said.
inline void judge_twice(ImportItem& item, std::map<RawId, std::pair<std::size_t, RawId>>& seen) {
  if (!item.faults.empty()) return;
  const auto [first, is_new] = seen.emplace(item.key, std::pair(item.row, item.content));
  if (is_new) return;
  item.same_as = first->second.first;
  const std::string row = std::to_string(item.same_as);
  if (first->second.second == item.content)
    item.warnings.push_back(
        {item.row, {}, {}, "F-SHAPE", {"与第 " + row + " 行重复", "the same as row " + row}});
  else
    item.warnings.push_back({item.row,
                             {},
                             {},
                             "F-SHAPE",
                             {"与第 " + row + " 行为同一人，其他栏不同：以第一行为准",
                              "the person of row " + row + ", with other cells: the first row counts"}});
}

/// Every line as an item of this kind; `judge` says what is wrong with it.
template <class Row, class F>
std::vector<ImportItem> people_items(const Table& table, const TableItemOptions& options, ItemKind kind,
                                     F judge) {
  const RowReader<Row> reader(table, options.today);
  std::map<RawId, std::pair<std::size_t, RawId>> seen;
  std::vector<ImportItem> out;
  std::size_t lines = 0;
  for (const TableLine& line : table.lines) {
    ReadRow<Row> row = reader.read(line);
    judge(row, reader, options.today);
    ImportItem item{.row = row.row, .kind = kind};
    item.label = row.value.name;
    item.name_space = options.name_space.empty() ? table.profile->name_space() : options.name_space;
    item.faults = std::move(row.faults);
    item.warnings = std::move(row.warnings);
    if (item.faults.empty()) {
      item.key = person_key(row.value);
      item.content = person_content(row.value);
      item.body = std::move(row.value);
    }
    judge_twice(item, seen);
    if (item.same_as == 0) item.ordinal = ++lines;
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace fx::importing
