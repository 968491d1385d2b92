#pragma once

#include "base/id.hpp"

namespace fx {

// One tag per kind of thing; `word` is what rules, filters and forms call it.
#define FX_TAG(Name, Word)                         \
  struct Name##Tag {                               \
    static constexpr std::string_view word = Word; \
  };                                               \
  using Name##Id = Id<Name##Tag>

FX_TAG(Account, "account");
FX_TAG(Person, "person");
FX_TAG(Unit, "unit");
FX_TAG(Holding, "holding");
FX_TAG(Shift, "shift");
FX_TAG(Encounter, "encounter");
FX_TAG(Room, "room");
FX_TAG(Tube, "tube");
FX_TAG(Box, "box");
FX_TAG(Result, "result");
FX_TAG(Case, "case");
FX_TAG(Contact, "contact");
FX_TAG(Card, "card");
FX_TAG(EventReport, "event_report");
FX_TAG(Finding, "finding");

struct TextTag {
  static constexpr std::string_view word = "text";
};
using TextId = Id<TextTag>;

/// Number of an event, or of what it created (kernel-notes §2): writer slot 9 bits · n 48 bits · ordinal 6 bits.
using No = std::int64_t;
inline constexpr int no_ordinal_bits = 6;
inline constexpr int most_effects = 63;
inline No make_no(int slot, std::int64_t n) { return (static_cast<No>(slot) << 54) | (n << no_ordinal_bits); }
inline std::int64_t n_of(No no) { return (no >> no_ordinal_bits) & ((std::int64_t{1} << 48) - 1); }
inline No event_of(No no) { return no & ~No{most_effects}; }

}  // namespace fx
