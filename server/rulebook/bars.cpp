#include <fmt/format.h>

#include <algorithm>

#include "kernel/context.hpp"
#include "kernel/operation.hpp"
#include "rulebook/compile.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

/// The row is named already and may be looked at. A view tells so only by a Defect.
bool named(const View& view, const RowKey& key) {
  try {
    (void)view.find_row(key);
    return true;
  } catch (const Defect&) {
    return false;
  }
}

/// Answers the conditions of bars of one command.
class Judge {
 public:
  Judge(const Compiled& book, const Operation& operation, const void* command, const View& view,
        const Context& context)
      : book_(book),
        view_(view),
        body_(*operation.body, command),
        when_{context.now, context.actor.jurisdiction, any_pathogen} {
    for (std::size_t i = 0; i < operation.body->fields.size(); ++i)
      if (operation.body->fields[i].name == "pathogen")
        when_.pathogen = book.values.pathogen_index(field_text(body_[i]));
  }

  /// Place of the thing concerned: its home decides which values hold.
  void stand_at(const Need& need) {
    const std::size_t field = need.kind == Need::Kind::duty ? need.about
                              : need.hops.empty()           ? body_.type().fields.size()
                                                            : need.hops.front().field;
    if (field >= body_.type().fields.size()) return;
    if (const auto* id = std::get_if<RawId>(&body_[field]); id != nullptr && id->home() != 0)
      when_.jurisdiction = id->home();
  }

  enum class Answer { holds, fails, nothing_there };

  Answer ask(const Need& need) const {
    switch (need.kind) {
      case Need::Kind::fact: return ask_fact(need);
      case Need::Kind::duty: return ask_duty(need);
      case Need::Kind::value: return ask_value(need) ? Answer::holds : Answer::fails;
    }
    return Answer::fails;
  }

  [[nodiscard]] bool where(const Tests& tests) const {
    return all_pass(tests, body_, book_.values, when_, &view_);
  }
  [[nodiscard]] const Asked& when() const { return when_; }
  [[nodiscard]] const Fields& body() const { return body_; }

 private:
  Answer ask_fact(const Need& need) const {
    if (need.hops.empty())
      return passes(need.test, body_[need.test.field], book_.values, when_, &body_, &view_) ? Answer::holds
                                                                                            : Answer::fails;
    const void* row = nullptr;
    FieldValue id = body_[need.hops.front().field];
    for (std::size_t i = 0; i < need.hops.size(); ++i) {
      const auto* raw = std::get_if<RawId>(&id);
      row = raw != nullptr && !raw->is_nil() ? view_.find_row({need.hops[i].table, *raw}) : nullptr;
      // The thing itself is missing: the desk says so. What it points at is missing: the condition is not fulfilled.
      if (row == nullptr) return i == 0 ? Answer::nothing_there : Answer::fails;
      if (i + 1 < need.hops.size()) id = need.hops[i].table->info->fields[need.hops[i + 1].field].get(row);
    }
    const FieldValue value = need.hops.back().table->info->fields[need.test.field].get(row);
    return passes(need.test, value, book_.values, when_, &body_, &view_) ? Answer::holds : Answer::fails;
  }

  Answer ask_duty(const Need& need) const {
    const auto* id = std::get_if<RawId>(&body_[need.about]);
    if (id == nullptr || id->is_nil()) return Answer::nothing_there;
    bool open = false;
    bool overdue = false;
    for (const Duty* duty : view_.open_duties(*id)) {
      if (duty->rule != need.duty) continue;
      open = true;
      overdue = overdue || duty->state == DutyState::overdue || duty->due_at <= when_.at;
    }
    const bool holds = need.state == "open"           ? open
                       : need.state == "overdue"      ? overdue
                       : need.state == "none_overdue" ? !overdue
                                                      : !open;
    return holds ? Answer::holds : Answer::fails;
  }

