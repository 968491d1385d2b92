#pragma once

#include <span>
#include <string_view>

/// The files that travel inside the program. The tables are written at build time (cmake/embed.py).
namespace fx::assets {

struct Asset {
  std::string_view path;  ///< all(): a URL path, "/index.html"; else relative to the folder, "covid19/x.toml"
  std::string_view mime;  ///< ready for Content-Type
  std::string_view etag;  ///< ready for ETag, quotes included; of the uncompressed bytes
  std::span<const unsigned char> gzip;  ///< all(): the file, compressed; empty in the other tables
  bool immutable;                       ///< the name holds a hash of the content: may be cached for good
  std::string_view text;  ///< rulebook(), reference(): the file as it is (NUL follows); empty in all()
};

/// The web UI, web/dist/**; empty when the web was not built. Sorted by path.
std::span<const Asset> all();
/// rulebook/**.toml
std::span<const Asset> rulebook();
/// reference/**
std::span<const Asset> reference();

}  // namespace fx::assets
