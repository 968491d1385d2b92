// Without this, a notice could leave the program and nobody would know whether it arrived.
#include "runtime/notifier.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "access/scope.hpp"
#include "api/http/http.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "kernel/memory_store.hpp"

namespace fx::bin {
namespace {

struct NotifierTest : ::testing::Test {
  NotifierTest() {
    directory = std::filesystem::temp_directory_path() / ("fx-notifier-" + std::to_string(::getpid()));
    std::filesystem::create_directories(directory);
    keys = std::make_unique<runtime::FileKeyStore>((directory / "keys.db").string());
    writer = std::make_unique<runtime::Writer>(engine, *keys, clock, runtime::Writer::Limits{});
    writer->start();
  }
  ~NotifierTest() override {
    writer->stop();
    std::filesystem::remove_all(directory);
  }

  /// A notice as the ledger would have it, stored so that its delivery can be recorded: the `nth` of its batch.
  Notice stored_notice(int nth = 1) {
    Notice notice;
    notice.no = make_no(1, 7) + nth;
    notice.jurisdiction = 990121;
    notice.rule = "N.positive";
    notice.about = RawId::make(1, 990121, 5, 0);
    notice.unit = {RawId::make(1, 990121, 6, 0)};
    notice.urgent = true;
    Batch batch;
    batch.rows.push_back(
        {&table_type<Notice>(), key_of_no(notice.no), std::make_shared<const Notice>(notice), true});
    store.commit(batch);
    return notice;
  }

  std::string delivered_by(No no) {
    std::string by;
    store.each_row(table_type<Notice>(), [&](const void* row) {
      if (static_cast<const Notice*>(row)->no == no) by = static_cast<const Notice*>(row)->delivered_by;
    });
    return by;
  }

  /// Runs a notifier with one adapter until the delivery is recorded or five seconds passed.
  std::string carry(std::unique_ptr<runtime::NoticeAdapter> adapter, const Notice& notice) {
    return carry(std::move(adapter), std::vector{notice});
  }
  /// As above; the last one's delivery.
  std::string carry(std::unique_ptr<runtime::NoticeAdapter> adapter, const std::vector<Notice>& notices) {
    runtime::Notifier::Adapters adapters;
    adapters.push_back(std::move(adapter));
    runtime::Notifier notifier(*writer, *registry, std::move(adapters), {});
    notifier.add(notices);
    notifier.start();
    std::string by;
    for (int i = 0; i < 250 && by.empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      std::atomic<bool> read{false};
      writer->post([&](Engine&) {
        by = delivered_by(notices.back().no);
        read = true;
      });
      while (!read) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    notifier.stop();
    return by;
  }

  std::filesystem::path directory;
  std::unique_ptr<Registry> registry = make_registry();
  std::shared_ptr<const rulebook::Rulebook> book = load_rulebook(*registry, rulebook_files());
  ScopeAccess access;
  MemoryStore store;
  Engine engine{{*registry, book.get(), access, store}};
  runtime::SystemClock clock;
  std::unique_ptr<runtime::KeyStore> keys;
  std::unique_ptr<runtime::Writer> writer;
};

TEST_F(NotifierTest, AWebhookGetsTheNoticeAndTheDeliveryIsRecorded) {
  std::mutex mutex;
  std::string body;
  http::Options options;
  options.address = "127.0.0.1";
  options.port = 0;
  http::Server server(std::move(options), [&](http::Request&& request, http::Reply reply) {
    {
      const std::lock_guard lock(mutex);
      body = request.body;
    }
    reply(http::json(200, "{}"));
  });
  server.start();
  const Notice notice = stored_notice();
  EXPECT_EQ(
      carry(runtime::make_webhook("http://127.0.0.1:" + std::to_string(server.port()) + "/sms"), notice),
      "webhook");
  const std::lock_guard lock(mutex);
  EXPECT_NE(body.find(R"("rule":"N.positive")"), std::string::npos) << body;
  server.stop();
}

TEST_F(NotifierTest, ACommandGetsTheNoticeOnItsInput) {
  const auto script = directory / "gateway.sh";
  const auto out = directory / "message.json";
  std::ofstream(script) << "#!/bin/sh\ncat > '" << out.string() << "'\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  const Notice notice = stored_notice();
  EXPECT_EQ(carry(runtime::make_command(script.string()), notice), "command");
  std::ostringstream text;
  text << std::ifstream(out).rdbuf();
  EXPECT_NE(text.str().find(R"("urgent":true)"), std::string::npos);
}

/// Keeps each message it takes.
struct Kept : runtime::NoticeAdapter {
  explicit Kept(std::vector<std::string>& messages) : kept(messages) {}
  [[nodiscard]] std::string way() const override { return "command"; }
  bool deliver(const std::string& message) override {
    kept.push_back(message);
    return true;
  }
  std::vector<std::string>& kept;
};

TEST_F(NotifierTest, WhatWaitedForOneRecipientGoesAsOneDigestAndEachIsRecorded) {
  std::vector<Notice> notices;
  for (int nth = 1; nth <= 20; ++nth) notices.push_back(stored_notice(nth));
  for (Notice& notice : notices) notice.urgent = &notice == &notices[7];
  Notice another = stored_notice(21);
  another.unit = {RawId::make(1, 990121, 8, 0)};
  another.urgent = false;
  notices.insert(notices.begin() + 5, another);
  std::vector<std::string> messages;
  EXPECT_EQ(carry(std::make_unique<Kept>(messages), notices), "command");
  ASSERT_EQ(messages.size(), 3U);
  EXPECT_TRUE(messages[0].starts_with(R"({"notice":{)")) << "the urgent one by itself: " << messages[0];
  EXPECT_NE(messages[0].find(R"("urgent":true)"), std::string::npos);
  EXPECT_TRUE(messages[1].starts_with(R"({"digest":{"count":19},"unit":{)")) << messages[1];
  EXPECT_TRUE(messages[2].starts_with(R"({"notice":{)")) << messages[2];
  const auto read = parse_own_json(messages[1]);
  EXPECT_EQ(read.at("notices").as_array().size(), 19U);
  for (const Notice& notice : notices) EXPECT_EQ(delivered_by(notice.no), "command");
}

TEST_F(NotifierTest, AFewGoSingly) {
  std::vector<Notice> notices;
  for (int nth = 1; nth <= 5; ++nth) notices.push_back(stored_notice(nth));
  std::vector<std::string> messages;
  EXPECT_EQ(carry(std::make_unique<Kept>(messages), notices), "command");
  EXPECT_EQ(messages.size(), 5U);
}

TEST_F(NotifierTest, WhatNobodyTakesIsNotDelivered) {
  const auto script = directory / "broken.sh";
  std::ofstream(script) << "#!/bin/sh\nexit 3\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  EXPECT_FALSE(runtime::make_command(script.string())->deliver("{}"));
  // It ends without having read what is more than the way holds: that must cost the delivery, not the server.
  EXPECT_FALSE(runtime::make_command(script.string())->deliver(std::string(4'000'000, 'x')));
  EXPECT_FALSE(runtime::make_webhook("http://127.0.0.1:1/", std::chrono::seconds(1))->deliver("{}"));
}

TEST_F(NotifierTest, AProgramThatHangsIsEnded) {
  const auto script = directory / "hangs.sh";
  std::ofstream(script) << "#!/bin/sh\nsleep 60\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  EXPECT_FALSE(runtime::make_command(script.string(), std::chrono::seconds(1))->deliver("{}"));
}

}  // namespace
}  // namespace fx::bin
