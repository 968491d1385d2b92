#pragma once

#include "importing/import_item.hpp"

/// What table and message of an instrument share; not for others.
namespace fx::importing {

/// The reading becomes the item's, which then has the key of what it says: the same reading from whichever file is the same.
void set_body(ImportItem& item, SpecimenReading reading);

}  // namespace fx::importing
