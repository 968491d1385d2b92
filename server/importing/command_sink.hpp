#pragma once

#include <boost/json/object.hpp>

#include <functional>
#include <unordered_map>

#include "importing/import_item.hpp"
#include "importing/import_report.hpp"
#include "kernel/command.hpp"

namespace fx::importing {

/// One command an item becomes. `id` is its idempotency key and follows from the item.
struct PlannedCommand {
  std::string operation;
  boost::json::object fields;
  RawId id;
  Instant occurred_at;
  bool may_exist = false;  ///< what it makes may be known from another item: that is no fault
};

/// Where the import belongs and what it may assume.
struct ImportPlace {
  std::int32_t jurisdiction = 0;   ///< home of what is made
  std::optional<UnitId> hospital;  ///< diagnosing unit of listed cases
  std::optional<UnitId> cdc;
  std::string default_pathogen;  ///< of line lists
  bool live = true;              ///< a live realm takes production messages only
  Instant now;
};

/// Commands of an item, and the note that the summary counts.
struct ItemPlan {
  std::vector<PlannedCommand> commands;
  RowFaults faults;  ///< any: refused
  std::string note;
};

/// What a laboratory's message becomes: its patient, provisional, and one external result for each readable
/// observation (settled 26).
ItemPlan plan_lab_report(const ImportItem& item, const LabReport& report, const ImportPlace& place);

/// What a line of a list becomes: a person and a case. A line whose day has no profile in force is history: known,
/// nothing owed (settled 27). `in_force` says whether the rulebook has a profile on a day.
ItemPlan plan_case_row(const ImportItem& item, const CaseRow& row, const ImportPlace& place,
                       const std::function<bool(Instant)>& in_force);

/// Sends planned commands through `issue`, a stretch of items in one transaction; `known` answers for a dry run whether a
/// key was answered before.
class CommandSink final : public ImportSink {
 public:
  using Issue = std::function<std::vector<fx::Outcome>(const std::vector<PlannedCommand>&)>;
  using Known = std::function<bool(const RawId& key)>;
  CommandSink(ImportPlace place, std::function<bool(Instant)> in_force, Issue issue, Known known)
      : place_(std::move(place)),
        in_force_(std::move(in_force)),
        issue_(std::move(issue)),
        known_(std::move(known)) {}
  void prepare(std::span<const ImportItem> items, bool dry_run) override;
  SinkAnswer take(const ImportItem& item, bool dry_run) override;

 private:
  [[nodiscard]] ItemPlan plan(const ImportItem& item) const;
  SinkAnswer answer(const ImportItem& item, const ItemPlan& plan);

  ImportPlace place_;
  std::function<bool(Instant)> in_force_;
  Issue issue_;
  Known known_;
  std::unordered_map<RawId, fx::Outcome> outcomes_;  ///< of the present stretch, by command
};

}  // namespace fx::importing
