#include "api/mllp/door.hpp"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/front_door.hpp"
#include "api/imports/bearer.hpp"
#include "api/imports/kinds.hpp"
#include "api/imports/lookups.hpp"
#include "api/mllp/acknowledgement.hpp"
#include "api/row_json.hpp"
#include "importing/import_report.hpp"
#include "importing/text_encoding.hpp"

namespace fx::api {
namespace {

using importing::Hl7Header;
using importing::Hl7Message;
using importing::RowFault;
using importing::RowFaults;

constexpr unsigned threads = 4;
constexpr std::size_t most_waiting = 64;

RowFault fault(std::string field, std::string code, std::string zh, std::string en) {
  const std::string segment = field.substr(0, std::min<std::size_t>(field.size(), 3));
  return {1, segment, std::move(field), std::move(code), {std::move(zh), std::move(en)}};
}

std::string_view words_of(mllp::Cut why) {
  switch (why) {
    case mllp::Cut::not_allowed: return "not_allowed";
    case mllp::Cut::full: return "full";
    case mllp::Cut::garbled: return "garbled";
    case mllp::Cut::too_long: return "too_long";
    case mllp::Cut::too_slow: return "too_slow";
    case mllp::Cut::unanswered: break;
  }
  return "unanswered";
}

/// The message is not judged at all when this is wrong with it: it may come again as it is.
bool is_rejection(const RowFault& one) {
  return one.code == "F-PROCESSING" || one.code == "F-BUSY" || one.code == "F-DEFECT" ||
         one.field == "MSH-9" || one.field == "MSH-12" || one.field == "MSH-10";
}

/// One message from its text to its answer.
class Conversation {
 public:
  Conversation(House& house, const std::vector<mllp::Interface>& interfaces, mllp::Message message)
      : house_(house), interfaces_(interfaces), message_(std::move(message)) {}

  std::string answer() {
    std::string what = judge();
    return acknowledgement(header_, what, house_.now());
  }

 private:
  std::string judge() {
    const auto decoded = importing::decode_text(message_.text);
    mended_ = !decoded;
    text_ = decoded ? decoded->utf8 : importing::mend_text(message_.text);
    file_ = importing::read_hl7_file(text_);
    if (file_.messages.size() != 1 || file_.messages.front().lines.empty() ||
        !file_.messages.front().lines.front().second.starts_with("MSH"))
      return rejected(
          fault("MSH", "F-SHAPE", "一个帧里须是一条消息", "a frame holds one message that begins with MSH"));
    hl7_ = &file_.messages.front();
    header_ = importing::header_of(hl7_->segments().front());
    if (message_.too_long) return rejected(fault("MSH", "F-SHAPE", "消息过长", "the message is too long"));
    if (auto no = find_sender()) return rejected(std::move(*no));
    if (header_.message_id.empty())
      return rejected(fault("MSH-10", "F-SHAPE", "缺少消息编号", "the message control id is missing"));
    id_ = importing::listed_id(
        importing::import_key({"interface", bearer_.account.text(), header_.sending_application,
                               header_.sending_facility, header_.message_id}),
        "interface_message", who_.actor.jurisdiction);
    content_ = importing::import_key({"content", message_.text}).text();
    if (auto known = known_answer()) return std::move(*known);
    return record();
  }

  // ---- who

  /// By MSH-3, MSH-4 and where it calls from; then the account's posts of this moment.
  std::optional<RowFault> find_sender() {
    const auto msh = hl7_->segments().front();
    const auto says = [&](std::size_t field, const std::string& name) {
      return msh.field(field).at(1).text() == name || msh.field(field).at(2).text() == name;
    };
    for (const mllp::Interface& one : interfaces_)
      if (says(3, one.application) && says(4, one.facility) && mllp::may_call(one, message_.peer))
        sender_ = &one;
    if (sender_ == nullptr)
      return fault("MSH-3", "R-SENDER", "没有登记这个发送方", "no such sender is known here");
    auto reader = house_.parts.readers.open();
    const auto accounts = reader.subjects_of("user", house_.opener.token("user", sender_->account), 1);
    if (!accounts.empty()) bearer_.account = {accounts.front()};
    bearer_.peer = message_.peer;
    bearer_.lane = runtime::Lane::normal;
    find_post();
    if (who_.actor.roles.empty())
      return fault("MSH-3", "R-ROLE", "接口账号没有岗位", "the account of this interface holds no post");
    return std::nullopt;
  }

