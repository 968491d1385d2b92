#include "desks/all.hpp"

#include "desks/command/desk.hpp"
#include "desks/gates/desk.hpp"
#include "desks/hospitals/desk.hpp"
#include "desks/investigation/desk.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/laws_across.hpp"
#include "desks/people/desk.hpp"
#include "desks/reporting/desk.hpp"
#include "desks/screening/desk.hpp"
#include "desks/supervision/desk.hpp"

namespace fx::desks {

std::vector<Desk> all() {
  std::vector<Desk> desks;
  for (auto* desk : {command::desk, people::desk, hospitals::desk, screening::desk, investigation::desk,
                     isolation::desk, gates::desk, reporting::desk, supervision::desk})
    desks.push_back(desk());
  for (Law& law : laws_across()) desks.front().law(std::move(law.name), std::move(law.check));
  return desks;
}

}  // namespace fx::desks
