#pragma once

#include "importing/hl7_header.hpp"
#include "importing/hl7_syntax.hpp"

namespace fx::api {

/// accepted AA: everything in it is recorded. refused AE: something is not, ERR says what; the same message gets the same answer.
/// rejected AR: it was not judged (not ours, not read, not now).
enum class Acknowledged { accepted, refused, rejected };

/// What an acknowledgement says behind its MSH: MSA, and an ERR for each fault with segment, field and reason. At most some
/// faults are told, and their number.
std::string what_became(const std::string& control_id, Acknowledged verdict,
                        const importing::RowFaults& faults, const importing::Hl7Message* message);

/// The whole: ACK^<trigger>, back to who asked, in the version they speak.
std::string acknowledgement(const importing::Hl7Header& asked, std::string_view what, Instant now);

}  // namespace fx::api
