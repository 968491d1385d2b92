#pragma once

#include "importing/hl7_syntax.hpp"
#include "importing/import_source.hpp"

namespace fx::importing {

/// Reads a message of an instrument: OUL^R22, or ORU^R01, 2.3.1 or 2.5.1. One item a specimen, in the order of the message.
/// The specimen is named by the code of its tube: SPM-2, SAC-3, OBR-3 or OBR-2, whichever is one. OBX: a number is the Ct of
/// the target in OBX-3; a text or code is the state of the internal control, or the call of the whole.
/// Refuses  all faults at once, each with segment and field: the message's make one item that is refused whole, a specimen's
///          cost that specimen alone
std::vector<ImportItem> instrument_items(const Hl7Message& message, const ImportCatalogue& catalogue,
                                         Instant now);

}  // namespace fx::importing
