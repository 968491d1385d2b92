#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "scenario/script.hpp"

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
      {"event", What::event}, {"no-event", What::no_event}, {"refused", What::refused}, {"duty", What::duty},
      {"no-duty", What::no_duty}, {"notice", What::notice}, {"no-notice", What::no_notice}, {"row", What::row},
      {"count", What::count}};
  const auto body = in.fields(line, "expect");
  ExpectLine expect;
  bool known = false;
  for (const auto& [word, what] : kinds) {
    if (!body.contains(word)) continue;
    known = true;
    expect.what = what;
    expect.name = in.text(body, word);
  }
  if (!known) in.fail("expect: one of event, no-event, refused, duty, no-duty, notice, no-notice, row, count");
  expect.fields = in.fields(body, "fields");
  expect.due = in.text(body, "due");
  expect.state = in.text(body, "state");
  expect.at = in.text(body, "at");
  expect.to = in.text(body, "to");
  expect.about = in.text(body, "about");
  expect.debtor = in.text(body, "from");
  expect.kind = in.text(body, "kind");
  if (const auto* n = body.if_contains("equals"); n != nullptr && n->is_int64()) expect.count = n->as_int64();
  in.add(std::move(expect), line);
}

void read_line(Reader& in, const boost::json::object& line) {
  if (const auto* unit = line.if_contains("unit")) {
    auto u = in.read<JsonUnit>(*unit);
    return in.add(UnitLine{u.name, u.kind, u.jurisdiction, u.parent.value_or(""), u.zh.value_or(u.name), u.en.value_or(u.name)}, line);
  }
  if (const auto* post = line.if_contains("post")) {
    auto p = in.read<JsonPost>(*post);
    return in.add(PostLine{p.name, p.roles, p.unit, p.full_name.value_or("")}, line);
  }
  if (const auto* person = line.if_contains("person")) {
    auto p = in.read<JsonPerson>(*person);
    return in.add(PersonLine{p.name, p.full_name, p.document.value_or("")}, line);
  }
  if (const auto* rule = line.if_contains("rule")) {
    auto r = in.read<JsonRule>(*rule);
    return in.add(RuleLine{r.id, r.value, r.jurisdiction.value_or(0)}, line);
  }
  if (const auto* let = line.if_contains("let")) {
    auto l = in.read<JsonLet>(*let);
    return in.add(LetLine{l.name, l.event.value_or(""), l.field.value_or(""), l.notice.value_or(""), l.to.value_or("")}, line);
  }
  if (line.contains("expect")) return read_expect(in, line);
  if (line.contains("clock")) return in.add(ClockLine{in.text(line, "clock")}, line);
  if (line.contains("do"))
    return in.add(DoLine{in.text(line, "at"), in.text(line, "occurred"), in.text(line, "actor"), in.text(line, "do"),
                         in.fields(line, "with")},
                  line);
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
  in.script.title = in.text(*object, "title");
  in.script.start = in.text(*object, "start");
  if (in.script.start.empty()) in.fail("the scenario says no start");
  const auto* lines = object->if_contains("lines");
  if (lines == nullptr || !lines->is_array()) {
    in.fail("expected a list of lines");
    return in.errors;
  }
  for (const auto& line : lines->as_array()) {
    ++in.number;
    if (const auto* o = line.if_object()) read_line(in, *o);
    else in.fail("expected an object");
  }
  if (!in.errors.empty()) return in.errors;
  return in.script;
}

}  // namespace fx::scenario
