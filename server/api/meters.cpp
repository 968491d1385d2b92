#include "api/meters.hpp"

#include <fmt/format.h>

namespace fx::api {

void Meters::count(const std::string& what, unsigned status, double ms) {
  const std::lock_guard lock(mutex_);
  Taken& taken = taken_[{what, status}];  // `what` is one of our own routes and operations: bounded
  ++taken.count;
  taken.seconds += ms / 1000;
}

std::string Meters::text() const {
  std::string out =
      "# HELP fangxian_requests_total Requests by what was asked and the status of the answer.\n"
      "# TYPE fangxian_requests_total counter\n";
  std::string times =
      "# HELP fangxian_request_seconds_total Time from the request to its answer.\n"
      "# TYPE fangxian_request_seconds_total counter\n";
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, taken] : taken_) {
      const std::string labels = fmt::format(R"({{what="{}",status="{}"}})", key.first, key.second);
      out += fmt::format("fangxian_requests_total{} {}\n", labels, taken.count);
      times += fmt::format("fangxian_request_seconds_total{} {:.6f}\n", labels, taken.seconds);
    }
  }
  return out + times +
         fmt::format(
             "# HELP fangxian_reads_shed_total Reads turned away because writing was behind.\n"
             "# TYPE fangxian_reads_shed_total counter\nfangxian_reads_shed_total {}\n",
             shed.load());
}

}  // namespace fx::api
