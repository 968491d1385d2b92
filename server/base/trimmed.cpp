#include "base/trimmed.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace fx {
namespace {

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

}  // namespace

bool has_blank_ends(const boost::json::value& value) {
  if (const auto* text = value.if_string()) return trim(view(*text)).size() != text->size();
  if (const auto* array = value.if_array()) return std::ranges::any_of(*array, has_blank_ends);
  if (const auto* object = value.if_object())
    return std::ranges::any_of(*object, [](const auto& field) { return has_blank_ends(field.value()); });
  return false;
}

void trim_texts(boost::json::value& value) {
  if (auto* text = value.if_string()) {
    *text = std::string(trim(view(*text)));
  } else if (auto* array = value.if_array()) {
    std::ranges::for_each(*array, trim_texts);
  } else if (auto* object = value.if_object()) {
    for (auto& field : *object) trim_texts(field.value());
  }
}

}  // namespace fx
