// Identities lie outside the chain of events: each version is vouched for by the event that brought it.
#include "journal/testing/tampered.hpp"

namespace fx::journal {
namespace {

/// Two guests with a named identity and a search token each.
struct VerifyIdentities : VerifyTest {
  VerifyIdentities() {
    SqliteStore store(registry, {.directory = directory.path(), .sync = false, .copy_in_background = false});
    Author author(registry, store);
    for (const std::string version : {"old", "new"}) {
      for (std::uint64_t n = 1; n <= 2; ++n) {
        const auto guest = id_of<PersonTag>(n);
        const std::string cipher = version + std::to_string(n);
        author.batch.identities.push_back({guest.raw, "person", cipher, sha256_hex(cipher)});
        author.batch.tokens.push_back({"name", cipher, guest.raw});
        author.record(GuestNamed{guest, sha256_hex(cipher)});
      }
      author.commit();  // batches 6 and 7
    }
  }
  static constexpr const char* newest = "(SELECT max(seq) FROM identity)";
};

TEST_F(VerifyIdentities, AreSoundAsTheyWereWritten) { EXPECT_TRUE(run().ok) << run().json(); }

TEST_F(VerifyIdentities, AnOldOneThatWasPutInAgainAsTheNewestIsNamed) {
  tamper(
      fmt::format("INSERT INTO identity SELECT {} + 1, subject, kind, cipher, hash FROM identity WHERE seq = "
                  "6 << 20",
                  newest));
  expect_bad(7, 0, "no event of its batch names it");
}

TEST_F(VerifyIdentities, SubjectsThatWereExchangedAreNamed) {
  tamper(fmt::format("UPDATE identity SET subject = x'{}' WHERE seq = 7 << 20",
                     hex(blob_of(id_of<PersonTag>(2).raw))));
  expect_bad(7, no(18), "not there for its subject");
}

TEST_F(VerifyIdentities, AnotherKindOrNumberIsNamed) {
  tamper("UPDATE identity SET kind = 'text' WHERE seq = 7 << 20");
  expect_bad(7, no(18), "not there for its subject");
  tamper("UPDATE identity SET kind = 'person' WHERE seq = 7 << 20");
  EXPECT_TRUE(run().ok);
  tamper("UPDATE identity SET seq = seq + 5 WHERE seq = (7 << 20) + 1");
  expect_bad(7, 0, "its number should be 1");
}

TEST_F(VerifyIdentities, WithTheKeysEachTokenIsMadeAnew) {
  VerifyOptions options;
  bool erased = false;  // the keys of all
  options.tokens_of = [&](const IdentityWrite& identity) -> std::optional<std::vector<TokenWrite>> {
    if (erased) return std::nullopt;
    return std::vector{TokenWrite{"name", identity.cipher, identity.subject}};
  };
  EXPECT_TRUE(run(options).ok) << run(options).json();
  tamper(
      "INSERT INTO token SELECT kind, CAST('planted' AS BLOB), subject FROM token WHERE token = CAST('old1' "
      "AS BLOB)");
  ASSERT_TRUE(run(options).first_bad());
  EXPECT_THAT(run(options).first_bad()->what, HasSubstr("is not one of this identity's"));
  tamper("DELETE FROM token WHERE token IN (CAST('planted' AS BLOB), CAST('new2' AS BLOB))");
  ASSERT_TRUE(run(options).first_bad());
  EXPECT_THAT(run(options).first_bad()->what, HasSubstr("is missing"));
  erased = true;
  EXPECT_TRUE(run(options).ok);
}

TEST_F(VerifyIdentities, ATokenOfNobodyAndAnAccountWithoutOneAreNamed) {
  tamper("UPDATE token SET subject = zeroblob(16) WHERE token = CAST('old1' AS BLOB)");
  expect_bad(0, 0, "a search token names");
  tamper("DELETE FROM token WHERE subject = zeroblob(16); DELETE FROM token");
  EXPECT_TRUE(run().ok) << "a person may be erased, or have no name";
  tamper("UPDATE identity SET kind = 'account' WHERE seq >> 20 >= 6");
  const VerifyReport report = run();
  EXPECT_TRUE(std::ranges::any_of(report.faults, [](const BadRecord& bad) {
    return bad.what.find("no search token") != std::string::npos;
  })) << report.json();
}

}  // namespace
}  // namespace fx::journal
