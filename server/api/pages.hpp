#pragma once

#include <functional>
#include <set>

#include "api/house.hpp"

namespace fx::api {

/// The units of the realm are no secret: duties of one county name units of another.
bool is_public(const List& list);
journal::Scope scope_of_list(const Visitor& who, const List& list);

/// Filters of a query: declared ones only, several values by comma; declines anything else. `others`: parameters that
/// are no filters.
std::vector<journal::Filter> filters_of(const http::Request& request, const TypeInfo& type,
                                        const std::function<bool(std::string_view)>& declared,
                                        std::initializer_list<std::string_view> others);

std::string as_of_json(const journal::Reader& reader);
/// `{"rows":[…],"next":…,"as_of":{batch,at},"persons":{…}}`
std::string page_json(const std::string& rows, const std::string& next, const journal::Reader& reader,
                      const std::string& persons);

/// The people that rows name, shown masked beside them.
class Named {
 public:
  void note(const TypeInfo& type, const void* row);
  void person(const RawId& id) { persons_.insert(id); }
  /// Administrators and auditors see no persons.
  std::string json(Exchange& exchange, journal::Reader& reader);

 private:
  std::set<RawId> persons_;
  std::set<RawId> accounts_;
};

}  // namespace fx::api
