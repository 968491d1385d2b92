// Without these, a desk could refuse in a code nobody can read, list a column it has not, or speak one language only.
// All desks and arrows together, as the program has them.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "desks/all.hpp"
#include "handoffs/handoffs.hpp"
#include "kernel/registry.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::handoffs {
namespace {

namespace fs = std::filesystem;
const fs::path source = FX_SOURCE_DIR;

const Registry& registry() {
  static const Registry all(desks::all(), handoffs::all());
  return all;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 128; });
}
bool bilingual(const Words& words) {
  return !words.zh.empty() && !words.en.empty() && !ascii(words.zh) && words.en != words.zh;
}

std::vector<std::string> columns_of(const std::string& index) {
  std::vector<std::string> out;
  std::stringstream parts(index);
  for (std::string part; std::getline(parts, part, ',');) {
    std::erase(part, ' ');
    out.push_back(part);
  }
  return out;
}

TEST(Desks, SayEverythingInBothLanguages) {
  for (const Desk& desk : registry().desks()) {
    EXPECT_TRUE(bilingual(desk.title())) << desk.name();
    for (const Operation& operation : desk.operations())
      EXPECT_TRUE(bilingual(operation.title)) << operation.full_name();
    for (const auto& [code, say] : desk.refusals()) EXPECT_TRUE(bilingual(say)) << code;
    for (const List& list : desk.lists())
      EXPECT_TRUE(bilingual(list.title)) << desk.name() << '.' << list.name;
  }
}

TEST(Refusals, HaveASentenceWhereverACodeIsUttered) {
  const std::regex code(R"re("([RF]-[A-Z]+(?:-\d+)?)")re");
  int uttered = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source / "server/desks")) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.ends_with("_test.cpp") || entry.path().extension() == ".md")
      continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it) {
      const std::string found = (*it)[1];
      EXPECT_NE(registry().sentence(found).zh, found) << name;
      ++uttered;
    }
  }
  EXPECT_GT(uttered, 100);
}

TEST(Refusals, AreUtteredBySomebody) {
  std::string everything;
  for (const auto& entry : fs::recursive_directory_iterator(source / "server"))
    if ((entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp") &&
        entry.path().filename() != "desk.cpp")
      everything += text_of(entry.path());
  for (const auto& entry : fs::recursive_directory_iterator(source / "rulebook/rules"))
    everything += text_of(entry.path());
  for (const Desk& desk : registry().desks()) {
    if (desk.name() == "runtime") continue;  // the kernel's own are uttered by the front door, too
    for (const auto& [code, say] : desk.refusals())
      EXPECT_NE(everything.find('"' + code + '"'), std::string::npos) << code;
  }
}

TEST(Lists, NameColumnsThatExist) {
  for (const Desk& desk : registry().desks())
    for (const List& list : desk.lists()) {
      const std::string name = desk.name() + "." + list.name;
      ASSERT_NE(registry().table(list.table->name), nullptr) << name;
      const TypeInfo& row = *list.table->info;
      EXPECT_NE(row.find(list.order_by), nullptr) << name << " is ordered by " << list.order_by;
      for (const std::string& filter : list.filters)
        EXPECT_NE(row.find(filter), nullptr) << name << " filters " << filter;
      for (const std::string& field : list.unit_fields) {
        const FieldInfo* unit = row.find(field);
        ASSERT_NE(unit, nullptr) << name << " is cut by " << field;
        EXPECT_EQ(unit->tag, "unit") << name << " is cut by " << field;
      }
    }
}

TEST(Tables, IndexColumnsThatExist) {
  for (const auto& table : registry().tables())
    for (const std::string& index : table.options.indexes)
      for (const std::string& column : columns_of(index))
        EXPECT_NE(table.type->info->find(column), nullptr) << table.type->name << " indexes " << column;
}

TEST(Events, AreAboutAThingAndNamedAfterTheirDesk) {
  for (const Desk& desk : registry().desks())
    for (const EventType* event : desk.events()) {
      EXPECT_EQ(event->info->fields.front().kind, FieldKind::id) << event->name;
      const bool kernels = desk.name() == "runtime";  // it also keeps what a desk's command brings about
      EXPECT_TRUE(kernels || event->name.starts_with(desk.name() + ".")) << event->name;
    }
}

/// Numbers in a desk's README are promises; a code it lists must be one the desk speaks.
TEST(Readmes, ListNoCodeNobodySpeaks) {
  const std::regex code(R"re(\bR-[A-Z]{3}-\d+\b)re");
  for (const Desk& desk : registry().desks()) {
    const fs::path readme = source / "server/desks" / desk.name() / "README.md";
    if (desk.name() == "runtime") continue;
    ASSERT_TRUE(fs::exists(readme)) << desk.name() << " does not say whom it serves";
    const std::string text = text_of(readme);
    EXPECT_LE(std::ranges::count(text, '\n'), 40) << readme.filename();
    for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it)
      EXPECT_NE(registry().sentence(it->str()).zh, it->str()) << desk.name() << " lists " << it->str();
  }
}

TEST(Rulebook, SpeaksTheDesksWords) {
  std::vector<rulebook::File> files;
  for (const auto& entry : fs::recursive_directory_iterator(source / "rulebook"))
    if (entry.path().extension() == ".toml")
      files.push_back(
          {fs::relative(entry.path(), source / "rulebook").generic_string(), text_of(entry.path())});
  std::ranges::sort(files, {}, &rulebook::File::name);
  const auto loaded = rulebook::load(files, registry());
  EXPECT_NE(loaded.rulebook, nullptr) << rulebook::check(loaded, false);
}

}  // namespace
}  // namespace fx::handoffs
