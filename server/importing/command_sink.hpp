#pragma once

#include <boost/json/object.hpp>

#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "desks/screening/events.hpp"
#include "importing/import_item.hpp"
#include "importing/import_report.hpp"
#include "kernel/command.hpp"

namespace fx::importing {

/// One command an item becomes. `id` is its idempotency key and follows from the item.
struct PlannedCommand {
  std::string operation;
  boost::json::object fields;
  RawId id;
  std::optional<Instant> occurred_at;  ///< absent: when it is recorded, so that a repetition says the same
  /// What it makes, and the refusal that says it is there already (by another account, from another file): no fault then.
  std::string_view makes_table = {};
  RawId makes = {};
  std::string_view exists_code = {};
};

/// Where the import belongs and what it may assume.
struct ImportPlace {
  std::int32_t jurisdiction = 0;   ///< home of what is made
  std::optional<UnitId> hospital;  ///< diagnosing unit of listed cases
  std::optional<UnitId> cdc;
  std::string default_pathogen;  ///< of line lists that do not say
  bool live = true;              ///< a live realm takes production messages only
  Instant now;
  std::optional<UnitId> township;    ///< owes the settling of a list of returnees
  std::string source;                ///< who sent the list
  RawId list;                        ///< ImportFile::list_key
  std::size_t lines = 0;             ///< people on the list, faulty rows included
  std::optional<UnitId> laboratory;  ///< where instruments' readings are recorded
  std::string plate;                 ///< code of the plate of a file of readings that does not say it
  std::optional<screening::RoundId>
      round;  ///< whose list a population list is; absent: people are registered only
};

/// What the ledger already holds. All may be asked in a dry run.
struct ImportLookups {
  /// Has the rulebook a profile for the pathogen at this time?
  std::function<bool(Instant, const std::string& pathogen)> in_force;
  std::function<bool(std::string_view table, const RawId& id)> exists;
  /// Does the realm have this operation?
  std::function<bool(std::string_view operation)> can;
  /// Who is registered with this document, whoever registered them.
  std::function<std::optional<RawId>(std::string_view document_type, std::string_view number)> person_with;
  /// A row as it is now.
  std::function<std::shared_ptr<const void>(std::string_view table, const RawId& id)> row;
  /// The first rows whose fields have these values.
  std::function<std::vector<std::shared_ptr<const void>>(
      std::string_view table, const std::vector<std::pair<std::string, FieldValue>>& where)>
      rows;
  /// A number of the rulebook.
  std::function<std::optional<double>(std::string_view rule, Instant, const std::string& pathogen)> number;
};

/// Commands of an item, and the note that the summary counts.
struct ItemPlan {
  std::vector<PlannedCommand> commands;
  RowFaults faults;  ///< any: refused
  std::string note;
  std::optional<bool> recorded;  ///< the ledger says it already; absent: it does when all it makes is there
};

/// What a row is planned with. `made`: what rows before it make, in this import.
struct PlanContext {
  const ImportPlace& place;
  const ImportLookups& ledger;
  const std::unordered_set<RawId>& made;
  [[nodiscard]] bool known(std::string_view table, const RawId& id) const {
    return made.contains(id) || ledger.exists(table, id);
  }
};

/// What a laboratory's message becomes: its patient, provisional, and one external result for each readable
/// observation (settled 26).
ItemPlan plan_lab_report(const ImportItem& item, const LabReport& report, const PlanContext& context);
/// What a line of a list becomes: a person and a case. A line whose day has no profile in force is history: known,
/// nothing owed (settled 27).
ItemPlan plan_case_row(const ImportItem& item, const CaseRow& row, const PlanContext& context);
/// A result of a case of the same source: an external result.
ItemPlan plan_lab_result(const ImportItem& item, const LabRow& row, const PlanContext& context);
/// A person, found by their document or registered, and their line on the township's screening list.
ItemPlan plan_returnee(const ImportItem& item, const ReturneeRow& row, const PlanContext& context);
/// A person, found by their document or registered, and their line on the list of the round.
ItemPlan plan_resident(const ImportItem& item, const ResidentRow& row, const PlanContext& context);
/// A person, and the contact of the case the row names.
ItemPlan plan_contact(const ImportItem& item, const ContactRow& row, const PlanContext& context);
/// Between two cases: who infected whom. From a case to a contact: the exposure.
ItemPlan plan_link(const ImportItem& item, const LinkRow& row, const PlanContext& context);
/// The case on its first line, and the stops of every line.
ItemPlan plan_trajectory(const ImportItem& item, const TrajectoryLine& line, const PlanContext& context);

/// What an instrument says of one tube: a provisional reading, of its well or of itself. The tube must lie on an instrument
/// of this laboratory, for a person put it there; a failed control leaves *invalid*.
ItemPlan plan_reading(const ImportItem& item, const SpecimenReading& reading, const PlanContext& context);

struct ListedExposure {
  std::string kind;
  std::optional<Day> from;
  std::optional<Day> until;
  std::string place;
};
PlannedCommand contact_command(const ImportItem& item, const RawId& of, const RawId& contact,
                               const RawId& person, const ListedExposure& exposure);
PlannedCommand link_command(const ImportItem& item, const RawId& infected, const RawId& infector,
                            const std::string& words);

/// What lists say of a person.
struct ListedPerson {
  RawId key;  ///< business key; the id follows from it
  std::string name;
  std::string document_type;
  std::string document_number;
  Sex sex = Sex::unknown;
  std::optional<Day> birth_day;
  std::string phone;
  std::string address;
  std::string reason;  ///< why there is no document
};
/// Of a row of a list of people, which has these columns under these names.
template <class Row>
ListedPerson listed_person(const RawId& key, const Row& row, std::string_view reason) {
  return {.key = key,
          .name = row.name,
          .document_type = row.document_type,
          .document_number = row.document_number,
          .sex = row.sex,
          .birth_day = {},
          .phone = row.phone,
          .address = row.address,
          .reason = std::string{reason}};
}
/// The person's id; a command that registers them unless their document is registered already.
RawId plan_person(ItemPlan& plan, const ListedPerson& who, const RawId& content, std::optional<Instant> at,
                  const PlanContext& context);

/// Sends planned commands through `issue`, a stretch of items in one transaction.
class CommandSink final : public ImportSink {
 public:
  using Issue = std::function<std::vector<fx::Outcome>(const std::vector<PlannedCommand>&)>;
  CommandSink(ImportPlace place, ImportLookups lookups, Issue issue)
      : place_(std::move(place)), ledger_(std::move(lookups)), issue_(std::move(issue)) {}
  /// Another file of the same import: its rows may refer to what the files before it make.
  void begin_file(const ImportFile& file) {
    place_.lines = file.lines();
    place_.list = file.list_key();
  }
  void prepare(std::span<const ImportItem> items, bool dry_run) override;
  SinkAnswer take(const ImportItem& item, bool dry_run) override;

 private:
  [[nodiscard]] ItemPlan plan(const ImportItem& item) const;
  [[nodiscard]] ItemPlan possible(const ImportItem& item) const;
  [[nodiscard]] bool is_there(const PlannedCommand& command, const fx::Outcome& outcome) const;
  SinkAnswer answer(const ImportItem& item, const ItemPlan& plan);
  [[nodiscard]] bool stands(const ItemPlan& plan) const;
  void note_made(const ItemPlan& plan);

  ImportPlace place_;
  ImportLookups ledger_;
  Issue issue_;
  std::unordered_set<RawId> made_;
  std::unordered_map<RawId, ItemPlan> plans_;        ///< of the present stretch, by item
  std::unordered_map<RawId, fx::Outcome> outcomes_;  ///< of the present stretch, by command
};

}  // namespace fx::importing
