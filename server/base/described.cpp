#include "base/described.hpp"

#include <fmt/format.h>

#include <boost/system/system_error.hpp>
#include <cmath>

#include "base/json_reader.hpp"
#include "base/text.hpp"

namespace fx {

std::string Path::text() const {
  std::string out = up != nullptr ? up->text() : std::string();
  if (up == nullptr && name.empty()) return out;
  out += '/';
  if (name.empty()) return out + std::to_string(index);
  for (const char c : name) {  // RFC 6901
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

void add_fault(Faults& faults, const Path& at, std::string_view zh, std::string_view en) {
  constexpr std::size_t enough = 200;  // a hostile list must not make us write a book
  if (faults.size() < enough) faults.push_back({at.text(), {std::string(zh), std::string(en)}});
}

void expected(Faults& faults, const Path& at, std::string_view zh, std::string_view en) {
  add_fault(faults, at, fmt::format("应为{}", zh), fmt::format("expected {}", en));
}

void unknown_choice(Faults& faults, const Path& at, const std::vector<std::string>& choices) {
  const auto list = join(choices, " | ");
  expected(faults, at, fmt::format("以下之一：{}", list), fmt::format("one of {}", list));
}

void unknown_field(Faults& faults, const Path& at, std::string_view name) {
  add_fault(faults, Path{&at, name, 0}, "没有这个字段", "unknown field");
}

void missing_field(Faults& faults, const Path& at, std::string_view name) {
  add_fault(faults, Path{&at, name, 0}, "必填", "required");
}

void write_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;  // runs of plain characters are copied whole
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    out += '\\';
    switch (c) {
      case '\n': out += 'n'; break;
      case '\r': out += 'r'; break;
      case '\t': out += 't'; break;
      case '"':
      case '\\': out += text[i]; break;
      default: ((out += "u00") += hex[c >> 4]) += hex[c & 15];
    }
  }
  out.append(text, from);
  out += '"';
}

bool read_text(const boost::json::value& in, std::string& out, Faults& faults, const Path& at) {
  const auto* text = in.if_string();
  if (text == nullptr) {
    expected(faults, at, "文字", "text");
    return false;
  }
  const std::string_view view(text->data(), text->size());
  if (length_utf8(view) > longest_text) {
    expected(faults, at, "不超过4000字", "at most 4000 characters");
    return false;
  }
  if (view.find('\0') != std::string_view::npos) {
    expected(faults, at, "不含空字符的文字", "text without NUL");
    return false;
  }
  out.assign(view);
  return true;
}

std::string number_text(double value) {
  if (!std::isfinite(value)) return "null";
  return fmt::format("{}", value);
}

void Codec<Instant>::read(const boost::json::value& in, Instant& out, Faults& faults, const Path& at) {
  const auto* text = in.if_string();
  const auto value = text ? parse_instant(std::string_view(text->data(), text->size())) : std::nullopt;
  if (value)
    out = *value;
  else
    expected(faults, at, "时间，如 2022-07-17T22:40:00+08:00", "time such as 2022-07-17T22:40:00+08:00");
}

void Codec<Day>::read(const boost::json::value& in, Day& out, Faults& faults, const Path& at) {
  const auto* text = in.if_string();
  const auto value = text ? parse_day(std::string_view(text->data(), text->size())) : std::nullopt;
  if (value)
    out = *value;
  else
    expected(faults, at, "日期，如 2022-07-17", "day such as 2022-07-17");
}

bool read_id(const boost::json::value& in, RawId& out, Faults& faults, const Path& at) {
  const auto* text = in.if_string();
  const auto value = text ? RawId::parse(std::string_view(text->data(), text->size())) : std::nullopt;
  if (value)
    out = *value;
  else
    expected(faults, at, "编号（36位UUID）", "id (36-character UUID)");
  return value.has_value();
}

RawId id_of_blob(std::string_view bytes) {
  RawId id;
  if (bytes.size() == id.bytes.size()) std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

namespace {
struct TextRefShape {
  RawId id;
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(TextRefShape, (), (id, hash))
}  // namespace

void Codec<TextRef>::write(std::string& out, const TextRef& value) {
  if (value.hash.empty())
    out += "null";
  else
    Codec<TextRefShape>::write(out, {value.id.raw, value.hash});
}

void Codec<TextRef>::read(const boost::json::value& in, TextRef& out, Faults& faults, const Path& at) {
  if (in.is_null()) return;
  TextRefShape shape;
  Codec<TextRefShape>::read(in, shape, faults, at);
  out = {{shape.id}, shape.hash};
}

std::optional<boost::json::value> parse_json(std::string_view text, Faults& faults) {
  JsonRead read = read_json(text);
  if (!read.error) return std::move(read.value);
  const std::string what = read.error.message();
  add_fault(faults, {}, fmt::format("不是有效的JSON（约第{}字节）：{}", read.used, what),
            fmt::format("not valid JSON near byte {}: {}", read.used, what));
  return std::nullopt;
}

boost::json::value parse_own_json(std::string_view text) {
  JsonRead read = read_json(text);
  if (read.error) throw boost::system::system_error(read.error);
  return std::move(read.value);
}

std::string field_text(const FieldValue& value) {
  struct Visitor {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(double v) const { return number_text(v); }
    std::string operator()(const std::string& v) const { return v; }
    std::string operator()(const RawId& v) const { return v.text(); }
    std::string operator()(Instant v) const { return format(v); }
    std::string operator()(Day v) const { return format(v); }
    std::string operator()(const std::vector<RawId>& v) const {
      std::string out;
      for (const auto& id : v) (out += out.empty() ? "" : ",") += id.text();
      return out;
    }
    std::string operator()(const std::vector<std::string>& v) const { return join(v, ","); }
  };
  return std::visit(Visitor{}, value);
}

}  // namespace fx
