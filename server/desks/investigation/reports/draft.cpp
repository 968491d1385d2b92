#include "desks/investigation/reports/draft.hpp"

#include <fmt/format.h>

#include "kernel/guards.hpp"

namespace fx::investigation {
namespace {

std::string_view words(CaseState state) {
  switch (state) {
    case CaseState::screen_positive: return "初筛阳性";
    case CaseState::excluded: return "已排除";
    case CaseState::asymptomatic: return "无症状感染者";
    case CaseState::suspected: return "疑似病例";
    case CaseState::confirmed: return "确诊病例";
    default: return "病例";
  }
}
std::string_view words(Severity severity) {
  switch (severity) {
    case Severity::mild: return "轻型";
    case Severity::ordinary: return "普通型";
    case Severity::severe: return "重型";
    case Severity::critical: break;
  }
  return "危重型";
}
std::string_view words(StopKind kind) {
  switch (kind) {
    case StopKind::stay: return "停留";
    case StopKind::plane: return "乘飞机";
    case StopKind::train: return "乘火车";
    case StopKind::coach: return "乘长途客车";
    case StopKind::bus: return "乘公交车";
    case StopKind::ship: return "乘船";
    case StopKind::taxi: return "乘出租车";
    case StopKind::car: return "乘小汽车";
    case StopKind::walk: break;
  }
  return "步行";
}
std::string_view words(FoundBy found_by) {
  switch (found_by) {
    case FoundBy::central: return "集中隔离点";
    case FoundBy::home: return "居家隔离";
    case FoundBy::sealed_area: return "封控区";
    case FoundBy::gate_or_landing: return "卡口或落地检";
    case FoundBy::role_test: return "应检尽检";
    case FoundBy::fever_clinic: return "发热门诊";
    case FoundBy::community: break;
  }
  return "社区筛查";
}
std::string_view words(SourceState source) {
  switch (source) {
    case SourceState::unsaid: return "尚未写明";
    case SourceState::presumed: return "推定";
    case SourceState::proven: return "证实";
    case SourceState::unknown: break;
  }
  return "不明（已签认）";
}
std::string_view words(Origin origin) {
  switch (origin) {
    case Origin::unsaid: return "尚未写明";
    case Origin::imported: return "境外输入";
    case Origin::local: return "本土";
    case Origin::unknown: break;
  }
  return "不明";
}

std::string clock(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }
std::string chinese(Day day) {
  const std::string iso = format(day);
  return fmt::format("{}月{}日", std::stoi(iso.substr(5, 2)), std::stoi(iso.substr(8, 2)));
}
std::string chinese(Instant at) { return chinese(day_of(at)) + clock(minute_of_day(at)); }

std::string basic(const ReportFacts& facts) {
  const Case& file = facts.file;
  std::string out = fmt::format("{}，{}", facts.name, words(file.state));
  if (file.severity) out += fmt::format("（{}）", words(*file.severity));
  out += fmt::format("。{}采样，{}发现", chinese(file.sampled_at), words(file.found_by));
  out += file.in_ring ? "，圈内。" : "，圈外。";
  if (file.onset_day) out += fmt::format("{}发病。", chinese(*file.onset_day));
  if (facts.interview && !facts.interview->occupation.empty())
    out += fmt::format("职业：{}。", facts.interview->occupation);
  if (facts.interview && facts.interview->doses)
    out += fmt::format("接种疫苗{}剂。", *facts.interview->doses);
  if (facts.interview && facts.interview->household_size)
    out += fmt::format("同住{}人（含本人）。", *facts.interview->household_size);
  if (file.window_from) out += fmt::format("传染期自{}起。", chinese(*file.window_from));
  return out;
}

std::string one_stop(const Stop& stop, const std::string& address) {
  std::string out = fmt::format("{}至{}，{}{}", chinese(stop.from), chinese(stop.until), words(stop.kind),
                                stop.place.empty() && address.empty() ? "" : "：");
  out += stop.place;
  if (!address.empty()) out += fmt::format("（{}）", address);
  if (!stop.service.empty()) out += " " + stop.service;
  if (!stop.carriage.empty()) out += fmt::format("，{}号车厢", stop.carriage);
  if (stop.row > 0) out += fmt::format("，{}排{}", stop.row, stop.seat);
  if (stop.masked) out += *stop.masked ? "，戴口罩" : "，未戴口罩";
  if (stop.in_window && !stop.outcome) out += "，尚未排查完";
  if (stop.outcome == StopOutcome::asked) out += fmt::format("，找到{}人、判定{}人", stop.found, stop.judged);
  if (stop.outcome == StopOutcome::no_contact_possible) out += "，不可能有接触者";
  return out + "。\n";
}

std::string trajectory(const ReportFacts& facts) {
  std::string out;
  for (std::size_t i = 0; i < facts.stops.size(); ++i)
    if (!facts.stops[i].withdrawn)
      out += one_stop(facts.stops[i], i < facts.addresses.size() ? facts.addresses[i] : "");
  for (const Gap& gap : facts.gaps)
    if (gap.stands)
      out += fmt::format("{}至{}轨迹空白，{}。\n", chinese(gap.from), chinese(gap.until),
                         gap.left_open ? "无法查明" : (gap.answered ? "已说明" : "待查"));
  return out.empty() ? "尚无行程。" : out;
}

std::string contacts(const ReportFacts& facts) {
  std::size_t judged = 0;
  std::size_t close = 0;
  std::size_t onward = 0;
  std::size_t controlled = 0;
  std::size_t untraced = 0;
  for (const Contact& contact : facts.contacts) {
    judged += contact.class_.has_value() ? 1 : 0;
    close += contact.class_ == ContactClass::close ? 1 : 0;
    onward += contact.class_ == ContactClass::coc ? 1 : 0;
    controlled += is_one_of(contact.state, {ContactState::in_control, ContactState::completed}) ? 1 : 0;
    untraced += contact.state == ContactState::untraced ? 1 : 0;
  }
  return fmt::format("登记接触者{}人，已判定{}人：密接{}人、次密接{}人；已管控{}人，失联{}人。",
                     facts.contacts.size(), judged, close, onward, controlled, untraced);
}

std::string source(const ReportFacts& facts) {
  return fmt::format("感染来源{}，起源{}。{}", words(facts.file.source), words(facts.file.origin),
                     facts.file.infector ? "已与传染来源病例关联。" : "");
}

}  // namespace

std::string title_of(ReportKind kind) {
  switch (kind) {
    case ReportKind::first: return "初次流行病学调查报告";
    case ReportKind::contacts: return "密切接触者调查报告";
    case ReportKind::full: return "流行病学调查报告";
    case ReportKind::public_notice: break;
  }
  return "流调通报";
}

std::vector<ReportPart> draft(ReportKind kind, const ReportFacts& facts) {
  if (kind == ReportKind::public_notice)
    return public_notice(public_facts(facts.file, facts.stops, facts.contacts.size()));
  std::vector<ReportPart> parts{{"basic", "一、基本情况", basic(facts)}};
  if (kind != ReportKind::contacts) parts.push_back({"trajectory", "二、活动轨迹", trajectory(facts)});
  parts.push_back({"contacts", kind == ReportKind::contacts ? "二、接触者" : "三、接触者", contacts(facts)});
  if (kind == ReportKind::full) parts.push_back({"source", "四、感染来源", source(facts)});
  parts.push_back({"measures", kind == ReportKind::full ? "五、处置措施" : "处置措施", ""});
  return parts;
}

PublicFacts public_facts(const Case& file, std::span<const Stop> stops, std::size_t contacts) {
  PublicFacts facts{day_of(file.sampled_at), file.state, file.found_by, {}, contacts};
  for (const Stop& stop : stops) {
    if (stop.withdrawn || !stop.in_window) continue;
    const bool open_to_all =
        is_one_of(stop.setting, {Setting::dining, Setting::shop, Setting::medical, Setting::hotel,
                                 Setting::entertainment, Setting::outdoors});
    const bool public_transport =
        is_one_of(stop.kind, {StopKind::plane, StopKind::train, StopKind::ship, StopKind::coach});
    std::int64_t township = stop.division;
    while (township > 999'999'999) township /= 1000;
    facts.stops.push_back({open_to_all && stop.kind == StopKind::stay ? stop.place : "", township,
                           public_transport ? stop.service : "", day_of(stop.from),
                           minute_of_day(stop.from) / 10 * 10, minute_of_day(stop.until) / 10 * 10});
  }
  return facts;
}

std::vector<ReportPart> public_notice(const PublicFacts& facts) {
  std::string stops;
  for (const PublicStop& stop : facts.stops) {
    stops += fmt::format("{}{}至{}，", chinese(stop.day), clock(stop.from_minute), clock(stop.until_minute));
    if (!stop.transport.empty())
      stops += fmt::format("乘坐{}次；\n", stop.transport);
    else if (!stop.place.empty())
      stops += fmt::format("{}；\n", stop.place);
    else
      stops += fmt::format("区划{}内活动；\n", stop.township);
  }
  return {
      {"basic", "一、基本情况",
       fmt::format("{}新增{}1例，{}发现。", chinese(facts.day), words(facts.state), words(facts.found_by))},
      {"trajectory", "二、主要活动轨迹", stops.empty() ? "无公共场所轨迹。" : stops},
      {"measures", "三、提示",
       fmt::format("已判定和管理相关接触者{}人。请在上述时间到过上述场所的人员立即向所在社区报告。",
                   facts.contacts)}};
}

}  // namespace fx::investigation
