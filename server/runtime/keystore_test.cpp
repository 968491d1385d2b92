#include "runtime/keystore.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/text.hpp"

namespace fx::runtime {
namespace {

namespace fs = std::filesystem;

class KeyStoreTest : public testing::Test {
 protected:
  KeyStoreTest() : folder_(fs::temp_directory_path() / ("fx-keys-" + hex(random_bytes(8)))) {
    fs::create_directory(folder_);
  }
  ~KeyStoreTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return (folder_ / "keys.db").string(); }
  static RawId person(std::uint64_t n) { return RawId::make(1'658'068'200'000, 990121, n, 1); }
  static WrappedKey wrapped() {
    const std::string bytes = random_bytes(72);
    WrappedKey out{};
    std::ranges::copy(bytes, reinterpret_cast<char*>(out.data()));
    return out;
  }
  static std::string text_of(const WrappedKey& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
  }
  [[nodiscard]] std::string everything_on_disk() const {
    std::stringstream all;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (fs::file_size(entry) > 0) all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    return all.str();
  }

  fs::path folder_;
};

// Without this, nobody registered before a restart could be read after it.
TEST_F(KeyStoreTest, keeps_keys_across_a_restart) {
  const KeyStore::Entry a{person(1), wrapped()};
  const KeyStore::Entry b{person(2), wrapped()};
  {
    FileKeyStore store(path());
    const std::vector<KeyStore::Entry> both{a, b};
    EXPECT_EQ(store.put(both), 2U);
  }
  FileKeyStore store(path());
  EXPECT_EQ(store.get(person(1)), std::optional(a.second));
  EXPECT_EQ(store.size(), 2U);
  const std::vector<RawId> asked{person(1), person(2), person(3)};
  const auto found = store.get(asked);
  EXPECT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at(person(2)), b.second);
  EXPECT_TRUE(everything_on_disk().contains(text_of(a.second))) << "the test below looks at the right place";
}

// Without this, a retried registration would replace the key and lose what was sealed with the first.
TEST_F(KeyStoreTest, never_replaces_a_key) {
  FileKeyStore store(path());
  const std::vector<KeyStore::Entry> first{{person(1), wrapped()}};
  const std::vector<KeyStore::Entry> again{{person(1), wrapped()}, {person(2), wrapped()}};
  EXPECT_EQ(store.put(first), 1U);
  EXPECT_EQ(store.put(again), 1U);
  EXPECT_EQ(store.get(person(1)), std::optional(first[0].second));
}

// Without this, an erased person could still be read from the file, or be made readable again by a late
// retry.
TEST_F(KeyStoreTest, erasing_leaves_no_trace_of_the_key_and_lasts) {
  const std::vector<KeyStore::Entry> entries{{person(1), wrapped()}, {person(2), wrapped()}};
  {
    FileKeyStore store(path());
    store.put(entries);
    const std::vector<RawId> gone{person(1), person(9)};
    EXPECT_EQ(store.destroy(gone), 1U);
    EXPECT_EQ(store.get(person(1)), std::nullopt);
    EXPECT_FALSE(everything_on_disk().contains(text_of(entries[0].second)));
    EXPECT_TRUE(everything_on_disk().contains(text_of(entries[1].second)));
  }
  FileKeyStore store(path());
  EXPECT_TRUE(store.is_erased(person(1)));
  EXPECT_FALSE(store.is_erased(person(2)));
  EXPECT_EQ(store.put(entries), 0U);
  EXPECT_EQ(store.get(person(1)), std::nullopt);
}

// Without this, the log of an erasure that was killed half-way would keep what it erased.
TEST_F(KeyStoreTest, what_a_killed_erasure_left_in_the_log_goes_when_the_store_is_opened) {
  const std::vector<KeyStore::Entry> entries{{person(1), wrapped()}};
  {
    FileKeyStore store(path());
    store.put(entries);
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "PRAGMA secure_delete = ON; DELETE FROM key", nullptr, nullptr, nullptr),
              SQLITE_OK);
    for (const char* part : {"", "-wal"})
      fs::copy_file(path() + part, (folder_ / "killed.db").string() + part);
    sqlite3_close(other);
  }
  fs::remove(path());
  EXPECT_TRUE(everything_on_disk().contains(text_of(entries[0].second)));
  const FileKeyStore store((folder_ / "killed.db").string());
  EXPECT_FALSE(everything_on_disk().contains(text_of(entries[0].second)));
}

// Without this, whoever looks up a name would wait while the keys of others become durable.
TEST_F(KeyStoreTest, reading_does_not_wait_for_a_put_under_way) {
  FileKeyStore store(path());
  const std::vector<KeyStore::Entry> known{{person(1), wrapped()}};
  const std::vector<KeyStore::Entry> next{{person(2), wrapped()}};
  store.put(known);
  sqlite3* writing = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &writing), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(writing, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  std::atomic<bool> put = false;
  std::thread waits([&] {
    store.put(next);  // for the other's lock
    put = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(store.get(person(1)).has_value());
  EXPECT_FALSE(store.get(person(2)).has_value());
  EXPECT_FALSE(put);
  ASSERT_EQ(sqlite3_exec(writing, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
  waits.join();
  sqlite3_close(writing);
  EXPECT_TRUE(store.get(person(2)).has_value());
}

// Without this, a restored older copy of the key store would bring erased people back.
TEST_F(KeyStoreTest, the_erasure_list_can_be_applied_to_an_older_copy) {
  const std::vector<KeyStore::Entry> entries{{person(1), wrapped()}};
  const std::string old_copy = (folder_ / "old.db").string();
  FileKeyStore store(path());
  store.put(entries);
  for (const char* part : {"", "-wal"}) fs::copy_file(path() + part, old_copy + part);
  const std::vector<RawId> gone{person(1)};
  store.destroy(gone);
  FileKeyStore restored(old_copy);
  EXPECT_TRUE(restored.get(person(1)).has_value());
  const std::vector<RawId> erased = store.erased();
  EXPECT_EQ(erased, gone);
  restored.destroy(erased);
  EXPECT_EQ(restored.get(person(1)), std::nullopt);
}

// Without this, other users of the machine could copy the keys.
TEST_F(KeyStoreTest, the_file_is_closed_to_others) {
  const FileKeyStore store(path());
  struct stat info{};
  ASSERT_EQ(::stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

// Without this, a backup of a server that writes all the time would wait for a lock until it gives up.
TEST_F(KeyStoreTest, opens_and_reads_while_another_process_is_about_to_write) {
  FileKeyStore server(path());
  const std::vector<KeyStore::Entry> known{{person(1), wrapped()}};
  server.put(known);
  sqlite3* writing = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &writing), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(writing, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_TRUE(FileKeyStore(path()).get(person(1)).has_value());
  EXPECT_TRUE(FileKeyStore(path()).erased().empty());
  sqlite3_close(writing);
}

// Without this, a file that is something else would be taken for an empty key store.
TEST_F(KeyStoreTest, refuses_a_file_that_is_no_key_store) {
  std::ofstream(path()) << std::string(4096, 'x');
  EXPECT_THROW(FileKeyStore store(path()), KeyStoreError);
  EXPECT_THROW(FileKeyStore store((folder_ / "no" / "folder.db").string()), KeyStoreError);
}

}  // namespace
}  // namespace fx::runtime
