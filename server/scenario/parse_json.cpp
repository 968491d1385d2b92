#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "scenario/script.hpp"
#include "scenario/words.hpp"

namespace fx::scenario {
namespace {

// The JSON form has the words of the text form: one object a line, named by its first word.
struct JsonUnit {
  std::string name;
  UnitKind kind = UnitKind::other;
  std::int32_t jurisdiction = 0;
  std::optional<std::string> parent, zh, en;
};
BOOST_DESCRIBE_STRUCT(JsonUnit, (), (name, kind, jurisdiction, parent, zh, en))
struct JsonPost {
  std::string name;
  std::vector<Role> roles;
  std::string unit;
  std::optional<std::string> full_name;
};
BOOST_DESCRIBE_STRUCT(JsonPost, (), (name, roles, unit, full_name))
struct JsonPerson {
  std::string name;
  std::string full_name;
  std::optional<std::string> document;
};
BOOST_DESCRIBE_STRUCT(JsonPerson, (), (name, full_name, document))
struct JsonRule {
  std::string id;
  std::string value;
  std::optional<std::int32_t> jurisdiction;
};
BOOST_DESCRIBE_STRUCT(JsonRule, (), (id, value, jurisdiction))
struct JsonLet {
  std::string name;
  std::optional<std::string> event, field, notice, to;
};
BOOST_DESCRIBE_STRUCT(JsonLet, (), (name, event, field, notice, to))

struct Reader {
  Script script;
  std::vector<ScriptError> errors;
  int number = 0;