  /// An instrument's account works at one laboratory; a laboratory's system at its unit.
  void find_post() {
    const ReferencePtr reference = house_.parts.writer.reference();
    for (const Holding* holding : reference->holdings_of(bearer_.account, house_.now())) {
      const Unit* unit = reference->unit(holding->unit);
      if (unit == nullptr) continue;
      const bool laboratory = unit->kind == UnitKind::laboratory && holding->role == Role::LAB;
      if (bearer_.unit.is_nil() ? laboratory || !sender_->instrument : laboratory) bearer_.unit = unit->id;
    }
    if (!bearer_.unit.is_nil()) who_ = visitor_now(house_, bearer_);
  }

  // ---- what was answered before

  std::optional<std::string> known_answer() {
    auto reader = house_.parts.readers.open();
    const TableType* table = house_.parts.registry.table("interface_message");
    const RowPtr row = table != nullptr ? reader.row(*table, id_) : nullptr;
    if (!row) return std::nullopt;
    const auto field = [&](std::string_view name) { return field_of(*table->info, row.get(), name); };
    const FieldValue content = field("content");
    if (const auto* text = std::get_if<std::string>(&content); text == nullptr || *text != content_)
      return refused_now({fault("MSH-10", "F-KEY", "该消息编号已用于另一条消息",
                                "this message control id was used for another message")});
    const FieldValue answer = field("answer");
    const auto* id = std::get_if<RawId>(&answer);
    const auto sealed = id != nullptr ? reader.identity(*id, "text") : std::nullopt;
    return sealed ? house_.opener.open_text(*id, sealed->cipher) : std::nullopt;
  }

  // ---- what it becomes

  std::string record() {
    importing::ImportFile file;
    file.items = importing::items_of_message(
        *hl7_, import_catalogue(),
        {.instrument = sender_->instrument, .mended = mended_, .now = house_.now()});
    const ImportLedger ledger{house_.parts.registry, house_.parts.readers, house_.opener,
                              house_.parts.rulebook(), who_.actor.jurisdiction};
    importing::CommandSink sink(place_near(house_, who_), lookups_of(ledger),
                                [&](const auto& commands) { return issue(house_, bearer_, commands); });
    const auto report = importing::run_import(file, sink, {});
    for (const RowFault& one : report.faults)
      if (is_rejection(one)) return rejected(one);
    if (report.faults.empty()) return kept(Acknowledged::accepted, {});
    return kept(Acknowledged::refused, report.faults);
  }

  /// The answer is durable before it is given, so that it stays the answer.
  std::string kept(Acknowledged verdict, const RowFaults& faults) {
    if (!faults.empty()) audit(faults.front().code);
    std::string what = what_became(header_.message_id, verdict, faults, hl7_);
    if (note(verdict, what)) return what;
    if (auto known = known_answer()) return std::move(*known);  // another connection was first
    return rejected(fault("MSH", "F-BUSY", "系统暂时不能写入", "nothing could be written just now"));
  }

  bool note(Acknowledged verdict, const std::string& what) {
    const Operation* operation = house_.parts.registry.operation("screening.note_message");
    if (operation == nullptr) return true;
    const boost::json::object body{{"message", id_.text()},
                                   {"unit", bearer_.unit.text()},
                                   {"account", bearer_.account.text()},
                                   {"application", header_.sending_application.substr(0, longest_name)},
                                   {"facility", header_.sending_facility.substr(0, longest_name)},
                                   {"control_id", header_.message_id.substr(0, longest_name)},
                                   {"content", content_},
                                   {"verdict", verdict == Acknowledged::accepted ? "accepted" : "refused"},
                                   {"answer", what}};
    const auto outcome = run_as_system(*operation, body);
    return outcome.kind == Outcome::Kind::accepted;
  }

