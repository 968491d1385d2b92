#include <fmt/format.h>
#include <boost/json/parse.hpp>

#include <charconv>
#include <functional>

#include "base/text.hpp"
#include "scenario/script.hpp"
#include "scenario/words.hpp"

namespace fx::scenario {
namespace {

struct Reader {
  Script script;
  std::vector<ScriptError> errors;
  int number = 0;
  bool started = false;  ///< there is a line that says when
  std::string_view text;
  std::vector<std::string> words;
  std::size_t at = 0;

  void fail(std::string say) { errors.push_back({number, std::move(say)}); }
  [[nodiscard]] bool more() const { return at < words.size(); }
  std::string next() { return more() ? words[at++] : std::string(); }
  [[nodiscard]] std::string peek() const { return more() ? words[at] : std::string(); }
  bool accept(std::string_view word) {
    if (peek() != word) return false;
    ++at;
    return true;
  }
  std::string need(std::string_view what) {
    if (!more()) fail(fmt::format("{} is missing", what));
    return next();
  }
  /// [date] HH:MM, together in quotes or not, as the values of fields have it
  std::string time(std::string_view what) {
    std::string out;
    if (peek().starts_with('"')) {
      const std::string said = unquoted(peek());
      const auto both = split(said, ' ');
      const bool right = (both.size() == 1 && is_clock(both[0])) ||
                         (both.size() == 2 && is_date(both[0]) && is_clock(both[1]));
      if (right) {
        ++at;
        return said;
      }
    }
    if (is_date(peek())) out = next() + " ";
    if (!is_clock(peek())) {
      fail(fmt::format("{}: expected a time such as 22:40 or 2022-07-18 00:10, found '{}'", what, peek()));
      return {};
    }
    return out + next();
  }
  template <class T>
  void add(T line) {
    script.lines.push_back({number, std::string(trim(text)), std::move(line)});
  }
};

/// A value as written: quoted text, a list, an object, or a plain word that the field's kind will read.
boost::json::value value_of(const std::string& word) {
  const char first = word.empty() ? ' ' : word.front();
  if (first != '[' && first != '{' && first != '"') return boost::json::value(word);
  boost::system::error_code error;
  auto value = boost::json::parse(word, error);
  if (!error) return value;
  if (first != '[') return boost::json::value(word);
  boost::json::array list;  // [T1, T2]: plain words
  for (const auto item : split(std::string_view(word).substr(1, word.size() - 2), ','))
    if (!trim(item).empty()) list.emplace_back(unquoted(trim(item)));
  return list;
}

void read_fields(Reader& in, boost::json::object& fields) {
  while (in.more()) {
    const std::string word = in.next();
    const auto pair = pair_of(word);
    if (!pair) {
      in.fail(fmt::format("expected field=value, found '{}'", word));
      continue;
    }
    fields[pair->first] = value_of(pair->second);
  }
}

std::int32_t number_of(Reader& in, const std::string& word, std::string_view what) {
  std::int32_t n = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), n);
  if (error != std::errc() || end != word.data() + word.size())
    in.fail(fmt::format("{}: expected a number, found '{}'", what, word));
  return n;
}

void read_unit(Reader& in) {
  UnitLine unit;
  unit.name = in.need("the unit's name");
  const std::string kind = in.need("the unit's kind");
  if (const auto known = enum_from<UnitKind>(kind))
    unit.kind = *known;
  else
    in.fail(
        fmt::format("no kind of unit is called '{}'; kinds: {}", kind, join(enum_choices<UnitKind>(), " ")));
  unit.jurisdiction = number_of(in, in.need("the division code"), "division code");
  if (in.accept("in")) unit.parent = in.need("the unit above");
  unit.zh = in.more() ? unquoted(in.next()) : unit.name;
  unit.en = in.more() ? unquoted(in.next()) : unit.name;
  in.add(std::move(unit));
}

void read_post(Reader& in) {
  PostLine post;
  post.name = in.need("the name of who holds the post");
  const std::string roles = in.need("a role");
  for (const auto word : split(roles, ',')) {
    if (const auto role = enum_from<Role>(word))
      post.roles.push_back(*role);
    else
      in.fail(fmt::format("no role is called '{}'; roles: {}", word, join(enum_choices<Role>(), " ")));
  }
  if (!in.accept("at")) in.fail("expected 'at UNIT'");
  post.unit = in.need("the unit");
  if (in.more()) post.full_name = unquoted(in.next());
  in.add(std::move(post));
}

void read_person(Reader& in) {
  PersonLine person;
  person.name = in.need("the person's name in this scenario");
  person.full_name = unquoted(in.need("the person's full name in quotes"));
  person.document = in.next();
  in.add(std::move(person));
}

