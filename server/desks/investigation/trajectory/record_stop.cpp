// Where a case was: one stop after the other, as it becomes known, corrected when it is known better.

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "desks/investigation/trajectory/operations.hpp"
#include "desks/investigation/visits/facts.hpp"

namespace fx::investigation {
namespace {

constexpr std::int64_t longest_division = 999'999'999'999;  // 12 digits: a village

template <class C>
void judge(const C& c, const Context& context, Refusals& no) {
  if (c.until < c.from) no.add(malformed("/until", "结束早于开始", "it ends before it begins"));
  if (c.from > context.now) no.add("F-FUTURE", "/from");
  if (c.place.empty() && (!c.address || c.address->empty())) no.add(missing("/place"));
  const std::int64_t division = c.division.value_or(0);
  const bool coded = division == 0 || (division >= 100'000 && division <= 999'999) ||
                     (division >= 100'000'000 && division <= 999'999'999) ||
                     (division >= 100'000'000'000 && division <= longest_division);
  if (!coded) no.add(malformed("/division", "区划代码为6、9或12位", "a division code has 6, 9 or 12 digits"));
  if (c.row && *c.row < 1) no.add(malformed("/row", "排号从1起", "rows are counted from 1"));
}

template <class C>
StopRecorded told(const C& c, const Case& file, const Context& context) {
  return {.stop = c.stop,
          .case_id = file.id,
          .person = file.person,
          .cdc = file.cdc,
          .kind = c.kind,
          .setting = c.setting,
          .place = c.place,
          .division = c.division.value_or(0),
          .address = c.address ? c.address->ref : TextRef{},
          .from = c.from,
          .until = c.until,
          .service = c.service.value_or(""),
          .carriage = c.carriage.value_or(""),
          .row = c.row.value_or(0),
          .seat = c.seat.value_or(""),
          .known_by = c.known_by,
          .masked = c.masked,
          .in_window = overlaps(window_of(file, file.window_from), c.from, c.until),
          .corrects = false,
          .by = context.actor.account,
          .reason = {}};
}

template <class C>
TrajectoryChange change_of(const C& c, const Case& file) {
  return {.window_from = file.window_from, .without = c.stop, .with = Stretch{c.from, c.until}};
}

Result<Decision> record_stop(const RecordStop& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state) && !file->history) no.add(not_open(*file));
  if (view.find<Stop>(c.stop) != nullptr)
    no.add(malformed("/stop", "该行程已登记", "this stop is recorded already"));
  judge(c, context, no);
  if (!no.empty()) return no;
  Decision decision{{told(c, *file, context)}};
  requestion(*file, change_of(c, *file), view, context, decision);
  return decision;
}

Result<Decision> correct_stop(const CorrectStop& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  const Stop* stop = view.find<Stop>(c.stop);
  if (file == nullptr) return unknown("/case_id");
  if (stop == nullptr || stop->case_id != c.case_id) return unknown("/stop");
  Refusals no;
  if (stop->withdrawn) no.add(wrong_state("withdrawn", {"recorded"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  judge(c, context, no);
  if (!no.empty()) return no;
  StopRecorded event = told(c, *file, context);
  event.corrects = true;
  event.reason = c.reason.ref;
  FactChange change;
  change.stop = c.stop;
  change.stop_now = {true,
                     place_name(event.kind, event.service, event.division, event.place, event.from),
                     {event.from, event.until},
                     event.carriage,
                     event.row};
  change.cause = ChangeCause::stop_corrected;
  change.words = c.reason.ref;
  Decision decision{{std::move(event)}};
  requestion(*file, change_of(c, *file), view, context, decision);
  reassess_stop(view.find<ContactList>(contacts_of_case(c.case_id)), change, view, context, decision);
  return decision;
}

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.own<Stop>(c.stop);
  keys.own<Case>(c.case_id);
  keys.own<Trajectory>(trajectory_of(c.case_id));
}

template <class C>
void more_keys(const C& c, const View& view, const Context& context, KeySet& keys) {
  if (const Case* file = view.find<Case>(c.case_id))
    own_questions(c.case_id, change_of(c, *file), view, context, keys);
}

/// A correction looks at whoever was met there, too.
void correct_keys(const CorrectStop& c, const Context& context, KeySet& keys) {
  investigation::keys(c, context, keys);
  keys.read<ContactList>(contacts_of_case(c.case_id)).own<StopReview>(c.stop);
}
void more_correct_keys(const CorrectStop& c, const View& view, const Context& context, KeySet& keys) {
  const Loaded loaded(keys);
  more_keys(c, view, context, keys);
  own_classes_of(view.find<ContactList>(contacts_of_case(c.case_id)), loaded, view, keys);
}

}  // namespace

void add_record_stop(Desk& desk) {
  desk.operation<RecordStop>("record_stop", {"登记行程", "Record a stop"})
      .by({Role::INV, Role::CDC})
      .keys(keys<RecordStop>)
      .more_keys(more_keys<RecordStop>)
      .place(cdc_of_case<RecordStop>)
      .decide(record_stop);
  desk.operation<CorrectStop>("correct_stop", {"更正行程", "Correct a stop"})
      .by({Role::INV, Role::CDC})
      .keys(correct_keys)
      .more_keys(more_correct_keys)
      .place(cdc_of_case<CorrectStop>)
      .decide(correct_stop);
}

}  // namespace fx::investigation
