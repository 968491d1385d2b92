#include <algorithm>

#include "kernel/context.hpp"
#include "rulebook/frozen.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

void collect_ids(const FieldValue& value, std::vector<RawId>& out) {
  if (const auto* id = std::get_if<RawId>(&value)) {
    if (!id->is_nil()) out.push_back(*id);
  } else if (const auto* ids = std::get_if<std::vector<RawId>>(&value)) {
    for (const RawId& one : *ids)
      if (!one.is_nil() && std::ranges::find(out, one) == out.end()) out.push_back(one);
  }
}

/// Works out what one event does to duties: meets and ends, then watches, then opens. The event never meets what it
/// opened itself.
class Consequence {
 public:
  Consequence(const Compiled& book, const Happened& happened, const View& view, const Context& context)
      : book_(book),
        happened_(happened),
        view_(view),
        context_(context),
        fields_(*happened.event.type().info, happened.event.body()),
        when_{happened.occurred_at, happened.jurisdiction, pathogen_of(fields_)} {}

  Consequences work(const std::vector<RowChange>& changes) {
    if (const auto rules = book_.by_event.find(&happened_.event.type()); rules != book_.by_event.end()) {
      close(rules->second.closes);
      watch(changes);
      for (const Opening& opening : rules->second.opens) open(opening);
    } else {
      watch(changes);
    }
    return std::move(out_);
  }

 private:
  int pathogen_of(const Fields& fields) const {
    const TypeInfo& type = fields.type();
    for (std::size_t i = 0; i < type.fields.size(); ++i)
      if (type.fields[i].name == "pathogen") return book_.values.pathogen_index(field_text(fields[i]));
    return any_pathogen;
  }

  // ---- meeting and ending ----------------------------------------------------------------------------------------

  void close(const std::vector<Closing>& closes) {
    for (std::size_t i = 0; i < closes.size();) {
      std::size_t end = i;
      passing_.clear();
      for (; end < closes.size() && closes[end].same == closes[i].same &&
             (closes[end].kind == Closing::Kind::reopen) == (closes[i].kind == Closing::Kind::reopen);
           ++end)
        if (all_pass(closes[end].where, fields_, book_.values, when_, &view_))
          passing_.push_back(&closes[end]);
      if (!passing_.empty()) {
        if (closes[i].kind == Closing::Kind::reopen)
          reopen(fields_[closes[i].same]);
        else
          close_about(fields_[closes[i].same]);
      }
      i = end;
    }
  }

  void close_about(const FieldValue& value) {
    std::vector<RawId> ids;
    collect_ids(value, ids);
    for (const RawId& id : ids)
      for (const Duty* duty : view_.open_duties(id)) {
        if (touched(duty->no)) continue;
        const Closing* ending = nullptr;
        for (const Closing* closing : passing_) {
          if (closing->rule->id != duty->rule || !fits(*closing, *duty)) continue;
          ending = closing;
          if (closing->kind == Closing::Kind::meet) break;  // what is met is not ended
        }
        if (ending == nullptr) continue;
        if (ending->kind == Closing::Kind::meet)
          meet(*duty);
        else
          out_.effects.ended.push_back(
              {duty->no, ending->superseded ? DutyState::superseded : DutyState::cancelled, ending->because});
      }
  }

  [[nodiscard]] bool touched(No duty) const {
    const auto& e = out_.effects;
    return std::ranges::any_of(e.met, [&](const DutyMet& m) { return m.duty == duty; }) ||
           std::ranges::any_of(e.ended, [&](const DutyEnded& m) { return m.duty == duty; });
  }

  [[nodiscard]] bool fits(const Closing& closing, const Duty& duty) const {
    // A rhythm's period is met only by what happened after it had opened.
    if (closing.kind == Closing::Kind::meet && !duty.period.empty() &&
        happened_.occurred_at < duty.counted_from)
      return false;
    if (closing.duty_field) {
      const auto* number = std::get_if<std::int64_t>(&fields_[*closing.duty_field]);
      if (number == nullptr || *number != duty.no) return false;
    }
    if (closing.by.empty() && closing.not_by.empty()) return true;
    Origin origin;
    origin.place = duty.jurisdiction;
    origin.debtor = Post{duty.debtor_unit, duty.debtor_role};
    origin.creditor = Post{duty.creditor_unit, duty.creditor_role};
    const auto acted = [&](const Route& route) {
      const auto post = follow(route, origin, context_.reference);
      const auto* unit = std::get_if<RawId>(&fields_[*closing.unit_field]);
      if (!post || unit == nullptr || post->unit.raw != *unit) return false;
      return !route.role || !closing.role_field ||
             field_text(fields_[*closing.role_field]) == enum_text(*route.role);
    };
    if (!closing.by.empty() && std::ranges::none_of(closing.by, acted)) return false;
    return std::ranges::none_of(closing.not_by, acted);
  }

