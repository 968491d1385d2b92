#pragma once

#include <memory_resource>
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
  /// Further rows of the same command.
  void also(const KeySet& keys);
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

  [[nodiscard]] bool is_subject(const RawId& about) const;
  /// Net images of all rows that merged commands changed.
  [[nodiscard]] std::vector<RowWrite> writes() const;

 private:
  struct Slot {
    RowPtr row;
    bool stored = false;      ///< it exists in the store
    bool changed = false;     ///< differs from the store
    RowPtr before = nullptr;  ///< of a changed row: as it is stored
  };
  /// An empty pointer: there is no such row, or it is not loaded.
  [[nodiscard]] const RowPtr& current(const RowKey& key) const;
  void load_subjects(const std::vector<RawId>& about);
  static bool kernel_owned(const TableType& table);

  /// nullptr: not named.
  [[nodiscard]] const KeySet::Entry* declared(const RowKey& key) const;
  template <class K, class V, class H = std::hash<K>>
  using Map = std::pmr::unordered_map<K, V, H>;

  Store& store_;
  // Rows of a batch come and go together: their nodes are given back in one piece.
  std::pmr::monotonic_buffer_resource memory_{16 * 1024};
  std::pmr::unsynchronized_pool_resource pool_{&memory_};
  Map<RowKey, Slot, RowKeyHash> rows_{&memory_};
  Map<RowKey, RowPtr, RowKeyHash> layer_{&pool_};
  std::vector<RowKey> layer_order_;
  Map<RawId, std::pmr::vector<No>> duties_{&pool_};  ///< known duties by subject
  Map<RawId, std::pmr::vector<No>> layer_duties_{&pool_};
  // What the present command named; found by looking while it is little.
  std::vector<KeySet::Entry> declared_;
  std::vector<RawId> subjects_;
  Map<RowKey, std::size_t, RowKeyHash> declared_at_{&pool_};
  std::pmr::unordered_set<RawId> subjects_at_{&pool_};
};

}  // namespace fx
