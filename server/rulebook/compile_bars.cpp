#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "rulebook/compile_parts.hpp"
#include "rulebook/vocabulary.hpp"

namespace fx::rulebook {

namespace {
constexpr std::size_t most_hops = 2;  // kernel-notes §1: a bar's facts lie at most two rows away
}

std::vector<const Operation*> Compiler::operations(const Reading& reading, const BarEntry& read) {
  std::vector<const Operation*> out;
  const auto excepted = [&](const std::string& name) {
    return std::ranges::find(read.except, name) != read.except.end();
  };
  for (std::size_t i = 0; i < read.except.size(); ++i)
    if (registry_.operation(read.except[i]) == nullptr) {
      const Words near = did_you_mean(read.except[i], operation_names(registry_));
      reading.error("/except/" + std::to_string(i), fmt::format("没有操作“{}”{}", read.except[i], near.zh),
                    fmt::format("unknown operation \"{}\"{}", read.except[i], near.en));
    }
  for (std::size_t i = 0; i < read.refuses.items.size(); ++i) {
    const std::string& name = read.refuses.items[i];
    const std::string path = "/refuses/" + std::to_string(i);
    const std::size_t before = out.size();
    for (const Operation* operation : registry_.operations()) {
      const std::string full = operation->full_name();
      const bool meant =
          full == name || (name.ends_with(".*") && operation->desk + ".*" == name && !operation->internal);
      if (!meant || excepted(full)) continue;
      if (operation->life_saving)
        reading.error(path, fmt::format("{}是救命操作，任何规则不得禁止", full),
                      fmt::format("{} saves lives: no bar may refuse it", full));
      out.push_back(operation);
    }
    if (out.size() > before) continue;
    const Words near = did_you_mean(name, operation_names(registry_));
    reading.error(path, fmt::format("没有操作“{}”{}", name, near.zh),
                  fmt::format("unknown operation \"{}\"{}", name, near.en));
  }
  return out;
}

/// A refusal's code is one that a desk declares with its sentence: people and programs look it up by that.
void Compiler::declared(const Reading& reading, const std::string& path, const std::string& code) {
  if (!reading.entry.has(path)) return;  // said already
  for (const Desk& desk : registry_.desks())
    if (desk.refusals().contains(code)) return;
  std::vector<std::string> codes;
  for (const Desk& desk : registry_.desks())
    for (const auto& [known, say] : desk.refusals()) codes.push_back(known);
  const Words near = did_you_mean(code, codes);
  reading.error(path, fmt::format("没有业务台声明拒绝码“{}”{}", code, near.zh),
                fmt::format("no desk declares the refusal code \"{}\"{}", code, near.en));
}

void Compiler::bar(const Entry& entry) {
  boost::json::object own = entry.body();
  auto made = common(entry, own);
  if (!made) return;
  if (auto* always = own.if_contains("always"); always != nullptr && !always->is_bool()) {
    // "always, under this profile": the condition under which it speaks.
    own["when"] = *always;
    own["always"] = true;
  }
  const auto read = entry.decode<BarEntry>(own, problems_);
  const Reading reading{entry, registry_, into_.values, problems_};
  Rule& rule = *into_.rules.emplace_back(std::move(made));
  const int kinds = (read.until ? 1 : 0) + (read.unless ? 1 : 0) + (read.always.value_or(false) ? 1 : 0);
  if (kinds != 1)
    reading.error("", "须且只须写until、unless、always之一",
                  "exactly one of until, unless, always must stand here");
  declared(reading, "/code", read.code);
  rule.about = join(read.refuses.items, ", ");
  for (const Operation* operation : operations(reading, read)) {
    Barrier out;
    out.rule = &rule;
    out.operation = operation;
    out.always = read.always.value_or(false);
    out.code = read.code;
    out.say = {read.say.zh, read.say.en};
    if (read.lifts) out.lifts = {read.lifts->zh, read.lifts->en};
    if (read.where) out.where = read_where(reading, "/where", read.where->json, *operation->body);
    if (read.until) out.needs = needs(reading, "/until", *read.until, *operation);
    if (read.unless) out.needs = needs(reading, "/unless", *read.unless, *operation);
    if (read.when)
      out.when = needs(reading, entry.body().contains("when") ? "/when" : "/always", *read.when, *operation);
    into_.bars[operation].push_back(std::move(out));
  }
}

/// `on_overdue = { bar, same }` of a rhythm: the operation waits until no duty of it is overdue.
void Compiler::overdue_bar(const Reading& reading, const Rule& rule, const OnOverdue& read) {
  declared(reading, "/on_overdue/code", read.code);
  const Operation* operation = registry_.operation(read.bar);
  if (operation == nullptr) {
    const Words near = did_you_mean(read.bar, operation_names(registry_));
    return reading.error("/on_overdue/bar", fmt::format("没有操作“{}”{}", read.bar, near.zh),
                         fmt::format("unknown operation \"{}\"{}", read.bar, near.en));
  }
  if (operation->life_saving)
    return reading.error("/on_overdue/bar", fmt::format("{}是救命操作，任何规则不得禁止", read.bar),
                         fmt::format("{} saves lives: no bar may refuse it", read.bar));
  const auto about = subject(reading, "/on_overdue/same", *operation->body, read.same);
  if (!about) return;
  Barrier out;
  out.rule = &rule;
  out.operation = operation;
  out.code = read.code;
  out.say = {read.say.zh, read.say.en};
  Need need;
  need.kind = Need::Kind::duty;
  need.about = *about;
  need.duty = rule.id;
  need.state = "none_overdue";
  need.path = "/" + operation->body->fields[*about].name;
  out.needs.push_back(std::move(need));
  into_.bars[operation].push_back(std::move(out));
}

std::vector<Need> Compiler::needs(const Reading& reading, const std::string& path,
                                  const Some<Condition>& read, const Operation& operation) {
  std::vector<Need> out;
  for (std::size_t i = 0; i < read.items.size(); ++i)
    if (auto one = need(reading, read.items.size() == 1 ? path : path + "/" + std::to_string(i),
                        read.items[i], operation))
      out.push_back(std::move(*one));
  return out;
}

std::optional<Need> Compiler::need(const Reading& reading, const std::string& path, const Condition& read,
                                   const Operation& operation) {
  Need out;
  const int kinds = (read.fact ? 1 : 0) + (read.duty ? 1 : 0) + (read.value ? 1 : 0);
  if (kinds != 1) {
    reading.error(path, "条件须且只须写fact、duty、value之一",
                  "a condition has exactly one of fact, duty, value");
    return std::nullopt;
  }
  if (read.fact)
    return fact(reading, path, read, operation, out) ? std::optional(std::move(out)) : std::nullopt;
  if (read.duty) {
    out.kind = Need::Kind::duty;
    out.duty = *read.duty;
    if (into_.rule(out.duty) == nullptr)
      reading.error(path + "/duty", fmt::format("没有义务“{}”（须写在前面或其他文件）", out.duty),
                    fmt::format("unknown duty \"{}\"", out.duty));
    out.state = read.state.value_or("none_open");
    if (out.state != "none_open" && out.state != "none_overdue" && out.state != "open" &&
        out.state != "overdue")
      reading.error(path + "/state", "应为none_open、none_overdue、open、overdue之一",
                    "expected one of none_open, none_overdue, open, overdue");
    const auto about = subject(reading, path + "/about", *operation.body, read.about.value_or(""));
    if (!about) return std::nullopt;
    out.about = *about;
    out.path = "/" + operation.body->fields[*about].name;
    return out;
  }
  out.kind = Need::Kind::value;
  const std::string id = read.value->starts_with('@') ? *read.value : "@" + *read.value;
  auto ref = read_value_ref(reading, path + "/value", id, operation.body);
  if (!ref) return std::nullopt;
  out.value = std::move(*ref);
  refer(out.value);
  if (read.is) out.is.push_back(read.is->json);
  if (read.in)
    for (const Any& any : *read.in) out.is.push_back(any.json);
  if (out.is.empty()) reading.error(path, "须写is或in", "is or in must stand here");
  return out;
}

bool Compiler::fact(const Reading& reading, const std::string& path, const Condition& read,
                    const Operation& operation, Need& out) {
  const auto parts = split(*read.fact, '.');
  if (parts.size() > most_hops + 1) {
    reading.error(path + "/fact", "事实路径最多经过两行",
                  "a fact lies at most two rows away from the operation");
    return false;
  }
  const TypeInfo* type = operation.body;
  std::string where = operation.full_name();
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const FieldInfo* field = id_field(*type, parts[i]);
    const TableType* table =
        field != nullptr && field->kind == FieldKind::id ? table_of(registry_, *field) : nullptr;
    if (table == nullptr) {
      const Words near = did_you_mean(parts[i], field_names(*type));
      reading.error(path + "/fact", fmt::format("从{}的“{}”找不到一行{}", where, parts[i], near.zh),
                    fmt::format("\"{}\" of {} leads to no row{}", parts[i], where, near.en));
      return false;
    }
    if (i == 0) out.path = "/" + field->name;
    out.hops.push_back({static_cast<std::size_t>(field - type->fields.data()), table});
    type = table->info;
    where = table->name;
  }
  const FieldInfo* field = type->find(parts.back());
  if (field == nullptr) {
    const Words near = did_you_mean(parts.back(), field_names(*type));
    reading.error(path + "/fact", fmt::format("{}没有字段“{}”{}", where, parts.back(), near.zh),
                  fmt::format("{} has no field \"{}\"{}", where, parts.back(), near.en));
    return false;
  }
  if (out.hops.empty()) out.path = "/" + field->name;
  out.test.field = static_cast<std::size_t>(field - type->fields.data());
  int tests = 0;
  const auto constant = [&](const char* key, const boost::json::value& json) {
    if (auto made = read_constant(reading, path + "/" + key, json, *field))
      out.test.constants.push_back(std::move(*made));
  };
  if (read.is) {
    ++tests;
    constant("is", read.is->json);
  }
  if (read.in) {
    ++tests;
    for (const Any& any : *read.in) constant("in", any.json);
  }
  if (read.not_) {
    ++tests;
    out.test.kind = Test::Kind::none_of;
    constant("not", read.not_->json);
  }
  if (read.exists) {
    ++tests;
    out.test.kind = Test::Kind::exists;
    out.test.expected = *read.exists;
  }
  const auto limit = [&](const std::optional<Any>& any, Test::Kind kind, const char* key) {
    if (!any) return;
    ++tests;
    out.test.kind = kind;
    if (auto made = read_limit(reading, path + "/" + key, any->json, operation.body))
      out.test.limit = std::move(*made);
  };
  limit(read.below, Test::Kind::below, "below");
  limit(read.above, Test::Kind::above, "above");
  limit(read.at_least, Test::Kind::at_least, "at_least");
  limit(read.at_most, Test::Kind::at_most, "at_most");
  if (tests != 1) {
    reading.error(path, "条件须且只须有一个比较",
                  "a condition compares exactly once: is, in, not, exists, below, above, at_least, at_most");
    return false;
  }
  return true;
}

}  // namespace fx::rulebook
