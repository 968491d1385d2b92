#pragma once

#include <span>
#include <stdexcept>
#include <string>

#include "api/http/http.hpp"
#include "kernel/command.hpp"
#include "kernel/registry.hpp"

namespace fx::api {

/// A "no" that ends the reading of a request wherever it is found.
class Declined : public std::runtime_error {
 public:
  explicit Declined(http::Response response)
      : std::runtime_error("declined"), response_(std::move(response)) {}
  [[nodiscard]] http::Response take() { return std::move(response_); }

 private:
  http::Response response_;
};

/// `{"refusals":[{code,zh,en,rule,source,path,lifts}]}`
http::Response refused(unsigned status, std::span<const Refusal> refusals);
/// One of the door's own codes (door_words.cpp), with `Retry-After` where trying again helps.
http::Response refused(unsigned status, std::string_view code, std::string path = {});
/// 400 `{"code":"F-SHAPE","faults":[{path,zh,en}],"refusals":[{code …}]}`
http::Response malformed(const Faults& faults);
http::Response malformed(std::string_view path, std::string_view zh, std::string_view en);
http::Response busy(std::string_view code = "F-BUSY");

/// What became of a command, as the caller hears it. `body` is the command's, to tell which field names an unknown unit.
http::Response answer_of(const Outcome& outcome, const Operation& operation, const void* body,
                         const Reference& reference);

/// The door's own refusals and their sentences.
const std::map<std::string, Words>& door_refusals();

}  // namespace fx::api