  void meet(const Duty& duty) {
    DutyMet met{duty.no, happened_.occurred_at, DutyState::discharged, false};
    if (met.at > duty.due_at)
      met.state = DutyState::discharged_late;
    else
      met.by_claim = late_entered();
    out_.effects.met.push_back(met);
  }

  [[nodiscard]] bool late_entered() {
    if (!late_) {
      const Found found = book_.values.find(book_.late_entry, when_.at, when_.jurisdiction, any_pathogen);
      const auto n = found.has_value() ? found.row->as_number() : std::nullopt;
      const auto unit = n ? unit_ms(found.row->meta->unit) : std::nullopt;
      const double spent = static_cast<double>((happened_.recorded_at - happened_.occurred_at).count());
      late_ = unit && spent > *n * static_cast<double>(*unit);
    }
    return *late_;
  }

  /// `value`: numbers of duties that were met by what is now withdrawn.
  void reopen(const FieldValue& value) {
    const auto* numbers = std::get_if<std::vector<std::string>>(&value);
    if (numbers == nullptr) return;
    for (const std::string& text : *numbers) {
      const No no = text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
      const Duty* duty = no != 0 ? view_.find<Duty>(key_of_no(no)) : nullptr;
      if (duty == nullptr) continue;
      if (duty->state != DutyState::discharged && duty->state != DutyState::discharged_late) continue;
      for (const Closing* closing : passing_) {
        if (closing->rule->id != duty->rule) continue;
        out_.effects.reopened.push_back(
            {duty->no, closing->because, duty->due_at, duty->state == DutyState::discharged_late});
        break;
      }
    }
  }

  // ---- opening ---------------------------------------------------------------------------------------------------

  void open(const Opening& opening) {
    if (!opening.rule->speaks(when_, book_.values)) return;
    if (!all_pass(opening.where, fields_, book_.values, when_, &view_)) return;
    Instant from = happened_.occurred_at;
    if (opening.counted_from) {
      const auto* at = std::get_if<Instant>(&fields_[*opening.counted_from]);
      if (at == nullptr) return;  // the moment it counts from is not known
      from = *at;
    }
    std::vector<RawId> ids;
    collect_ids(fields_[opening.about], ids);
    if (!ids.empty()) open_about(opening, fields_, ids, from, happened_.event.name());
  }

  void open_about(const Opening& opening, const Fields& fields, const std::vector<RawId>& ids, Instant from,
                  std::string_view opened_by) {
    Asked when = when_;
    if (when.pathogen == any_pathogen) when.pathogen = opening.rule->pathogen;
    const auto due = due_at(opening.within, from, book_.values, when, &fields);
    if (!due) return;
    Frozen frozen = freeze(book_, *opening.rule, opened_by, due->found, when);
    Origin origin;
    origin.fields = &fields;
    origin.place = happened_.jurisdiction;
    const Reference& reference = context_.reference;
    const Post debtor = answerable(follow(opening.owed_by, origin, reference), origin.place,
                                   happened_.recorded_at, reference);
    origin.debtor = debtor;
    const Post creditor =
        follow(opening.owed_to, origin, reference).value_or(duty_officer(origin.place, reference));
    origin.creditor = creditor;
    bool opened = false;
    for (const RawId& id : ids) {
      if (opened_already(*opening.rule, id)) continue;
      Duty duty;
      duty.jurisdiction = id.home() != 0 ? id.home() : happened_.jurisdiction;
      duty.rule = opening.rule->id;
      duty.frozen = frozen.key;
      duty.about = id;
      duty.about_kind = opening.about_kind;
      duty.debtor_unit = debtor.unit;
      duty.debtor_role = debtor.role;
      duty.creditor_unit = creditor.unit;
      duty.creditor_role = creditor.role;
      duty.opened_at = happened_.recorded_at;
      duty.counted_from = from;
      duty.due_at = due->at;
      duty.step_at = step_time(ladder_line(frozen.json), 0, duty);
      duty.opened_by = happened_.no;
      tell(opening, origin, duty);
      met_before(opening, duty);
      out_.effects.opened.push_back(std::move(duty));
      opened = true;
    }
    if (opened) out_.frozen.push_back(std::move(frozen));
  }

