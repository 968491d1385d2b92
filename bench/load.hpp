#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fx::bench {

struct Load {
  std::vector<double> seconds;  ///< of each answered request
  int ok = 0;                   ///< answered 200
  int other = 0;
  std::string first_other;  ///< the first answer that was not 200
  double wall = 0;
};

/// Sends whole HTTP requests over so many connections, on each the next one when the last was answered: as many are
/// under way as there are connections. One thread, so that the client takes little from the server. Stops sending at
/// the limit of time.
Load send_all(std::uint16_t port, int connections, const std::vector<std::string>& requests,
              double most_seconds);

std::string post_request(std::string_view target, std::string_view body, std::string_view cookie,
                         std::string_view key);
std::string get_request(std::string_view target, std::string_view cookie);

}  // namespace fx::bench
