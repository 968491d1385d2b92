#pragma once

#include <boost/json/object.hpp>

#include "base/described.hpp"
#include "base/result.hpp"

namespace fx::api {

/// A described struct as a JSON schema. `x-kind` and `x-tag` tell forms what the type system knows beyond it.
boost::json::object schema_of(const TypeInfo& type);
boost::json::object schema_of(const FieldInfo& field);
boost::json::object reference_to(std::string_view schema);
boost::json::object words_object(const Words& say);

/// JSON as people read it: two blanks a level, one line a member.
std::string printed(const boost::json::value& value);

}  // namespace fx::api
