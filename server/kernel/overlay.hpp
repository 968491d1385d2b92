#pragma once

#include <unordered_map>
#include <unordered_set>

#include "kernel/apply.hpp"
#include "kernel/store.hpp"

namespace fx {

/// The rows of one batch in memory: what was loaded, what accepted commands changed, and on top what the present
/// command changes. A refused command's layer is dropped; an accepted one's is merged and the next command sees it.
class Overlay final : public View, public RowAccess {
 public:
  explicit Overlay(Store& store) : store_(store) {}

  /// Loads what is not there yet, one query a table.
  void load(const KeySet& keys);
  /// Sets what the present command may see; everything in it must have been loaded.
  void declare(const KeySet& keys);
  void merge();
  void drop();
  /// Loads duties by number, for the timer.
  void adopt(Duty duty);

  // View
  [[nodiscard]] const void* find_row(const RowKey& key) const override;
  [[nodiscard]] std::vector<const Duty*> open_duties(const RawId& about) const override;
  // RowAccess
  RowPtr find(const RowKey& key) override;
  void put(const RowKey& key, RowPtr row) override;

  [[nodiscard]] bool is_subject(const RawId& about) const { return declared_subjects_.contains(about); }
  /// Net images of all rows that merged commands changed.
  [[nodiscard]] std::vector<RowWrite> writes() const;

 private:
  struct Slot {
    RowPtr row;
    bool stored = false;   ///< it exists in the store
    bool changed = false;  ///< differs from the store
  };
  [[nodiscard]] RowPtr current(const RowKey& key) const;
  void load_subjects(const std::vector<RawId>& about);
  static bool kernel_owned(const TableType& table);

  Store& store_;
  std::unordered_map<RowKey, Slot, RowKeyHash> rows_;
  std::unordered_map<RowKey, RowPtr, RowKeyHash> layer_;
  std::vector<RowKey> layer_order_;
  std::unordered_map<RawId, std::vector<No>> duties_;  ///< known duties by subject
  std::unordered_map<RawId, std::vector<No>> layer_duties_;
  std::unordered_map<RowKey, bool, RowKeyHash> declared_;  ///< value: owned
  std::unordered_set<RawId> declared_subjects_;
};

}  // namespace fx
