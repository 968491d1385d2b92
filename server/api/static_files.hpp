#pragma once

#include <map>
#include <mutex>
#include <span>
#include <string>

#include "api/assets.hpp"
#include "api/http/http.hpp"

namespace fx::api {

/// The web UI out of the program: hashed names for good, gzip where taken, index.html with a nonce of its own each time.
class StaticFiles {
 public:
  explicit StaticFiles(std::span<const assets::Asset> assets);
  /// A path without a file extension is a page of the web UI: index.html.
  http::Response answer(const http::Request& request);

 private:
  http::Response index();
  const std::string& plain(const assets::Asset& asset);

  std::span<const assets::Asset> assets_;
  std::string index_;  ///< unpacked, with the mark for the nonce
  std::mutex mutex_;
  std::map<std::string_view, std::string> unpacked_;  ///< for the rare client that takes no gzip
};

/// Headers of every answer that are not its own: what a browser must not do with it.
const std::vector<http::Header>& security_headers();

}  // namespace fx::api
