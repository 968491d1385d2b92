// A new room, or a closed one again; and its closing. A free room is what a waiting patient needs.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

void judge_new(const OpenRoom& c, const View& view, Refusals& no) {
  const Claim* number = view.find<Claim>(number_of_room(c.clinic, c.number));
  if (number != nullptr && !number->holder.is_nil())
    no.add(refuse_because("R-STATE", "/number", "该诊室号已存在", "the clinic has a room of this number"));
}

void judge_old(const OpenRoom& c, const Room& room, Refusals& no) {
  if (room.state != RoomState::closed) no.add(wrong_state(room.state, {RoomState::closed}));
  if (room.clinic != c.clinic) no.add(unknown("/clinic"));
  if (room.number != c.number)
    no.add(malformed("/number", "重新开放不改诊室号", "a reopened room keeps its number"));
}

Result<Decision> open(const OpenRoom& c, const View& view, const Context&) {
  const Room* room = view.find<Room>(c.room);
  Refusals no;
  if (view.find<Clinic>(c.clinic) == nullptr) no.add(unknown("/clinic"));
  if (c.number < 1) no.add(malformed("/number", "诊室号从1起", "room numbers begin with 1"));
  if (room == nullptr)
    judge_new(c, view, no);
  else
    judge_old(c, *room, no);
  if (!no.empty()) return no;
  return Decision{{RoomOpened{c.room, c.clinic, c.number, c.red_lane, room != nullptr}}};
}

Result<Decision> close(const CloseRoom& c, const View& view, const Context&) {
  const Room* room = view.find<Room>(c.room);
  if (room == nullptr) return unknown("/room");
  if (!is_one_of(room->state, {RoomState::free, RoomState::to_disinfect}))
    return wrong_state(room->state, {RoomState::free, RoomState::to_disinfect});
  return Decision{{RoomClosed{c.room, room->clinic, room->state}}};
}

}  // namespace

void open_room(Desk& desk) {
  desk.operation<OpenRoom>("open_room", {"开放诊室", "Open a room"})
      .by({Role::FRP, Role::NUR})
      .keys([](const OpenRoom& c, const Context&, KeySet& keys) {
        keys.own<Room>(c.room).own<Clinic>(c.clinic).own<Claim>(number_of_room(c.clinic, c.number));
      })
      .place([](const OpenRoom& c, const View&, const Context&) { return std::optional(c.clinic); })
      .decide(open);
}

void close_room(Desk& desk) {
  desk.operation<CloseRoom>("close_room", {"停用诊室", "Close a room"})
      .by({Role::FRP, Role::NUR})
      .keys([](const CloseRoom& c, const Context&, KeySet& keys) { keys.own<Room>(c.room); })
      .more_keys([](const CloseRoom& c, const View& view, const Context&, KeySet& keys) {
        if (const Room* room = view.find<Room>(c.room)) keys.own<Clinic>(room->clinic);
      })
      .place([](const CloseRoom& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Room* room = view.find<Room>(c.room);
        return room != nullptr ? std::optional(room->clinic) : std::nullopt;
      })
      .decide(close);
}

}  // namespace fx::hospitals
