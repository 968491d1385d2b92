#pragma once

#include <memory>
#include <unordered_map>

#include "kernel/handoff.hpp"

namespace fx {

/// All desks and arrows of the program, indexed once at start. Checks that names are unique and that every event,
/// operation and table an arrow or evolver names exists; a breach is a defect found at start.
class Registry {
 public:
  Registry(std::vector<Desk> desks, std::vector<Arrow> arrows);
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  [[nodiscard]] const std::vector<Desk>& desks() const { return desks_; }
  [[nodiscard]] const std::vector<Arrow>& arrows() const { return arrows_; }
  [[nodiscard]] const Operation* operation(std::string_view full_name) const;
  [[nodiscard]] const EventType* event(std::string_view name) const;
  [[nodiscard]] const TableType* table(std::string_view name) const;
  [[nodiscard]] const std::vector<Evolver>& evolvers(std::string_view event) const;
  [[nodiscard]] const std::vector<const Arrow*>& arrows_from(std::string_view event) const;
  [[nodiscard]] const std::vector<Desk::Table>& tables() const { return tables_; }
  [[nodiscard]] std::vector<const Operation*> operations() const;
  [[nodiscard]] const List* list(std::string_view desk, std::string_view name) const;
  [[nodiscard]] const Measure* measure(std::string_view name) const;
  [[nodiscard]] const Population* population(std::string_view name) const;
  /// The sentence of a refusal code; the code itself when no desk speaks it.
  [[nodiscard]] Words sentence(std::string_view code) const;

 private:
  void index();
  void check() const;

  std::vector<Desk> desks_;
  std::vector<Arrow> arrows_;
  std::vector<Desk::Table> tables_;
  std::map<std::string, const Operation*, std::less<>> operations_;
  std::map<std::string, const EventType*, std::less<>> events_;
  std::map<std::string, std::vector<Evolver>, std::less<>> evolvers_;
  std::map<std::string, std::vector<const Arrow*>, std::less<>> arrows_from_;
  std::map<std::string, Words, std::less<>> refusals_;
};

}  // namespace fx
