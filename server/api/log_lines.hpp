#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace fx::api {

/// Lines of the log on standard error. Written by many threads, gathered for a tenth of a second and given to the system
/// in one call: at thousands of requests a second a call for each line was a tenth of the server's time. What says
/// "error" does not wait.
class LogLines {
 public:
  LogLines();
  LogLines(const LogLines&) = delete;
  LogLines& operator=(const LogLines&) = delete;
  ~LogLines();

  void add(std::string_view line, bool at_once);

 private:
  void loop();
  static void write(const std::string& lines);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::string waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fx::api