  [[nodiscard]] bool opened_already(const Rule& rule, const RawId& about) const {
    for (const Duty& duty : out_.effects.opened)
      if (duty.about == about && duty.rule == rule.id) return true;
    if (!rule.once) return false;
    return std::ranges::any_of(view_.open_duties(about),
                               [&](const Duty* duty) { return duty->rule == rule.id && !touched(duty->no); });
  }

  /// A notice names its duty by position until the engine numbers both: -1 is the first opened here.
  void tell(const Opening& opening, const Origin& origin, const Duty& duty) {
    const Reference& reference = context_.reference;
    const No position = -static_cast<No>(out_.effects.opened.size()) - 1;
    std::vector<Post> told;
    const auto notice = [&](const Post& to, NoticeKind kind) {
      if (to.unit.is_nil() || std::ranges::find(told, to) != told.end()) return;
      told.push_back(to);
      Notice made = notice_of(duty, to, kind, opening.rule->urgent, happened_.recorded_at, reference);
      made.duty = position;
      out_.effects.notices.push_back(std::move(made));
    };
    if (opening.rule->notify) notice(*origin.debtor, NoticeKind::opened);
    for (const Route& route : opening.informs)
      if (const auto post = follow(route, origin, reference))
        notice(answerable(post, duty.jurisdiction, happened_.recorded_at, reference), NoticeKind::informed);
  }

  /// What is owed may have happened already: messages come out of order.
  void met_before(const Opening& opening, Duty& duty) {
    if (opening.already_row == nullptr) return;
    const void* row = view_.find_row({opening.already_row, duty.about});
    if (row == nullptr) return;
    const FieldValue value = opening.already_row->info->fields[opening.already_at].get(row);
    const auto* at = std::get_if<Instant>(&value);
    if (at == nullptr) return;
    const bool late = *at > duty.due_at;
    const No position = -static_cast<No>(out_.effects.opened.size()) - 1;
    out_.effects.met.push_back(
        {position, *at, late ? DutyState::discharged_late : DutyState::discharged, false});
  }

  // ---- watches ---------------------------------------------------------------------------------------------------

  void watch(const std::vector<RowChange>& changes) {
    if (book_.watches.empty()) return;
    for (const RowChange& change : changes) {
      const auto found = book_.watches.find(change.table);
      if (found == book_.watches.end() || change.before == nullptr) continue;
      for (const WatchRule& rule : found->second) cross(rule, change);
    }
  }

  void cross(const WatchRule& watch, const RowChange& change) {
    const double before = watch.measure->of(change.before);
    const double after = watch.measure->of(change.after);
    if (before == after) return;
    const Fields row(*change.table->info, change.after);
    const RawId id = change.table->key(change.after);
    const auto limit = watch.limit.resolve(book_.values, when_, &row);
    const auto clears = watch.clears.resolve(book_.values, when_, &row);
    if (!limit) return;
    const auto beyond = [&](double n) { return watch.below ? n < *limit : n > *limit; };
    if (clears && (watch.below ? after >= *clears : after <= *clears)) {
      for (const Duty* duty : view_.open_duties(id))
        if (duty->rule == watch.rule->id && !touched(duty->no)) meet(*duty);
      return;
    }
    if (!beyond(after) || beyond(before) || !watch.rule->speaks(when_, book_.values)) return;
    for (const Duty* duty : view_.open_duties(id))
      if (duty->rule == watch.rule->id) return;  // still being mended
    open_about(watch.opening, row, {id}, happened_.occurred_at, watch.measure->name);
  }

  const Compiled& book_;
  const Happened& happened_;
  const View& view_;
  const Context& context_;
  Fields fields_;
  Asked when_;
  Consequences out_;
  std::vector<const Closing*> passing_;
  std::optional<bool> late_;
};

}  // namespace

Consequences Rulebook::on(const Happened& happened, const View& view, const std::vector<RowChange>& changes,
                          const Context& context) const {
  const bool watched = std::ranges::any_of(
      changes, [&](const RowChange& change) { return compiled_->watches.contains(change.table); });
  if (!watched && !compiled_->by_event.contains(&happened.event.type())) return {};
  return Consequence(*compiled_, happened, view, context).work(changes);
}

Step Rulebook::step(const Duty& duty, std::string_view frozen_json, Instant now,
                    const Reference& reference) const {
  return take_step(duty, frozen_json, now, reference);
}

Instant Rulebook::next_step_at(const Duty& duty, std::string_view frozen_json) const {
  return step_time(ladder_line(frozen_json), static_cast<std::size_t>(duty.step), duty).value_or(duty.due_at);
}

}  // namespace fx::rulebook
