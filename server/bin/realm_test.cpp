// A realm is opened with its own files or not at all. Without these a missing ledger or key would show as an empty realm in
// which nothing is owed, or as a nurse who has forgotten her password.
#include <gmock/gmock.h>

#include <fstream>

#include "bin/program.hpp"
#include "journal/testing/author.hpp"
#include "runtime/keystore.hpp"

namespace fx::bin {
namespace {

using journal::testing_desk::ScratchDirectory;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

struct Realms : ::testing::Test {
  Realms() {
    (void)runtime::create_key_file((realm() / "realm.key").string());
    save_realm(realm(), {.realm = api::Realm::live,
                         .name_zh = "某市",
                         .name_en = "Some City",
                         .jurisdiction = 110000,
                         .clock_at = {},
                         .created_at = {}});
  }
  [[nodiscard]] const fs::path& realm() const { return folder.path(); }
  /// Why it does not start; empty when it does.
  [[nodiscard]] std::string started(const fs::path& rulebook = {}) const {
    try {
      const Program program({.directory = realm(), .rulebook = rulebook, .broken = {}});
    } catch (const std::exception& error) {
      return error.what();
    }
    return {};
  }
  void without(const std::string& file) const {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(realm() / (file + end));
  }

  ScratchDirectory folder;
};

TEST_F(Realms, IsNotBegunAnewWithoutItsLedger) {
  ASSERT_EQ(started(), "");
  without("ledger.db");
  EXPECT_THAT(started(), HasSubstr("ledger.db is missing"));
  EXPECT_FALSE(fs::exists(realm() / "ledger.db")) << "no empty one in its place";
  {
    const journal::SqliteStore other(*make_registry(), {.directory = realm(), .sync = false});
  }
  EXPECT_THAT(started(), HasSubstr("not this realm's"));
}

TEST_F(Realms, DoesNotStartWithoutItsKeysOrWithOthers) {
  ASSERT_EQ(started(), "");
  fs::rename(realm() / "keys.db", realm() / "apart");
  without("keys.db");
  EXPECT_THAT(started(), HasSubstr("keys.db is missing"));
  fs::rename(realm() / "apart", realm() / "keys.db");
  fs::remove(realm() / "realm.key");
  (void)runtime::create_key_file((realm() / "realm.key").string());
  EXPECT_THAT(started(), HasSubstr("not the key this realm was made with"));
}

TEST_F(Realms, OfAnOlderProgramTakesWhatItFinds) {
  ASSERT_EQ(started(), "");
  RealmFile realm_file = load_realm(realm());
  EXPECT_TRUE(realm_file.ledger && realm_file.key);
  realm_file.ledger.reset();
  realm_file.key.reset();
  save_realm(realm(), realm_file);
  EXPECT_EQ(started(), "");
  EXPECT_TRUE(load_realm(realm()).ledger);
}

TEST_F(Realms, DoesNotStartWithoutRules) {
  ScratchDirectory empty;
  EXPECT_THAT(started(empty.path()), HasSubstr("nothing is ever in force"));
}

TEST_F(Realms, SaysInWordsThatItsFileIsBroken) {
  std::ofstream(realm() / "realm.json") << R"({"realm":)";
  EXPECT_THAT(started(), HasSubstr("realm.json cannot be read"));
  EXPECT_THAT(started(), Not(HasSubstr("boost")));
  std::ofstream(realm() / "realm.json") << R"({"realm":"other"})";
  EXPECT_THAT(started(), HasSubstr("/realm"));
}

TEST(KeptRulebook, GivesItsVersionAgain) {
  const auto registry = make_registry();
  const auto files = rulebook_files();
  EXPECT_EQ(rulebook::load(files_of_kept(kept_text(files)), *registry).version,
            rulebook::load(files, *registry).version);
}

// Without this, a rulebook of one's own with a blank in a file's name, or a comment like a name, would be told altered.
TEST(KeptRulebook, IsTheFilesAsTheyWere) {
  const std::vector<rulebook::File> files{
      {"linxi county.toml", "# values.toml\n[a]"}, {"empty.toml", ""}, {"zh 文.toml", "x = 1\n\n"}};
  const auto again = files_of_kept(kept_text(files));
  ASSERT_EQ(again.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(again[i].name, files[i].name);
    EXPECT_EQ(again[i].text, files[i].text);
  }
}

TEST(KeptRulebook, OfAProgramBeforeIsReadToo) {
  const auto files = files_of_kept("# values.toml\n[a]\nb = 1\n\n# rules.toml\n[c]\n\n");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].text, "[a]\nb = 1\n");
  EXPECT_EQ(files[1].name, "rules.toml");
}

}  // namespace
}  // namespace fx::bin
