#include "runtime/crypto.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/text.hpp"

namespace fx::runtime {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("fx-crypto-" + hex(random_bytes(8)))) {
    fs::create_directory(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

MasterKey some_master() { return {.wrap = SecretKey::random(), .root = SecretKey::random()}; }
RawId some_person(std::uint64_t n) { return RawId::make(1'658'068'200'000, 990121, n, 1); }
template <class Array>
std::string hex_of(const Array& bytes) {
  return hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Without this, a chain written today could not be checked by another program tomorrow.
TEST(Crypto, digests_are_the_published_ones) {
  EXPECT_EQ(hex_of(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_of(Blake2b().add("abc").digest()),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

// Without this, the digest of a batch would depend on how its bytes were cut.
RC_GTEST_PROP(Crypto, a_running_digest_forgets_where_it_was_cut, (std::string a, std::string b)) {
  RC_ASSERT(Sha256().add(a).add(b).digest() == sha256(a + b));
  Blake2b running;
  running.add(a);
  const Digest32 early = running.digest();
  RC_ASSERT(early == Blake2b().add(a).digest());
  RC_ASSERT(running.add(b).digest() == Blake2b().add(a + b).digest());
}

// Without this, a password would be stored readable, or the right one refused.
TEST(Crypto, only_the_right_password_signs_in) {
  const std::string stored = password_hash("冬青 correct horse");
  EXPECT_TRUE(stored.starts_with("$argon2id$"));
  EXPECT_NE(stored, password_hash("冬青 correct horse")) << "salted";
  EXPECT_TRUE(password_verify(stored, "冬青 correct horse"));
  EXPECT_FALSE(password_verify(stored, "冬青 correct horsf"));
  EXPECT_FALSE(password_verify(stored, ""));
  EXPECT_FALSE(password_verify(std::nullopt, "冬青 correct horse"));
  EXPECT_FALSE(password_verify("", ""));
  EXPECT_FALSE(password_verify("$argon2id$damaged", "x"));
  EXPECT_FALSE(password_verify(std::string(5000, 'x'), "x"));
}

// Without this, the time of the answer would tell who has an account. Processor time, not wall time.
TEST(Crypto, an_unknown_account_costs_as_much_as_a_wrong_password) {
  const std::string stored = password_hash("right");
  const auto cost = [](std::optional<std::string_view> hash) {
    std::clock_t best = 0;
    for (int i = 0; i < 3; ++i) {
      const std::clock_t from = std::clock();
      (void)password_verify(hash, "wrong");
      const std::clock_t spent = std::clock() - from;
      best = i == 0 ? spent : std::min(best, spent);
    }
    return static_cast<double>(best);
  };
  (void)password_verify(std::nullopt, "the dummy hash is made now");
  const double wrong = cost(stored);
  for (const std::optional<std::string_view> absent : {std::optional<std::string_view>(), {"damaged"}}) {
    const double unknown = cost(absent);
    EXPECT_GT(unknown, wrong / 2);
    EXPECT_LT(unknown, wrong * 2);
  }
}

// Without this, a storm of sign-ins would take 64 MiB each until the machine is out of memory.
TEST(Crypto, the_password_gate_turns_callers_away_when_its_queue_is_full) {
  PasswordGate gate(1);
  const std::string stored = password_hash("right");
  std::atomic<int> answered{0};
  std::atomic<int> turned_away{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      const std::optional<bool> answer = gate.verify(stored, "right");
      if (answer) {
        EXPECT_TRUE(*answer);
        ++answered;
      } else {
        ++turned_away;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(answered + turned_away, 8);
  EXPECT_GE(answered, 1);
  EXPECT_GE(turned_away, 1);
  EXPECT_TRUE(gate.hash("x").has_value()) << "the gate is free again";
}

// Without this, what was written about a person could not be read back, or be read with another's key.
RC_GTEST_PROP(Vault, opens_what_it_sealed_and_nothing_else, (std::string plain, std::string label)) {
  const SecretKey key = SecretKey::random();
  const std::string sealed = Vault::seal(key, plain, label);
  RC_ASSERT(sealed.size() == plain.size() + 40);
  RC_ASSERT(Vault::open(key, sealed, label) == std::optional<std::string>(plain));
  RC_ASSERT(Vault::seal(key, plain, label) != sealed);
  RC_ASSERT(!Vault::open(SecretKey::random(), sealed, label));
  RC_ASSERT(!Vault::open(key, sealed, label + "x"));
  const auto at = *rc::gen::inRange<std::size_t>(0, sealed.size());
  std::string altered = sealed;
  altered[at] = static_cast<char>(altered[at] ^ 1);
  RC_ASSERT(!Vault::open(key, altered, label));
  RC_ASSERT(!Vault::open(key, std::string_view(sealed).substr(0, at), label));
}

// Without this, one person's wrapped key could be put in another's place.
TEST(Vault, a_wrapped_key_belongs_to_one_person_and_one_key_file) {
  const Vault vault(some_master());
  const SecretKey key = SecretKey::random();
  const WrappedKey wrapped = vault.wrap(some_person(1), key);
  EXPECT_EQ(vault.unwrap(some_person(1), wrapped), std::optional(key));
  EXPECT_EQ(vault.unwrap(some_person(2), wrapped), std::nullopt);
  EXPECT_EQ(Vault(some_master()).unwrap(some_person(1), wrapped), std::nullopt);
}

// Without this, search would miss people after a restart, or match a name against a telephone number.
TEST(Vault, tokens_depend_on_key_file_kind_and_text_alone) {
  const MasterKey master = some_master();
  const Vault vault(master);
  EXPECT_EQ(vault.token(TokenKind::name, "张伟"), Vault(master).token(TokenKind::name, "张伟"));
  EXPECT_NE(vault.token(TokenKind::name, "张伟"), vault.token(TokenKind::name, "张玮"));
  EXPECT_NE(vault.token(TokenKind::document_last4, "1130"), vault.token(TokenKind::phone_last4, "1130"));
  EXPECT_NE(vault.token(TokenKind::name, "张伟"), Vault(some_master()).token(TokenKind::name, "张伟"));
  const Vault rewrapped({.wrap = SecretKey::random(), .root = master.root});
  EXPECT_EQ(vault.token(TokenKind::name, "张伟"), rewrapped.token(TokenKind::name, "张伟"))
      << "the index outlives a new wrapping key";
}

// Without this, a rewritten chain could carry a forged checkpoint.
TEST(Vault, checkpoints_are_signed) {
  const Vault vault(some_master());
  const Signature signature = vault.sign("batch 17 link 00ff");
  EXPECT_TRUE(Vault::verify(vault.public_key(), "batch 17 link 00ff", signature));
  EXPECT_FALSE(Vault::verify(vault.public_key(), "batch 18 link 00ff", signature));
  EXPECT_FALSE(Vault::verify(Vault(some_master()).public_key(), "batch 17 link 00ff", signature));
}

// Without this, a restart could not read what was written before it.
TEST(KeyFile, loads_what_was_created_and_never_overwrites) {
  const Folder folder;
  const std::string path = folder.file("key");
  const MasterKey made = create_key_file(path);
  const MasterKey loaded = load_key_file(path);
  EXPECT_EQ(made.wrap, loaded.wrap);
  EXPECT_EQ(made.root, loaded.root);
  EXPECT_FALSE(made.wrap == made.root);
  struct stat info{};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_THROW(create_key_file(path), KeyFileError);
  EXPECT_EQ(load_key_file(path).wrap, made.wrap);
}

// Without this, a backup tool or a neighbour on the machine could read every identity.
TEST(KeyFile, refuses_a_file_that_others_may_touch) {
  const Folder folder;
  const std::string path = folder.file("key");
  create_key_file(path);
  for (const fs::perms loose : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
    fs::permissions(path, fs::perms::owner_read | loose);
    EXPECT_THROW(load_key_file(path), KeyFileError);
  }
  fs::permissions(path, fs::perms::owner_read);
  EXPECT_NO_THROW(load_key_file(path));
  fs::create_symlink(path, folder.file("link"));
  EXPECT_THROW(load_key_file(folder.file("link")), KeyFileError);
  EXPECT_THROW(load_key_file(folder.file("absent")), KeyFileError);
  EXPECT_THROW(load_key_file(folder.file(".")), KeyFileError);
}

// Without this, a cut or mistyped key file would start a server that seals with half a key.
TEST(KeyFile, refuses_a_damaged_file) {
  const Folder folder;
  const std::string path = folder.file("key");
  create_key_file(path);
  std::stringstream whole;
  whole << std::ifstream(path).rdbuf();
  const auto expect_refused = [&](const std::string& text) {
    std::ofstream(path, std::ios::trunc) << text;
    EXPECT_THROW(load_key_file(path), KeyFileError) << text;
  };
  const std::string text = whole.str();
  expect_refused("");
  expect_refused(text.substr(0, text.size() - 3));
  expect_refused(text + "more 00\n");
  std::string wrong = text;
  wrong[wrong.size() - 2] = 'g';
  expect_refused(wrong);
  std::ofstream(path, std::ios::trunc) << text;
  EXPECT_NO_THROW(load_key_file(path));
}

}  // namespace
}  // namespace fx::runtime
