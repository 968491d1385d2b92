#pragma once

#include <cstdint>
#include <functional>
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

/// A request that is not known before another was answered; `bytes` lives until `heard` was called with its number.
struct Next {
  std::size_t number = 0;
  const std::string* bytes = nullptr;  ///< none: nothing to send now
};
/// The same with requests made on the way: a connection that was answered asks for the next one. Ends when nothing is
/// under way and `next` has nothing.
Load send_each(std::uint16_t port, int connections, const std::function<Next()>& next,
               const std::function<void(std::size_t number, const std::string& answer)>& heard,
               double most_seconds);

/// So many requests a second for so long, however slow the answers are; each is timed from when it was due, so that one
/// which waited for a free connection is not called fast. `request` makes the n-th.
Load send_paced(std::uint16_t port, int connections, double per_second, double seconds,
                const std::function<std::string(std::size_t n)>& request,
                const std::function<void(std::size_t n, const std::string& answer)>& heard = {});

std::string post_request(std::string_view target, std::string_view body, std::string_view cookie,
                         std::string_view key);
std::string get_request(std::string_view target, std::string_view cookie);

}  // namespace fx::bench
