#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fx::investigation {

/// Do words that somebody typed into a public notice tell of a person?
/// Takes    the words as typed; names and plates known of the case and its contacts, in any order
/// Gives    true for one of the names (blanks within it or not), for anything that reads as a licence plate, and for a
///          number long enough for a telephone or a document, in whichever width its digits are typed
/// Cost     O(words × names)
bool names_somebody(std::string_view words, std::span<const std::string> names);

}  // namespace fx::investigation
