#pragma once

#include <span>
#include <vector>

#include "kernel/duty.hpp"
#include "kernel/table.hpp"

namespace fx {

/// The rows a command names before anything is read (kernel-notes §1, §3).
/// own: written under exclusive lock; read: decides but is not written.
class KeySet {
 public:
  struct Entry {
    RowKey key;
    bool own;
  };
  template <class T, class Tag>
  KeySet& own(const Id<Tag>& id) {
    return add(table_type<T>(), id.raw, true);
  }
  template <class T>
  KeySet& own(const RawId& id) {
    return add(table_type<T>(), id, true);
  }
  template <class T, class Tag>
  KeySet& read(const Id<Tag>& id) {
    return add(table_type<T>(), id.raw, false);
  }
  template <class T>
  KeySet& read(const RawId& id) {
    return add(table_type<T>(), id, false);
  }
  /// Duties about this thing are opened or met though no row of it is owned.
  KeySet& subject(const RawId& about) {
    subjects_.push_back(about);
    return *this;
  }
  KeySet& add(const TableType& table, const RawId& id, bool own);
  /// All of another's, for loading many commands' keys together: a key may then stand in it twice.
  KeySet& append(const KeySet& other);

  /// Grows with whatever is named, and with a row that was read and is now owned.
  [[nodiscard]] std::size_t revision() const { return revision_ + subjects_.size(); }

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<RawId>& subjects() const { return subjects_; }

 private:
  std::vector<Entry> entries_;
  std::vector<RawId> subjects_;
  std::size_t revision_ = 0;
};

/// The loaded rows as a decision sees them. Asking for a row that was not named is a defect.
class View {
 public:
  virtual ~View() = default;
  /// nullptr: there is no such row.
  [[nodiscard]] virtual const void* find_row(const RowKey& key) const = 0;
  /// Open duties about a subject that was named.
  [[nodiscard]] virtual std::vector<const Duty*> open_duties(const RawId& about) const = 0;
  /// A duty by number, open or closed; only those named by `own<Duty>` or open about a named subject.
  template <class T>
  [[nodiscard]] const T* find(const RawId& id) const {
    return static_cast<const T*>(find_row({&table_type<T>(), id}));
  }
  template <class T, class Tag>
  [[nodiscard]] const T* find(const Id<Tag>& id) const {
    return find<T>(id.raw);
  }
  template <class T, class Tag>
  [[nodiscard]] const T& get(const Id<Tag>& id) const {
    const T* row = find<T>(id.raw);
    FX_ASSERT(row != nullptr, std::string(T::table) + " " + id.raw.text() + " was taken for granted");
    return *row;
  }
};

/// A uniqueness claim (kernel-notes §3): who holds what there may be only one of.
struct Claim {
  static constexpr std::string_view table = "claim";
  static constexpr bool subject = false;
  RawId id;          ///< named_id(kind, key)
  std::string kind;  ///< document | tube_code | room | person_in_room | case_card …
  RawId holder;      ///< nil: free again
};
BOOST_DESCRIBE_STRUCT(Claim, (), (id, kind, holder))

}  // namespace fx
