#include "kernel/registry.hpp"

#include <set>

#include "kernel/apply.hpp"

namespace fx {

Registry::Registry(std::vector<Desk> desks, std::vector<Arrow> arrows)
    : desks_(std::move(desks)), arrows_(std::move(arrows)) {
  desks_.insert(desks_.begin(), kernel_desk());
  index();
  check();
}

void Registry::index() {
  std::set<std::string_view> tables;
  for (const Desk& desk : desks_) {
    for (const auto& table : desk.tables()) {
      FX_ASSERT(tables.insert(table.type->name).second,
                "table declared twice: " + std::string(table.type->name));
      tables_.push_back(table);
    }
    for (const EventType* event : desk.events())
      FX_ASSERT(events_.emplace(event->name, event).second,
                "event declared twice: " + std::string(event->name));
    for (const Operation& operation : desk.operations())
      FX_ASSERT(operations_.emplace(operation.full_name(), &operation).second,
                "operation declared twice: " + operation.full_name());
    for (const auto& [event, evolvers] : desk.evolvers()) {
      auto& all = evolvers_[event];
      all.insert(all.end(), evolvers.begin(), evolvers.end());
    }
    for (const auto& [code, say] : desk.refusals()) refusals_.emplace(code, say);
  }
  for (const Arrow& arrow : arrows_) arrows_from_[arrow.from].push_back(&arrow);
}

void Registry::check() const {
  for (const auto& [event, evolvers] : evolvers_) {
    FX_ASSERT(events_.contains(event), "evolves an event no desk declares: " + event);
    for (const Evolver& evolver : evolvers)
      FX_ASSERT(table(evolver.table->name) != nullptr, event + " evolves a table no desk declares");
  }
  for (const Arrow& arrow : arrows_) {
    FX_ASSERT(events_.contains(arrow.from), arrow.name + " starts from an unknown event " + arrow.from);
    FX_ASSERT(operations_.contains(arrow.to), arrow.name + " leads to an unknown operation " + arrow.to);
  }
  for (const auto& [name, operation] : operations_) {
    FX_ASSERT(bool(operation->decide), name + " decides nothing");
    FX_ASSERT(!operation->actors.empty(), name + " may be done by nobody");
  }
}

const Operation* Registry::operation(std::string_view full_name) const {
  const auto found = operations_.find(full_name);
  return found == operations_.end() ? nullptr : found->second;
}

const EventType* Registry::event(std::string_view name) const {
  const auto found = events_.find(name);
  return found == events_.end() ? nullptr : found->second;
}

const TableType* Registry::table(std::string_view name) const {
  for (const auto& table : tables_)
    if (table.type->name == name) return table.type;
  return nullptr;
}

const std::vector<Evolver>& Registry::evolvers(std::string_view event) const {
  static const std::vector<Evolver> none;
  const auto found = evolvers_.find(event);
  return found == evolvers_.end() ? none : found->second;
}

const std::vector<const Arrow*>& Registry::arrows_from(std::string_view event) const {
  static const std::vector<const Arrow*> none;
  const auto found = arrows_from_.find(event);
  return found == arrows_from_.end() ? none : found->second;
}

std::vector<const Operation*> Registry::operations() const {
  std::vector<const Operation*> out;
  for (const auto& [name, operation] : operations_) out.push_back(operation);
  return out;
}

const List* Registry::list(std::string_view desk, std::string_view name) const {
  for (const Desk& d : desks_)
    for (const List& list : d.lists())
      if (d.name() == desk && list.name == name) return &list;
  return nullptr;
}

const Measure* Registry::measure(std::string_view name) const {
  for (const Desk& desk : desks_)
    for (const Measure& measure : desk.measures())
      if (measure.name == name) return &measure;
  return nullptr;
}

const Population* Registry::population(std::string_view name) const {
  for (const Desk& desk : desks_)
    for (const Population& population : desk.populations())
      if (population.name == name) return &population;
  return nullptr;
}

Words Registry::sentence(std::string_view code) const {
  const auto found = refusals_.find(code);
  return found == refusals_.end() ? Words{std::string(code), std::string(code)} : found->second;
}

}  // namespace fx
