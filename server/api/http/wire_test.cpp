#include "api/http/wire.hpp"

#include <gtest/gtest.h>

// Without these, an address could mean one thing to the access check and another to the handler.
namespace fx::http {
namespace {

struct Target {
  bool ok = false;
  std::string path;
  std::vector<Header> query;
};

Target decode(std::string_view target) {
  Target out;
  out.ok = decode_target(target, 4, out.path, out.query);
  return out;
}

TEST(HttpTarget, DecodesPathAndQuery) {
  const Target target = decode("/v1/screening/%E6%A0%B7%20x?a=1&b=%E4%B8%AD+%2B&c&=d&&");
  ASSERT_TRUE(target.ok);
  EXPECT_EQ(target.path, "/v1/screening/样 x");
  const std::vector<Header> expected = {{"a", "1"}, {"b", "中 +"}, {"c", ""}, {"", "d"}};
  EXPECT_EQ(target.query, expected);
}

TEST(HttpTarget, TakesTheAbsoluteFormAndDropsFragments) {
  EXPECT_EQ(decode("http://example.org:8080/a?b=c").path, "/a");
  EXPECT_EQ(decode("HTTPS://example.org").path, "/");
  EXPECT_EQ(decode("/a#b?c=d").path, "/a");
  EXPECT_TRUE(decode("/a#b?c=d").query.empty());
}

TEST(HttpTarget, RefusesWhatIsAmbiguousOrNotText) {
  for (const std::string_view bad :
       {"",      "a",       "*",         "/%",      "/%4",        "/%zz",
        "/%00",  "/a%0Ab",  "/%ff",      "/%C0%AF", "/%ED%A0%80", "/../etc/passwd",
        "/a/..", "/a/./b",  "/%2e%2e/x", "/a%2Fb",  "/a%2fb",     "/\x01",
        "/?a=%", "/?a=%FF", "/?%0a=1",   "/?a=%00", "//a/../b"}) {
    EXPECT_FALSE(decode(bad).ok) << bad;
  }
  EXPECT_TRUE(decode("/...").ok);
  EXPECT_TRUE(decode("/a..b/.c").ok);
}

TEST(HttpTarget, LimitsTheNumberOfParameters) {
  EXPECT_TRUE(decode("/?a&b&c&d").ok);
  EXPECT_FALSE(decode("/?a&b&c&d&e").ok);
}

TEST(HttpDate, IsTheImfFixdate) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(1'658'064'600), "Sun, 17 Jul 2022 13:30:00 GMT");
}

TEST(HttpHead, CarriesLengthDateAndCommonHeadersOnce) {
  const CommonHeaders common(
      {{"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", "default-src 'self'"}});
  Response response = json(422, "{}");
  response.headers.emplace_back("content-security-policy", "style-src 'nonce-1'");
  response.headers.emplace_back("Content-Length", "999");
  std::string head;
  ASSERT_TRUE(render_head(head, response, {.length = 2}, common, "D"));
  EXPECT_EQ(head,
            "HTTP/1.1 422 Unprocessable Content\r\nDate: D\r\nContent-Length: 2\r\nContent-Type: "
            "application/json\r\n"
            "content-security-policy: style-src 'nonce-1'\r\nX-Content-Type-Options: nosniff\r\n\r\n");
}

TEST(HttpHead, RefusesALineBreakInAValue) {
  const CommonHeaders common({});
  for (const std::string& value :
       {std::string("a\r\nSet-Cookie: x"), std::string("a\nb"), std::string("a\0b", 3)}) {
    Response response;
    response.headers.emplace_back("X-Name", value);
    std::string head = "before";
    EXPECT_FALSE(render_head(head, response, {}, common, "D"));
    EXPECT_EQ(head, "before");
  }
  Response response;
  response.status = 42;
  std::string head;
  EXPECT_FALSE(render_head(head, response, {}, common, "D"));
}

TEST(HttpEvents, AreFramedLineByLine) {
  EXPECT_EQ(event_text("changed", "a\nb\r\nc", "7"), "id: 7\nevent: changed\ndata: a\ndata: b\ndata: c\n\n");
  EXPECT_EQ(event_text("", "x"), "data: x\n\n");
  EXPECT_EQ(event_text("", ""), "data: \n\n");
}

TEST(HttpFaults, AreWordedInBothLanguagesUnlessTheCallerWordsThem) {
  Options options;
  const Response plain = fault_response(options, FaultKind::busy, "1.2.3.4");
  EXPECT_EQ(plain.status, 503u);
  EXPECT_EQ(
      plain.body,
      R"({"code":"H-BUSY","zh":"系统繁忙，请稍后重试","en":"The system is busy; please try again shortly"})");
  EXPECT_EQ(plain.headers.back(), Header("Retry-After", "1"));

  options.fault = [](const Fault& fault) {
    return text(200, std::string(fault.code) + " " + std::string(fault.peer));
  };
  const Response own = fault_response(options, FaultKind::body_too_large, "1.2.3.4");
  EXPECT_EQ(own.status, 413u);
  EXPECT_EQ(own.body, "H-BODY 1.2.3.4");

  options.fault = [](const Fault&) -> Response { throw 1; };
  EXPECT_EQ(fault_response(options, FaultKind::slow, "").status, 408u);
}

}  // namespace
}  // namespace fx::http