  [[nodiscard]] bool ask_value(const Need& need) const {
    const Found found = need.value.find(book_.values, when_, &body_);
    using State = RuleValue::State;
    static constexpr std::pair<std::string_view, State> words[] = {
        {"not_allowed", State::not_allowed}, {"off", State::off},       {"local", State::local},
        {"assessed", State::assessed},       {"absent", State::absent}, {"allowed", State::value}};
    return std::ranges::any_of(need.is, [&](const boost::json::value& is) {
      if (is.is_string())
        for (const auto& [word, state] : words)
          if (word == std::string_view(is.get_string())) return found.state() == state;
      if (!found.has_value()) return false;
      if (is.is_bool()) return found.row->value == decltype(found.row->value)(is.get_bool());
      if (is.is_string()) return found.row->value == decltype(found.row->value)(std::string(is.get_string()));
      const auto n = found.row->as_number();
      return n && is.is_number() && *n == is.to_number<double>();
    });
  }

  const Compiled& book_;
  const View& view_;
  Fields body_;
  Asked when_;
};

/// Names the rows on the way to a fact, as far as they can be seen: a second row only when the first is loaded.
void name_rows(const Need& need, const Fields& body, const View& view, KeySet& keys) {
  FieldValue id;
  if (need.kind == Need::Kind::duty) {
    if (const auto* raw = std::get_if<RawId>(&body[need.about]); raw != nullptr && !raw->is_nil())
      keys.subject(*raw);
    return;
  }
  for (std::size_t i = 0; i < need.hops.size(); ++i) {
    id = i == 0 ? body[need.hops[0].field] : id;
    const auto* raw = std::get_if<RawId>(&id);
    if (raw == nullptr || raw->is_nil()) return;
    const RowKey key{need.hops[i].table, *raw};
    const bool seen = named(view, key);
    keys.add(*key.table, key.id, false);
    if (!seen || i + 1 == need.hops.size()) return;
    const void* row = view.find_row(key);
    if (row == nullptr) return;
    id = need.hops[i].table->info->fields[need.hops[i + 1].field].get(row);
  }
}

Refusal refusal_of(const Barrier& bar, const Need* failed) {
  Refusal out;
  out.code = bar.code;
  out.say = bar.say;
  out.rule = bar.rule->id;
  out.source = bar.rule->source;
  if (failed != nullptr) out.path = failed->path;
  out.lifts = bar.lifts;
  return out;
}

}  // namespace

void Rulebook::bar_keys(const Operation& operation, const void* command, const View& view, const Context&,
                        KeySet& keys) const {
  const auto found = compiled_->bars.find(&operation);
  if (found == compiled_->bars.end()) return;
  const Fields body(*operation.body, command);
  for (const Barrier& bar : found->second) {
    for (const Need& need : bar.when) name_rows(need, body, view, keys);
    for (const Need& need : bar.needs) name_rows(need, body, view, keys);
  }
}

Refusals Rulebook::bars(const Operation& operation, const void* command, const View& view,
                        const Context& context) const {
  Refusals out;
  const auto found = compiled_->bars.find(&operation);
  if (found == compiled_->bars.end()) return out;
  for (const Barrier& bar : found->second) {
    Judge judge(*compiled_, operation, command, view, context);
    if (!bar.needs.empty())
      judge.stand_at(bar.needs.front());
    else if (!bar.when.empty())
      judge.stand_at(bar.when.front());
    if (!bar.rule->speaks(judge.when(), compiled_->values) || !judge.where(bar.where)) continue;
    const auto holds = [&](const Need& need) { return judge.ask(need) == Judge::Answer::holds; };
    if (!std::ranges::all_of(bar.when, holds)) continue;
    if (bar.always) {
      out.add(refusal_of(bar, nullptr));
      continue;
    }
    for (const Need& need : bar.needs) {
      if (judge.ask(need) != Judge::Answer::fails) continue;
      out.add(refusal_of(bar, &need));
      break;
    }
  }
  return out;
}

}  // namespace fx::rulebook