void read_rule(Reader& in) {
  RuleLine rule;
  rule.id = in.need("the rule's id");
  if (!in.accept("=")) in.fail("expected '='");
  rule.value = unquoted(in.need("a value"));
  if (in.accept("in")) rule.jurisdiction = number_of(in, in.need("division code"), "division code");
  in.add(std::move(rule));
}

void read_let(Reader& in) {
  LetLine let;
  let.name = in.need("a name");
  if (!in.accept("=")) in.fail("expected '='");
  if (in.accept("notice")) {
    let.notice_rule = in.need("the rule of the notice");
    if (in.accept("to")) let.notice_to = in.need("UNIT:ROLE");
  } else {
    let.event = in.need("an event");
    let.field = in.need("a field of the event");
  }
  in.add(std::move(let));
}

void read_expect(Reader& in) {
  using What = ExpectLine::What;
  static const std::map<std::string, What, std::less<>> kinds{
      {"event", What::event},         {"no-event", What::no_event}, {"refused", What::refused},
      {"duty", What::duty},           {"no-duty", What::no_duty},   {"notice", What::notice},
      {"no-notice", What::no_notice}, {"row", What::row},           {"count", What::count}};
  ExpectLine expect;
  std::string word = in.need("what is expected");
  auto kind = kinds.find(word);
  if (kind == kinds.end()) {
    // -> screening.tube_sealed … is short for -> event screening.tube_sealed …
    if (word.find('.') == std::string::npos)
      return in.fail(
          fmt::format("'{}' is not something to expect: event, no-event, refused, duty, no-duty, notice, "
                      "no-notice, row, count",
                      word));
    kind = kinds.find("event");
    expect.name = word;
  }
  expect.what = kind->second;
  if (expect.name.empty()) expect.name = in.need("its name");
  while (in.more()) {
    if (in.accept("by") || in.accept("due"))
      expect.due = in.time("due");
    else if (in.accept("at"))
      expect.at = in.time("at");
    else if (in.accept("to"))
      expect.to = in.need("UNIT:ROLE");
    else if (in.accept("from"))
      expect.debtor = in.need("UNIT:ROLE");
    else if (in.accept("about"))
      expect.about = in.need("a name");
    else if (in.accept("kind"))
      expect.kind = in.need("a kind of notice");
    else if (in.accept("state"))
      expect.state = in.need("a state");
    else if (in.accept("="))
      expect.count = number_of(in, in.need("a count"), "count");
    else if (const auto pair = pair_of(in.peek()))
      expect.fields[pair->first] = value_of(pair->second), in.next();
    else
      in.fail(fmt::format("cannot read '{}' here", in.next()));
  }
  in.add(std::move(expect));
}

void read_do(Reader& in) {
  DoLine line;
  line.at = in.time("time");
  line.actor = in.need("who acts");
  if (line.actor == "clock") return in.add(ClockLine{line.at});
  line.operation = in.need("an operation, desk.operation");
  line.queued = in.accept("queued");
  if (in.accept("occurred")) line.occurred = in.time("occurred");
  read_fields(in, line.fields);
  in.add(std::move(line));
}

void read_line(Reader& in) {
  static const std::map<std::string, std::function<void(Reader&)>, std::less<>> kinds{
      {"unit", read_unit}, {"post", read_post}, {"person", read_person},
      {"rule", read_rule}, {"let", read_let},   {"->", read_expect}};
  const std::string first = in.peek();
  if (first == "title") {
    in.script.title = unquoted(trim(std::string_view(trim(in.text)).substr(5)));
    return;
  }
  if (first == "start") {
    in.next();
    in.started = true;
    in.script.start = in.time("start");
    if (!in.script.start.empty() && in.script.start.find(' ') == std::string::npos)
      in.fail("start needs a date and a time, e.g. start 2022-07-17 18:00");
    return;
  }
  const auto kind = kinds.find(first);
  if (kind != kinds.end()) {
    in.next();
    kind->second(in);
  } else if (is_clock(first) || is_date(first)) {
    read_do(in);
  } else {
    in.fail(fmt::format(
        "a line starts with title, start, unit, post, person, rule, let, -> or a time, not with '{}'",
        first));
  }
}

}  // namespace

std::variant<Script, std::vector<ScriptError>> parse_text(std::string_view file, std::string_view text) {
  Reader in;
  in.script.file = file;
  for (const auto line : split(text, '\n')) {
    ++in.number;
    in.text = line;
    in.at = 0;
    auto words = words_of(line);
    if (!words) {
      in.fail("a quote or bracket is not closed");
      continue;
    }
    in.words = std::move(*words);
    if (!in.words.empty()) read_line(in);
  }
  if (!in.started) in.errors.push_back({1, "the scenario says no start, e.g. start 2022-07-17 18:00"});
  if (!in.errors.empty()) return in.errors;
  return in.script;
}

}  // namespace fx::scenario
