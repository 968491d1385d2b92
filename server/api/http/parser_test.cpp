#include "api/http/parser.hpp"

#include <gtest/gtest.h>

// Without these, what a request means would depend on where the network happened to cut it.
namespace fx::http {
namespace {

struct Parsed {
  RequestParser::State state = RequestParser::State::more;
  std::string left;
};

/// Shows the parser `pieces` one after the other, as a connection does.
Parsed feed_all(RequestParser& parser, const std::vector<std::string_view>& pieces) {
  Parsed out;
  for (const std::string_view piece : pieces) {
    out.left += piece;
    std::string_view input = out.left;
    do {
      out.state = parser.feed(input);
    } while (out.state == RequestParser::State::head);
    out.left.erase(0, out.left.size() - input.size());
    if (out.state == RequestParser::State::refused) break;
  }
  return out;
}

const std::string_view chunked_request =
    "\r\nPOST /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nX-Empty:\r\nX-Two:  2 \r\nTransfer-Encoding: "
    "chunked\r\n\r\n"
    "5\r\nabcde\r\n1;x=\"y\"\r\nf\r\n0\r\nTrailer: t\r\n\r\nGET /n";
const std::string_view plain_request =
    "PUT /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nX-Empty:\r\nX-Two:  2 \r\nContent-Length: "
    "6\r\n\r\nabcdefGET /n";

void expect_whole(RequestParser& parser, const Parsed& parsed, const std::string& where) {
  ASSERT_EQ(parsed.state, RequestParser::State::complete) << where;
  const Request& request = parser.request();
  EXPECT_EQ(request.path, "/a b") << where;
  EXPECT_EQ(request.query, (std::vector<Header>{{"c", "d"}})) << where;
  EXPECT_EQ(request.body, "abcdef") << where;
  EXPECT_EQ(request.header("x-one"), "1") << where;
  EXPECT_EQ(request.header("x-two"), "2") << where;
  ASSERT_NE(request.find_header("x-empty"), nullptr) << where;
  EXPECT_EQ(request.headers.size(), 5u) << where;  // no trailer among them
  EXPECT_EQ(parsed.left, "GET /n") << where;
  EXPECT_TRUE(parser.keep_alive());
}

TEST(RequestParser, ReadsTheSameWhereverTheBytesAreCut) {
  const Limits limits;
  for (const std::string_view whole : {chunked_request, plain_request}) {
    for (std::size_t a = 0; a <= whole.size(); ++a) {
      for (std::size_t b = a; b <= whole.size(); b += 3) {
        RequestParser parser(limits);
        Parsed parsed = feed_all(parser, {whole.substr(0, a), whole.substr(a, b - a), whole.substr(b)});
        expect_whole(parser, parsed, std::to_string(a) + "|" + std::to_string(b));
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(RequestParser, ReadsByteByByte) {
  const Limits limits;
  for (const std::string_view whole : {chunked_request, plain_request}) {
    RequestParser parser(limits);
    std::vector<std::string_view> bytes;
    for (std::size_t i = 0; i < whole.size(); ++i) bytes.push_back(whole.substr(i, 1));
    const Parsed parsed = feed_all(parser, bytes);
    expect_whole(parser, parsed, "bytes");
  }
}

TEST(RequestParser, StopsAtTheHeadLimitWhereverItIsCut) {
  Limits limits;
  const std::string head = "GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + std::string(100, 'x') + "\r\n\r\n";
  limits.header_bytes = head.size();
  for (std::size_t a = 0; a <= head.size(); ++a) {
    RequestParser fits(limits);
    EXPECT_EQ(feed_all(fits, {head.substr(0, a), head.substr(a)}).state, RequestParser::State::complete) << a;
  }
  --limits.header_bytes;
  for (std::size_t a = 0; a <= head.size(); ++a) {
    RequestParser tight(limits);
    EXPECT_EQ(feed_all(tight, {head.substr(0, a), head.substr(a)}).state, RequestParser::State::refused) << a;
    EXPECT_EQ(tight.fault(), FaultKind::head_too_large) << a;
  }
}

TEST(RequestParser, AnEndlessChunkHeaderOrTrailerIsRefused) {
  const Limits limits;
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string start : {"5;x=", "0\r\nTrailer: "}) {
    RequestParser parser(limits);
    std::vector<std::string> pieces{head + start};
    for (int i = 0; i < 40; ++i) pieces.emplace_back(1000, 'x');
    const Parsed parsed = feed_all(parser, {pieces.begin(), pieces.end()});
    EXPECT_EQ(parsed.state, RequestParser::State::refused) << start;
    EXPECT_LT(parsed.left.size(), 20'000u) << start;
  }
}

}  // namespace
}  // namespace fx::http