  Outcome run_as_system(const Operation& operation, const boost::json::object& body) {
    Command command;
    command.operation = &operation;
    Faults faults;
    command.body = operation.decode(body, faults, {});
    FX_ASSERT(faults.empty(), "note_message changed its shape");
    const std::string said = boost::json::serialize(body);
    command.id = importing::listed_id(importing::import_key({said}), "note_message", who_.actor.jurisdiction);
    command.body_hash = content_hash(operation.full_name(), said);
    command.system = true;
    command.jurisdiction = who_.actor.jurisdiction;
    runtime::VaultSealer sealer(house_.parts.vault, house_.parts.keys, house_.parts.passwords);
    const RulebookPtr rules = house_.parts.rulebook();
    operation.prepare(command.body.get(),
                      {who_.now,
                       who_.now,
                       {{}, {}, who_.actor.jurisdiction, {Role::SYS}},
                       command.id,
                       *who_.reference,
                       *rules},
                      sealer);
    sealer.finish(command);
    return run_and_wait(house_, std::move(command));
  }

  // ---- what is refused

  std::string rejected(RowFault why) {
    audit(why.code);
    return what_became(header_.message_id, Acknowledged::rejected, {std::move(why)}, hl7_);
  }
  std::string refused_now(RowFaults why) {
    audit(why.front().code);
    return what_became(header_.message_id, Acknowledged::refused, why, hl7_);
  }
  void audit(const std::string& code) {
    AuditLine line;
    line.at = house_.now();
    line.actor = bearer_.account;
    line.unit = bearer_.unit;
    line.kind = "refused";
    line.operation = "mllp";
    line.code = code;
    line.peer = message_.peer;
    line.detail = fmt::format(R"({{"application":{},"facility":{},"control_id":{}}})",
                              quoted(header_.sending_application.substr(0, longest_name)),
                              quoted(header_.sending_facility.substr(0, longest_name)),
                              quoted(header_.message_id.substr(0, longest_name)));
    house_.parts.writer.audit(std::move(line));
  }

  static constexpr std::size_t longest_name = 200;

  House& house_;
  const std::vector<mllp::Interface>& interfaces_;
  const mllp::Message message_;
  std::string text_;
  bool mended_ = false;
  importing::Hl7File file_;
  const Hl7Message* hl7_ = nullptr;
  Hl7Header header_;
  const mllp::Interface* sender_ = nullptr;
  Bearer bearer_;
  Visitor who_;
  RawId id_;
  std::string content_;
};

/// Of a message that nobody had time for; `head`: its first line.
std::string busy_answer(const std::string& head, Instant now) {
  const importing::Hl7File file = importing::read_hl7_file(head);
  Hl7Header asked;
  if (!file.messages.empty() && head.starts_with("MSH"))
    asked = importing::header_of(file.messages.front().segments().front());
  return acknowledgement(
      asked,
      what_became(asked.message_id, Acknowledged::rejected,
                  {fault("MSH", "F-BUSY", "系统繁忙，请稍后", "busy: try again later")}, nullptr),
      now);
}

}  // namespace

MessageDoor::MessageDoor(House& house, std::vector<mllp::Interface> interfaces)
    : house_(house), interfaces_(std::move(interfaces)), work_(threads, most_waiting) {}

void MessageDoor::take(mllp::Message&& message, mllp::Reply reply) {
  // Held by both: a full pool drops the job it does not take.
  const auto answer = std::make_shared<mllp::Reply>(std::move(reply));
  const std::string head = message.text.substr(0, message.text.find_first_of("\r\n"));
  const bool taken = work_.post([this, head, message = std::move(message), answer]() mutable {
    try {
      (*answer)(Conversation(house_, interfaces_, std::move(message)).answer());
    } catch (const std::exception& error) {
      // Nothing was acknowledged: the sender sends it again.
      house_.log(fmt::format(R"({{"level":"error","what":"mllp","error":{}}})", quoted(error.what())), true);
      (*answer)(busy_answer(head, house_.now()));
    }
  });
  if (!taken) (*answer)(busy_answer(head, house_.now()));
}

bool MessageDoor::allowed(const std::string& peer) const { return mllp::may_call(interfaces_, peer); }

void MessageDoor::tell(const std::string& peer, mllp::Cut why) {
  AuditLine line;
  line.at = house_.now();
  line.kind = "refused";
  line.operation = "mllp";
  line.code = "R-SENDER";
  line.peer = peer;
  line.detail = fmt::format(R"({{"connection":"{}"}})", words_of(why));
  house_.parts.writer.audit(std::move(line));
}

}  // namespace fx::api
