#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "journal/reader.hpp"
#include "kernel/roles.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::api {

/// What a page of a desk may know of who asks, and work with.
struct PageAsk {
  std::function<std::string(std::string_view)> query;  ///< a parameter; empty when absent
  /// Is this place, or one of these units, the visitor's? What is not is not there for them.
  std::function<bool(std::int32_t jurisdiction, std::vector<UnitId> units)> sees;
  std::function<std::string(const RawId& text)> words;     ///< of a sealed text; empty when it is gone
  std::function<std::string(const RawId& person)> person;  ///< full name; empty when it is gone
  std::function<bool(const Duty&)> sees_duty;
  std::function<std::string(const Duty&)> duty;  ///< a DutyRow of the API
  journal::Reader& reader;
  const rulebook::Rulebook& rules;
  Instant now;
};

struct PageAnswer {
  std::string body;  ///< a JSON object, unless `type` says otherwise
  std::string type = "application/json";
  std::string file;           ///< name to save it under
  std::set<RawId> persons;    ///< shown masked beside it: "persons"
  std::set<RawId> accounts;   ///< named there, too
  std::vector<RawId> looked;  ///< whose records the answer tells of: they stand in the audit
};

/// What a desk shows besides its lists: computed when asked, e.g. who met a case.
struct DeskPage {
  std::string desk;
  std::string name;
  std::vector<Role> readers;
  /// Kind of the audit line, which is durable before anything is shown; empty: the page tells of nobody.
  std::string audit;
  /// Throws Declined; runs on a reader's thread.
  std::function<PageAnswer(const PageAsk&)> answer;
};

using DeskPages = std::shared_ptr<const std::vector<DeskPage>>;

}  // namespace fx::api
