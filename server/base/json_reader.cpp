#include "base/json_reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <string>

namespace fx {
namespace {

namespace json = boost::json;
using Code = boost::system::error_code;

constexpr std::size_t deepest = 32;  // levels of nesting; beyond them a text is refused

/// What the parser tells, piled up to a value.
struct Pile {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  json::value_stack stack;

  bool on_document_begin(Code& /*error*/) { return true; }
  bool on_document_end(Code& /*error*/) { return true; }
  bool on_object_begin(Code& /*error*/) { return true; }
  bool on_object_end(std::size_t n, Code& /*error*/) { return stack.push_object(n), true; }
  bool on_array_begin(Code& /*error*/) { return true; }
  bool on_array_end(std::size_t n, Code& /*error*/) { return stack.push_array(n), true; }
  bool on_key_part(json::string_view s, std::size_t /*n*/, Code& /*error*/) {
    return stack.push_chars(s), true;
  }
  bool on_key(json::string_view s, std::size_t /*n*/, Code& /*error*/) { return stack.push_key(s), true; }
  bool on_string_part(json::string_view s, std::size_t /*n*/, Code& /*error*/) {
    return stack.push_chars(s), true;
  }
  bool on_string(json::string_view s, std::size_t /*n*/, Code& /*error*/) {
    return stack.push_string(s), true;
  }
  bool on_number_part(json::string_view /*s*/, Code& /*error*/) { return true; }
  bool on_int64(std::int64_t i, json::string_view /*s*/, Code& /*error*/) {
    return stack.push_int64(i), true;
  }
  bool on_uint64(std::uint64_t u, json::string_view /*s*/, Code& /*error*/) {
    return stack.push_uint64(u), true;
  }
  /// The whole text is given to the parser at once, so `s` is the whole number.
  bool on_double(double nearly, json::string_view s, Code& /*error*/) {
    double exact = nearly;
    const auto [end, wrong] = std::from_chars(s.data(), s.data() + s.size(), exact);
    return stack.push_double(wrong == std::errc() ? exact : nearly), true;
  }
  bool on_bool(bool b, Code& /*error*/) { return stack.push_bool(b), true; }
  bool on_null(Code& /*error*/) { return stack.push_null(), true; }
  bool on_comment_part(json::string_view /*s*/, Code& /*error*/) { return true; }
  bool on_comment(json::string_view /*s*/, Code& /*error*/) { return true; }
};

}  // namespace

JsonRead read_json(std::string_view text) {
  JsonRead out;
  json::parse_options options;
  options.max_depth = deepest;
  json::basic_parser<Pile> parser(options);
  parser.handler().stack.reset();
  out.used = parser.write_some(false, text.data(), text.size(), out.error);
  if (!out.error && out.used < text.size()) out.error = json::error::extra_data;
  if (!out.error) out.value = parser.handler().stack.release();
  return out;
}

}  // namespace fx
