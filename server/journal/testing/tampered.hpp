#pragma once

// A sound ledger in a folder of its own, to be tampered with as someone with the file in hand could.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "journal/seal.hpp"
#include "journal/sqlite/rows.hpp"
#include "journal/testing/author.hpp"
#include "journal/testing/sealed.hpp"
#include "journal/verify.hpp"

namespace fx::journal {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words
using ::testing::HasSubstr;

/// Five batches of three events: arrivals with a text, moves, duties opened and met; answers, audit, frozen texts.
struct VerifyTest : testing::Test {
  VerifyTest() {
    SqliteStore store(registry, {.directory = directory.path(), .sync = false, .copy_in_background = false});
    Author author(registry, store);
    const UnitId clinic = id_of<UnitTag>(1);
    for (std::uint64_t n = 1; n <= 5; ++n) {
      const auto guest = id_of<PersonTag>(n);
      const auto text = id_of<TextTag>(n);
      const std::string cipher = "sealed " + std::to_string(n);
      author.batch.identities.push_back({text.raw, "text", cipher, sha256_hex(cipher)});
      const GuestArrived arrived{
          guest, clinic, 60.0 + static_cast<double>(n), {"tea"}, {text, sha256_hex(cipher)}};
      const No opener = author.record(arrived, {.opened = {duty_about(guest.raw, clinic, Instant{1000})}});
      author.record(GuestMoved{guest, Mood::worried}, {.met = {{opener + 1, Instant{900}}}});
      author.record(GuestMoved{guest, n % 2 == 0 ? Mood::gone : Mood::calm});
      author.answer(id_of<TextTag>(100 + n).raw, n);
      author.batch.frozen.push_back({"OB-T1@" + std::to_string(n), "{}"});
      author.batch.audit.push_back({.at = author.now, .kind = "refused", .code = "R-" + std::to_string(n)});
      author.batch.audit.push_back({.at = author.now, .kind = "search"});
      author.commit();
      links.push_back(hex(store.head().link));
    }
  }
  /// One more batch, so long after the others; the store keeps all answers.
  void commit_later(Duration later) const {
    SqliteStore store(registry, {.directory = directory.path(),
                                 .kept = std::chrono::days(60),
                                 .sync = false,
                                 .copy_in_background = false});
    Author author(registry, store);
    author.now = author.now + later;
    author.record(GuestMoved{id_of<PersonTag>(1), Mood::gone});
    author.commit();
  }
  void tamper(const std::string& sql) const {
    Connection file((directory.path() / "ledger.db").string(), Connection::Mode::create);
    file.run(sql);
  }
  VerifyReport run(const VerifyOptions& options = {}) const {
    return verify(directory.path(), registry, options);
  }
  static No no(std::int64_t n) { return make_no(1, n); }
  void expect_bad(std::int64_t batch, No number, const std::string& what) const {
    const VerifyReport report = run();
    EXPECT_FALSE(report.ok);
    ASSERT_TRUE(report.first_bad());
    EXPECT_EQ(report.first_bad()->batch, batch);
    EXPECT_EQ(report.first_bad()->no, number);
    EXPECT_THAT(report.first_bad()->what, HasSubstr(what));
  }

  ScratchDirectory directory;
  Registry registry{desks(), {}};
  std::vector<std::string> links;
};

}  // namespace fx::journal
