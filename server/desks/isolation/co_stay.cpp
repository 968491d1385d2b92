// One person a room, unless a co-stay is approved for a ground the rulebook names; the carer is under the same regime, and
// neither elderly nor chronically ill [F.costay.*].
#include <boost/json.hpp>
#include <chrono>

#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Refusal not_so(std::string path, std::string zh, std::string en) {
  return refuse_because("R-STY-13", std::move(path), std::move(zh), std::move(en));
}

/// Does the list of the rulebook name it? No list names nobody.
bool names(std::string_view rule, std::string_view word, const Context& context, std::int32_t county) {
  const RuleValue value = context.rules.value(rule, context.occurred_at, county);
  if (value.state != RuleValue::State::value) return false;
  const auto list = boost::json::parse(value.text());
  return list.is_array() && std::ranges::any_of(list.as_array(), [&](const auto& item) {
           return item.is_string() && std::string_view(item.as_string()) == word;
         });
}

/// As papers say, else as was said.
std::optional<std::int32_t> age_of(const Stay& stay, std::optional<std::int32_t> said, const View& view,
                                   const Context& context) {
  const BirthDay* known = view.find<BirthDay>(stay.person);
  return known != nullptr ? std::optional(years_old(known->birth_day, day_of(context.occurred_at))) : said;
}

void judge_ground(const ApproveCoStay& c, const Stay& stay, const View& view, const Context& context,
                  Refusals& no) {
  const std::int32_t county = stay.id.home();
  if (c.ground != CoStayGround::child) {
    if (!names("F.costay.also", enum_text(c.ground), context, county))
      no.add(not_so("/ground", "现行方案没有这种同住理由", "the rulebook names no such ground"));
    return;
  }
  const auto limit = context.number("F.costay.age_lt", county);
  const auto age = age_of(stay, c.age, view, context);
  if (!limit || !age || *age >= *limit)
    no.add(not_so("/ground", fmt::format("陪护的未成年人须未满 {} 岁，并有年龄依据", limit.value_or(0)),
                  fmt::format("a child under {}, whose age is known", limit.value_or(0))));
}

void judge_carer(const ApproveCoStay& c, const Stay& carer, const View& view, const Context& context,
                 Refusals& no) {
  const std::int32_t county = carer.id.home();
  const auto limit = context.number("F.costay.carer_age_lt", county);
  const auto age = age_of(carer, c.carer_age, view, context);
  if (limit && age && *age >= *limit && names("F.costay.carer_not", "elderly", context, county))
    no.add(not_so("/with", fmt::format("陪护人须未满 {} 岁", *limit),
                  fmt::format("the carer must be under {}", *limit)));
  if (c.carer_chronic_illness.value_or(false) &&
      names("F.costay.carer_not", "chronic_illness", context, county))
    no.add(not_so("/carer_chronic_illness", "有基础病者不得陪护",
                  "who is chronically ill may not be the carer"));
}

Result<Decision> approve(const ApproveCoStay& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  const Stay* carer = view.find<Stay>(c.with);
  if (stay == nullptr) return unknown("/stay");
  if (carer == nullptr || c.with == c.stay) return unknown("/with");
  Refusals no;
  if (!is_one_of(stay->state, {StayState::ordered, StayState::in_transfer}))
    no.add(wrong_state(stay->state, {StayState::ordered, StayState::in_transfer}));
  if (!is_open(carer->state)) no.add(wrong_state(carer->state, {StayState::observing}, "/with"));
  if (carer->regime != stay->regime || carer->site != stay->site) no.add("R-STY-13", "/with");
  judge_ground(c, *stay, view, context, no);
  judge_carer(c, *carer, view, context, no);
  if (!no.empty()) return no;
  return Decision{
      {CoStayApproved{c.stay, c.with, c.ground, context.actor.account, age_of(*stay, c.age, view, context),
                      age_of(*carer, c.carer_age, view, context)}}};
}

void ages(const ApproveCoStay& c, const View& view, const Context&, KeySet& keys) {
  for (const StayId id : {c.stay, c.with})
    if (const Stay* stay = view.find<Stay>(id)) keys.read<BirthDay>(stay->person);
}

}  // namespace

std::int32_t years_old(Day birth_day, Day on) {
  const auto civil = [](Day day) {
    return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day.days)));
  };
  const auto born = civil(birth_day);
  const auto now = civil(on);
  const int years = static_cast<int>(now.year()) - static_cast<int>(born.year());
  const bool had = std::pair(now.month(), now.day()) >= std::pair(born.month(), born.day());
  return had ? years : years - 1;
}

void add_co_stay(Desk& desk) {
  desk.evolves<CoStayApproved, Stay>(&CoStayApproved::stay,
                                     [](Stay& row, const CoStayApproved& e, auto&) { row.with = e.with; });
  desk.operation<ApproveCoStay>("approve_co_stay", {"批准同住", "Approve a co-stay"})
      .by({Role::QM})
      .keys([](const ApproveCoStay& c, const Context&, KeySet& keys) {
        keys.own<Stay>(c.stay).read<Stay>(c.with);
      })
      .more_keys(ages)
      .place(site_of<ApproveCoStay>)
      .decide(approve);
}

}  // namespace fx::isolation
