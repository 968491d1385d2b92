#include "importing/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include "importing/edge/workbook_writer.hpp"
#include "importing/import_source.hpp"
#include "importing/testing.hpp"

namespace fx::importing {
namespace {

using testing::catalogue;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Table read(std::string_view bytes, std::string_view wanted = "returnees") {
  auto table = read_table(bytes, catalogue().profiles, wanted);
  EXPECT_TRUE(table) << (table ? "" : testing::said(table.error()));
  return table ? *std::move(table) : Table{};
}
std::string refused(std::string_view bytes, std::string_view wanted = "returnees") {
  const auto table = read_table(bytes, catalogue().profiles, wanted);
  return table ? "read" : testing::said(table.error());
}

TEST(Table, titles_above_the_header_are_passed_over) {
  const Table table =
      read("北岭县返乡人员登记表,,\n填表单位：石桥镇,,\n姓名*,证件号码（18位）,联系电话\n张伟,1,2\n");
  EXPECT_EQ(table.header_row, 3U);
  ASSERT_EQ(table.lines.size(), 1U);
  EXPECT_EQ(table.lines[0].row, 4U);
}

TEST(Table, a_header_of_two_rows_is_joined) {
  const Table table = read(
      "姓名\t证件\t\t返乡\t\n\t证件类型\t证件号码\t返乡日期\t来自何地\n张伟\t身份证\t1\t2022-07-01\t武汉\n");
  EXPECT_THAT(table.headers, ElementsAre("姓名", "证件类型", "证件号码", "返乡日期", "来自何地"));
  EXPECT_EQ(table.lines.size(), 1U);
}

TEST(Table, what_is_no_row_is_left_out_and_said) {
  const Table table = read(
      "姓名,证件号码,电话\n张伟,1,2\n,,\n姓名,证件号码,电话\n李娜,1,2\n合计：2人,,\n备注：以上人员均已告知,,"
      "\n制表人：王某,,\n");
  EXPECT_EQ(table.lines.size(), 2U);
  std::vector<std::size_t> rows;
  for (const RowFault& one : table.left_out) rows.push_back(one.row);
  EXPECT_THAT(rows, ElementsAre(4, 6, 7, 8));
}

TEST(Table, a_person_whose_name_begins_like_a_total_is_a_person) {
  EXPECT_EQ(read("姓名,证件号码,电话\n总计良,990121198604121130,13800138000\n").lines.size(), 1U);
}

TEST(Table, a_header_alone_is_a_table_without_rows) {
  EXPECT_TRUE(read("姓名,证件号码,电话\n").lines.empty());
  EXPECT_THAT(refused(""), HasSubstr("no header"));
  EXPECT_THAT(refused(",,,\n,,\n"), HasSubstr("no header"));
  EXPECT_THAT(refused("名字,号码\n张伟,1\n"), HasSubstr("required columns are missing: 姓名"));
  EXPECT_THAT(refused("姓名,证件号码\n", "nothing"), HasSubstr("F-REF profile"));
}

TEST(Table, text_of_western_europe_is_told_by_its_header) {
  // "Größe" in Windows-1252: its bytes are characters of GB18030, too.
  const Table table = read("Name;Document number;Notes;Gr\xF6\xDF\x65\nJ\xFCrgen;1;M\xFCller;\n");
  ASSERT_EQ(table.lines.size(), 1U);
  EXPECT_FALSE(table.lines[0].cells[0].empty());
}

TEST(Table, a_row_of_a_megabyte_costs_itself_alone) {
  const std::string big(1'000'000, 'x');
  const Table table = read("姓名,证件号码,电话\n" + big + ",1,2\n\"" + big + "\",1,2\n李娜,1,2\n");
  ASSERT_EQ(table.lines.size(), 3U);
  EXPECT_TRUE(table.lines[1].broken) << "a quoted cell has a limit";
  const ImportFile file = *read_import("姓名,证件号码,电话\n" + big + ",990121198604121130,2\n", catalogue(),
                                       {.now = testing::at("2022-07-17T21:30:00+08:00")});
  ASSERT_EQ(file.items.size(), 1U);
  ASSERT_EQ(file.items[0].faults.size(), 1U);
  EXPECT_EQ(file.items[0].faults[0].code, "F-SHAPE");
  EXPECT_THAT(file.items[0].faults[0].reason.en, HasSubstr("longer than 4000"));
}

TEST(Workbook, what_is_written_is_read) {
  const std::string bytes = workbook_of({"名单",
                                         {{"姓名", "证件号码", "联系电话"},
                                          {"张伟", "990121198604121130", "+86 138"},
                                          {},
                                          {"=1+1", "", "x\ny"}}});
  const Table table = read(bytes);
  EXPECT_EQ(table.sheet, "名单");
  ASSERT_EQ(table.lines.size(), 2U);
  EXPECT_THAT(table.lines[0].cells, ElementsAre("张伟", "990121198604121130", "+86 138"));
  EXPECT_EQ(table.lines[1].row, 4U);
  EXPECT_THAT(table.lines[1].cells, ElementsAre("=1+1", "", "x\ny"));
}

/// A zip of named parts.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts)
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), 0);
  EXPECT_EQ(zip_close(zip), 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

std::vector<std::pair<std::string, std::string>> parts_with(const std::string& sheet,
                                                            const std::string& strings = "<sst/>",
                                                            const std::string& book_attributes = "") {
  return {{"xl/workbook.xml", "<workbook xmlns:r='r'><workbookPr " + book_attributes +
                                  "/><sheets><sheet name='s' sheetId='1' r:id='r1'/></sheets></workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>"},
          {"xl/sharedStrings.xml", strings},
          {"xl/styles.xml",
           "<styleSheet><numFmts><numFmt numFmtId='170' "
           "formatCode='yyyy\"年\"m\"月\"d\"日\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf "
           "numFmtId='14'/><xf numFmtId='170'/></cellXfs></styleSheet>"},
          {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"}};
}

TEST(Workbook, dates_numbers_and_rich_texts) {
  const std::string strings =
      "<sst><si><t>姓名</t></si><si><r><t>证件</t></r><r><t>号码</t></r><rPh><t>x</t></rPh></"
      "si><si><t>抵达日期</t></si></sst>";
  const std::string rows =
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' t='s'><v>2</v></c></row>"
      "<row r='2'><c r='A2' t='inlineStr'><is><t>张伟</t></is></c><c "
      "r='B2'><v>9.9012119860412109E+17</v></c><c r='D2' s='1'><v>44759</v></c></row>"
      "<row r='3'><c r='A3' t='str'><v>李娜</v></c><c r='D3' s='2'><v>44759.5</v></c></row>";
  const Table table = read(zip_of(parts_with(rows, strings)));
  ASSERT_EQ(table.lines.size(), 2U);
  EXPECT_THAT(table.lines[0].cells, ElementsAre("张伟", "9.9012119860412109E+17", "", "2022-07-17"));
  EXPECT_THAT(table.lines[1].cells, ElementsAre("李娜", "", "", "2022-07-17"));
  const Table mac = read(zip_of(parts_with(rows, strings, "date1904='1'")));
  EXPECT_EQ(mac.lines[0].cells[3], "2026-07-18");
}

TEST(Workbook, damaged_ones_are_refused_by_name) {
  const std::string good = workbook_of({"s", {{"姓名", "证件号码"}, {"张伟", "1"}}});
  for (const std::size_t size : {4UL, 30UL, good.size() / 2, good.size() - 1})
    EXPECT_THAT(refused(good.substr(0, size)), HasSubstr("the workbook is damaged")) << size;
  std::string bent = good;
  for (std::size_t i = 60; i < bent.size(); i += 97) bent[i] = static_cast<char>(bent[i] ^ 0x55);
  EXPECT_THAT(refused(bent), HasSubstr("F-"));
  EXPECT_THAT(refused(zip_of({{"a", "b"}})), HasSubstr("xl/workbook.xml"));
  EXPECT_THAT(refused(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(100, 'x')),
              HasSubstr("old .xls"));
  EXPECT_THAT(refused(zip_of(parts_with("<row r='99999999'/>"))), HasSubstr("damaged"));
  EXPECT_THAT(refused(zip_of(parts_with("<row><c r='ZZZZZ1'><v>1</v></c></row>"))), HasSubstr("damaged"));
}

// A few kilobytes must not become gigabytes of memory.
TEST(Workbook, a_zip_bomb_is_not_unpacked) {
  const std::string bomb =
      zip_of(parts_with("<row r='1'><c><v>" + std::string(300UL << 20, '1') + "</v></c></row>"));
  EXPECT_LT(bomb.size(), 1UL << 20);
  EXPECT_THAT(refused(bomb), HasSubstr("larger than 256 MiB"));
  std::string wide;
  for (int r = 1; r <= 2'000; ++r)
    wide += "<row r='" + std::to_string(r) + "'><c r='XFD1'><v>1</v></c></row>";
  EXPECT_THAT(refused(zip_of(parts_with(wide))), HasSubstr("larger than")) << "32 million empty cells";
  const std::string laughs =
      "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><sst><si><t>&b;</t></si></sst>";
  EXPECT_THAT(refused(zip_of(parts_with("<row r='1'><c t='s'><v>0</v></c></row>", laughs))),
              HasSubstr("missing"));
}

}  // namespace
}  // namespace fx::importing
