#pragma once

#include <map>
#include <mutex>
#include <span>
#include <string>

#include "api/assets.hpp"
#include "api/http/http.hpp"

namespace fx::api {

/// The web UI out of the program: hashed names for good, gzip where taken, pages with a nonce of their own each time.
class StaticFiles {
 public:
  explicit StaticFiles(std::span<const assets::Asset> assets);
  /// A path without a file extension is a page of the web UI: the one named after its first step (`/field/…`: field.html),
  /// else index.html.
  http::Response answer(const http::Request& request);

 private:
  [[nodiscard]] const std::string* page_of(std::string_view path) const;
  static http::Response show(std::string page);
  const std::string& plain(const assets::Asset& asset);

  std::span<const assets::Asset> assets_;
  std::map<std::string_view, std::string>
      pages_;  ///< by path of the file; unpacked, with the mark for the nonce
  std::mutex mutex_;
  std::map<std::string_view, std::string> unpacked_;  ///< for the rare client that takes no gzip
};

/// Headers of every answer that are not its own: what a browser must not do with it.
const std::vector<http::Header>& security_headers();

}  // namespace fx::api
