#pragma once

#include "api/desk_pages.hpp"
#include "api/http/http.hpp"
#include "api/mllp/interfaces.hpp"
#include "api/mllp/listener.hpp"
#include "api/parts.hpp"

namespace fx::api {

struct House;
class MessageDoor;

/// The API of one realm: sign-in, the one door for commands, lists, live updates, the web UI.
///
///   Service service(parts);
///   writer.on_committed([&](const auto& events) { service.committed(events); … });   // before writer.start()
///   writer.on_defect([&](const std::string& why) { service.defect(why); });
///   http::Server server(service.options({.address = …, .port = …}), service.handler());
///
/// The server ends before the service, the service after the writer has stopped (answers come on its thread) and before
/// the other parts.
class Service {
 public:
  /// `pages`: what desks show besides their lists.
  explicit Service(ServiceParts parts, std::vector<DeskPage> pages = {});
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Answers every request, streams included.
  [[nodiscard]] http::Handler handler();
  /// `base` with the headers of every answer and the words of the HTTP layer's own refusals.
  [[nodiscard]] http::Options options(http::Options base) const;
  /// What answers the messages of these interfaces: `options` with who may call and what is told, and the handler. Once.
  [[nodiscard]] std::pair<mllp::Options, mllp::Handler> messages(mllp::Options options,
                                                                 std::vector<mllp::Interface> interfaces);
  /// What was committed: for live updates, masked names, and to end the sessions of closed accounts.
  void committed(const std::vector<StoredEvent>& events);
  /// A command hit a defect: a line in the log.
  void defect(const std::string& why);

 private:
  std::unique_ptr<House> house_;
  DeskPages pages_;
  std::unique_ptr<MessageDoor> messages_;  ///< ends before the house it uses
};

}  // namespace fx::api
