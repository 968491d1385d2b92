#include "bin/desks.hpp"

#include "desks/command/desk.hpp"
#include "desks/hospitals/desk.hpp"
#include "desks/investigation/desk.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/people/desk.hpp"
#include "desks/reporting/desk.hpp"
#include "desks/screening/desk.hpp"
#include "desks/supervision/desk.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::bin {

std::unique_ptr<Registry> make_registry() {
  std::vector<Desk> desks;
  desks.push_back(command::desk());
  desks.push_back(people::desk());
  desks.push_back(hospitals::desk());
  desks.push_back(screening::desk());
  desks.push_back(investigation::desk());
  desks.push_back(isolation::desk());
  desks.push_back(reporting::desk());
  desks.push_back(supervision::desk());
  return std::make_unique<Registry>(std::move(desks), handoffs::all());
}

}  // namespace fx::bin
