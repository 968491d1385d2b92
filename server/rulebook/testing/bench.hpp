#pragma once

// A rulebook on the bench: events go in, the ledger of duties comes out, numbered, met and stepped as the engine does it.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "kernel/context.hpp"
#include "kernel/derive.hpp"
#include "rulebook/rulebook.hpp"
#include "rulebook/testing/fake_desks.hpp"

namespace fx::rulebook::testing {

inline Instant at(std::string_view text) {
  if (const auto day = parse_day(text)) return start_of(*day);
  const auto instant = parse_instant(text);
  FX_ASSERT(instant.has_value(), "not a time: " + std::string(text));
  return *instant;
}

template <class I>
I make_id(std::uint64_t number, std::int32_t home = 990121) {
  return {RawId::make(1'658'000'000'000, home, number, 0)};
}

/// Beiling City 990100 with Linxi County 990121 and Shiqiao County 990122: the units and posts of the first loop.
struct Place {
  Reference reference;
  UnitId cmd, gov, ha, cdc, hospital, clinic, lab, city_cmd, city_cdc, city_gov, province_gov, other_hospital;

  Place();
  void hold(UnitId unit, Role role);
  void vacate(UnitId unit, Role role);

 private:
  UnitId unit(UnitKind kind, std::int32_t jurisdiction, std::optional<UnitId> parent = {});
  std::map<std::pair<UnitId, Role>, HoldingId> holdings_;
  std::uint64_t next_ = 100;
};

/// Applies consequences as kernel/apply does.
class Bench final : public View {
 public:
  Bench(const Rulebook& rulebook, const Place& place) : rulebook_(rulebook), place_(place) {}

  template <class E>
  Consequences happens(E body, std::string_view occurred, std::string_view recorded = {}) {
    return happens(Event(std::move(body)), at(occurred), at(recorded.empty() ? occurred : recorded));
  }
  Consequences happens(const Event& event, Instant occurred, Instant recorded,
                       const std::vector<RowChange>& changes = {});
  void put(const TableType& table, std::shared_ptr<const void> row) {
    rows_[{&table, table.key(row.get())}] = std::move(row);
  }
  /// Carries out every ladder step due by then, in due order.
  void run_until(Instant now);
  void run_until(std::string_view now) { run_until(at(now)); }

  [[nodiscard]] const void* find_row(const RowKey& key) const override;
  [[nodiscard]] std::vector<const Duty*> open_duties(const RawId& about) const override;

  /// The only duty of that rule; a failure when there are others.
  [[nodiscard]] const Duty& duty(std::string_view rule) const;
  [[nodiscard]] std::vector<const Duty*> duties_of(std::string_view rule) const;
  [[nodiscard]] const std::map<No, Duty>& duties() const { return duties_; }
  struct Told {
    Notice notice;
    Instant due;  ///< when the step was due
  };
  [[nodiscard]] std::vector<Told> told(std::string_view rule) const;
  [[nodiscard]] const std::map<std::string, std::string>& frozen() const { return frozen_; }
  [[nodiscard]] const std::vector<DutyStep>& steps() const { return steps_; }

 private:
  const Rulebook& rulebook_;
  const Place& place_;
  std::map<No, Duty> duties_;
  std::vector<Told> told_;
  std::map<std::string, std::string> frozen_;
  std::vector<DutyStep> steps_;
  std::unordered_map<RowKey, std::shared_ptr<const void>, RowKeyHash> rows_;
  std::int64_t next_ = 1;
};

/// Loads and insists on success.
std::shared_ptr<const Rulebook> load_well(const std::vector<File>& files, const Options& options = {});
/// The texts of every problem, one a line.
std::string problems_of(const std::vector<File>& files, const Options& options = {});
/// Two profiles, a source, the ladder's values and whatever else the test says.
File base_file();
File rules(std::string text);
/// Files of the repository's rulebook/; empty when they are not there.
std::vector<File> real_values();
/// Of a text, only the `[[…]]` blocks with one of these ids, and what stands before the first.
std::string only(const std::string& text, const std::vector<std::string>& ids);
std::string read_file(const std::string& path);

}  // namespace fx::rulebook::testing
