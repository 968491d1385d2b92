#include "api/static_files.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"
#include "runtime/crypto.hpp"

namespace fx::api {
namespace {

constexpr std::string_view nonce_mark = "__CSP_NONCE__";
constexpr std::string_view index_path = "/index.html";

std::string unpack(std::span<const unsigned char> gzip) {
  z_stream stream{};
  constexpr int gzip_header = 16;
  if (inflateInit2(&stream, MAX_WBITS + gzip_header) != Z_OK) throw std::runtime_error("zlib does not start");
  stream.next_in = const_cast<unsigned char*>(gzip.data());
  stream.avail_in = static_cast<unsigned>(gzip.size());
  std::string out;
  char piece[16'384];
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<unsigned char*>(piece);
    stream.avail_out = sizeof piece;
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(piece, sizeof piece - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("an embedded file is damaged");
  return out;
}

std::string random_nonce() {
  constexpr std::size_t bytes = 16;
  return hex(runtime::random_bytes(bytes));
}

std::string policy(std::string_view nonce) {
  const std::string style = nonce.empty() ? std::string() : fmt::format(" 'nonce-{}'", nonce);
  return fmt::format(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'{}; object-src 'none'; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      style);
}

bool takes_gzip(const http::Request& request) {
  return std::ranges::any_of(split(request.header("accept-encoding"), ','), [](std::string_view coding) {
    coding = trim(coding);
    return coding.starts_with("gzip") && coding.find("q=0") == std::string_view::npos;
  });
}

std::string_view last_step(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

const std::vector<http::Header>& security_headers() {
  static const std::vector<http::Header> headers{
      {"Content-Security-Policy", policy({})},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Frame-Options", "DENY"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"}};
  return headers;
}

StaticFiles::StaticFiles(std::span<const assets::Asset> assets) : assets_(assets) {
  for (const assets::Asset& asset : assets_)
    if (asset.path.ends_with(".html")) pages_[asset.path] = unpack(asset.gzip);
}

const std::string& StaticFiles::plain(const assets::Asset& asset) {
  const std::lock_guard lock(mutex_);
  auto& text = unpacked_[asset.path];
  if (text.empty()) text = unpack(asset.gzip);
  return text;
}

const std::string* StaticFiles::page_of(std::string_view path) const {
  if (const auto file = pages_.find(path); file != pages_.end()) return &file->second;
  if (last_step(path).find('.') != std::string_view::npos) return nullptr;
  const std::string_view first = path.substr(0, path.find('/', 1));
  auto found = pages_.find(std::string(first) + ".html");
  if (found == pages_.end()) found = pages_.find(index_path);
  return found != pages_.end() ? &found->second : nullptr;
}

http::Response StaticFiles::show(std::string page) {
  const std::string nonce = random_nonce();
  for (auto at = page.find(nonce_mark); at != std::string::npos; at = page.find(nonce_mark, at))
    page.replace(at, nonce_mark.size(), nonce);
  http::Response response = http::text(200, std::move(page), "text/html; charset=utf-8");
  response.headers.emplace_back("Content-Security-Policy", policy(nonce));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

http::Response StaticFiles::answer(const http::Request& request) {
  const auto found = std::ranges::find(assets_, request.path, &assets::Asset::path);
  if (const std::string* page = page_of(request.path)) return show(*page);
  if (found == assets_.end()) {
    return http::text(404, pages_.empty() ? "This program was built without the web UI.\n" : "Not found\n");
  }
  http::Response response;
  if (request.header("if-none-match") == found->etag) {
    response.status = 304;
  } else if (takes_gzip(request)) {
    response =
        http::bytes({reinterpret_cast<const char*>(found->gzip.data()), found->gzip.size()}, found->mime);
    response.headers.emplace_back("Content-Encoding", "gzip");
  } else {
    response = http::bytes(plain(*found), found->mime);
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("ETag", std::string(found->etag));
  response.headers.emplace_back("Cache-Control",
                                found->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

}  // namespace fx::api