  void fail(std::string say) { errors.push_back({number, std::move(say)}); }
  template <class T>
  T read(const boost::json::value& in) {
    T out{};
    Faults faults;
    read_json(in, out, faults);
    for (const Fault& fault : faults) fail(fault.path + ": " + fault.say.en);
    return out;
  }
  template <class T>
  void add(T what, const boost::json::value& in) {
    script.lines.push_back({number, boost::json::serialize(in), std::move(what)});
  }
  std::string text(const boost::json::object& in, std::string_view key) {
    const auto* value = in.if_contains(key);
    if (value == nullptr) return {};
    if (const auto* s = value->if_string()) return std::string(*s);
    fail(fmt::format("{}: expected text", key));
    return {};
  }
  /// HH:MM or YYYY-MM-DD HH:MM.
  std::string time(const boost::json::object& in, std::string_view key) {
    std::string out = text(in, key);
    if (!out.empty() && !is_time(out))
      fail(fmt::format("{}: expected a time such as 22:40 or 2022-07-18 00:10, found '{}'", key, out));
    return out;
  }
  std::string needed(const boost::json::object& in, std::string_view key) {
    if (!in.contains(key)) fail(fmt::format("{} is missing", key));
    return text(in, key);
  }
  /// A key nobody reads is a slip of the pen, and what it was to say would be lost in silence.
  void only(const boost::json::object& in, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : in)
      if (std::ranges::find(known, std::string_view(key)) == known.end())
        fail(fmt::format("'{}' is not known here", std::string_view(key)));
  }
  boost::json::object fields(const boost::json::object& in, std::string_view key) {
    const auto* value = in.if_contains(key);
    if (value == nullptr) return {};
    if (const auto* o = value->if_object()) return *o;
    fail(fmt::format("{}: expected object", key));
    return {};
  }
};

void read_expect(Reader& in, const boost::json::object& line) {
  using What = ExpectLine::What;
  static constexpr std::pair<std::string_view, What> kinds[] = {
      {"event", What::event},         {"no-event", What::no_event}, {"refused", What::refused},
      {"duty", What::duty},           {"no-duty", What::no_duty},   {"notice", What::notice},
      {"no-notice", What::no_notice}, {"row", What::row},           {"count", What::count}};
  in.only(line, {"expect"});
  const auto body = in.fields(line, "expect");
  in.only(body, {"event", "no-event", "refused", "duty", "no-duty", "notice", "no-notice", "row", "count",
                 "fields", "due", "state", "at", "to", "about", "from", "kind", "equals"});
  ExpectLine expect;
  int known = 0;
  for (const auto& [word, what] : kinds) {
    if (!body.contains(word)) continue;
    ++known;
    expect.what = what;
    expect.name = in.text(body, word);
  }
  if (known != 1)
    in.fail("expect: one of event, no-event, refused, duty, no-duty, notice, no-notice, row, count");
  expect.fields = in.fields(body, "fields");
  expect.due = in.time(body, "due");
  expect.state = in.text(body, "state");
  expect.at = in.time(body, "at");
  expect.to = in.text(body, "to");
  expect.about = in.text(body, "about");
  expect.debtor = in.text(body, "from");
  expect.kind = in.text(body, "kind");
  const auto* n = body.if_contains("equals");
  if (n != nullptr && n->is_int64())
    expect.count = n->as_int64();
  else if (n != nullptr || expect.what == What::count)
    in.fail("equals: expected a whole number");
  in.add(std::move(expect), line);
}

void read_let(Reader& in, const boost::json::object& line, const boost::json::value& let) {
  auto l = in.read<JsonLet>(let);
  const bool event = l.event && l.field && !l.notice && !l.to;
  const bool notice = l.notice && !l.event && !l.field;
  if (!event && !notice) in.fail("let: a name and either event with field, or notice with or without to");
  in.add(
      LetLine{l.name, l.event.value_or(""), l.field.value_or(""), l.notice.value_or(""), l.to.value_or("")},
      line);
}

void read_do(Reader& in, const boost::json::object& line) {
  in.only(line, {"at", "occurred", "queued", "actor", "do", "with"});
  if (!line.contains("at")) in.fail("at is missing");
  const auto* queued = line.if_contains("queued");
  if (queued != nullptr && !queued->is_bool()) in.fail("queued: true or false");
  in.add(DoLine{.at = in.time(line, "at"),
                .occurred = in.time(line, "occurred"),
                .actor = in.needed(line, "actor"),
                .queued = queued != nullptr && queued->is_bool() && queued->get_bool(),
                .operation = in.text(line, "do"),
                .fields = in.fields(line, "with")},
         line);
}

void read_line(Reader& in, const boost::json::object& line) {
  if (const auto* unit = line.if_contains("unit")) {
    in.only(line, {"unit"});
    auto u = in.read<JsonUnit>(*unit);
    return in.add(UnitLine{u.name, u.kind, u.jurisdiction, u.parent.value_or(""), u.zh.value_or(u.name),
                           u.en.value_or(u.name)},
                  line);
  }
  if (const auto* post = line.if_contains("post")) {
    in.only(line, {"post"});
    auto p = in.read<JsonPost>(*post);
    return in.add(PostLine{p.name, p.roles, p.unit, p.full_name.value_or("")}, line);
  }
  if (const auto* person = line.if_contains("person")) {
    in.only(line, {"person"});
    auto p = in.read<JsonPerson>(*person);
    return in.add(PersonLine{p.name, p.full_name, p.document.value_or("")}, line);
  }
  if (const auto* rule = line.if_contains("rule")) {
    in.only(line, {"rule"});
    auto r = in.read<JsonRule>(*rule);
    return in.add(RuleLine{r.id, r.value, r.jurisdiction.value_or(0)}, line);
  }
  if (const auto* let = line.if_contains("let")) {
    in.only(line, {"let"});
    return read_let(in, line, *let);
  }
  if (line.contains("expect")) return read_expect(in, line);
  if (line.contains("clock")) {
    in.only(line, {"clock"});
    return in.add(ClockLine{in.time(line, "clock")}, line);
  }
  if (line.contains("do")) return read_do(in, line);
  in.fail("a line has one of unit, post, person, rule, let, do, clock, expect");
}

}  // namespace

std::variant<Script, std::vector<ScriptError>> parse_json_form(std::string_view file, std::string_view text) {
  Reader in;
  in.script.file = file;
  Faults faults;
  const auto document = parse_json(text, faults);
  const auto* object = document ? document->if_object() : nullptr;
  if (object == nullptr) {
    in.fail(faults.empty() ? "expected an object with title, start and lines" : faults.front().say.en);
    return in.errors;
  }
  in.only(*object, {"title", "start", "lines"});
  in.script.title = in.text(*object, "title");
  in.script.start = in.time(*object, "start");
  if (in.script.start.find(' ') == std::string::npos)
    in.fail("start needs a date and a time, e.g. 2022-07-17 18:00");
  const auto* lines = object->if_contains("lines");
  if (lines == nullptr || !lines->is_array()) {
    in.fail("expected a list of lines");
    return in.errors;
  }
  for (const auto& line : lines->as_array()) {
    ++in.number;
    if (const auto* o = line.if_object())
      read_line(in, *o);
    else
      in.fail("expected an object");
  }
  if (!in.errors.empty()) return in.errors;
  return in.script;
}

}  // namespace fx::scenario
