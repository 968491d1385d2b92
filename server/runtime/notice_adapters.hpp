#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace fx::runtime {

/// A way out of the program for notices (settled.md 24): SMS or telephone gateways attach here. The message is one JSON
/// object without any person's name.
class NoticeAdapter {
 public:
  virtual ~NoticeAdapter() = default;
  /// What the delivery is recorded as: webhook | command.
  [[nodiscard]] virtual std::string way() const = 0;
  /// True when the other side took it. Blocks at most the adapter's limit.
  virtual bool deliver(const std::string& message) = 0;
};

/// POSTs the message to an address; 2xx is taken.
std::unique_ptr<NoticeAdapter> make_webhook(std::string url,
                                            std::chrono::seconds limit = std::chrono::seconds(10));

/// Starts a program with the message on its standard input; exit code 0 is taken. A program that outlives the limit is
/// ended.
std::unique_ptr<NoticeAdapter> make_command(std::string program,
                                            std::chrono::seconds limit = std::chrono::seconds(10));

}  // namespace fx::runtime
