#include "importing/instrument_reading.hpp"

#include <fmt/format.h>

#include "base/described.hpp"

namespace fx::importing {

void set_body(ImportItem& item, SpecimenReading reading) {
  std::string all = fmt::format("{} {} {} {} {} {}", reading.tube, reading.plate, reading.well, reading.call,
                                enum_text(reading.control), reading.plate_valid);
  for (const TargetCt& one : reading.targets)
    all += one.ct ? fmt::format(" {}={}", one.gene, *one.ct) : " " + one.gene;
  item.content = import_key({"instrument reading", all});
  item.key = item.content;
  item.body = std::move(reading);
}

}  // namespace fx::importing
