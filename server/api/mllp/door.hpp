#pragma once

#include "api/house.hpp"
#include "api/mllp/interfaces.hpp"
#include "api/mllp/listener.hpp"

namespace fx::api {

/// Messages of instruments and laboratories' systems, as commands of the account each interface acts as.
///
/// Answers AA after everything is durable; AE when something of it was refused; AR when it was not judged. AA and AE are kept
/// (`interface_message`): the same message again, also after a restart, hears the same and does nothing. Every refusal, and
/// every connection cut or turned away, stands in the audit.
class MessageDoor {
 public:
  MessageDoor(House& house, std::vector<mllp::Interface> interfaces);

  /// On the listener's thread: hands the message to a thread that may wait.
  void take(mllp::Message&& message, mllp::Reply reply);
  [[nodiscard]] bool allowed(const std::string& peer) const;
  void tell(const std::string& peer, mllp::Cut why);

 private:
  House& house_;
  const std::vector<mllp::Interface> interfaces_;
  Pool work_;
};

}  // namespace fx::api
