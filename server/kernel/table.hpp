#pragma once

#include <memory>

#include "base/assert.hpp"
#include "base/described.hpp"
#include "kernel/ids.hpp"

namespace fx {

/// What the kernel knows of one fact table. A row is a described struct with `static constexpr std::string_view
/// table`, whose first member is its id (or `No no`). Rows with an id are stored under (jurisdiction, id), the
/// jurisdiction being the id's home; rows with a number under it.
struct TableType {
  std::string_view name;
  const TypeInfo* info;
  bool by_no;      ///< keyed by a ledger number
  bool subject;    ///< duties may be about it: owning the row loads its open duties
  bool reference;  ///< a change raises the reference generation (units, holdings, rulebook)
  void (*put)(CellSink&, const void*);
  std::shared_ptr<const void> (*take)(CellSource&);
  std::shared_ptr<void> (*copy_or_new)(const void*);  ///< a copy to evolve; of nullptr a fresh row
  RawId (*key)(const void*);
  bool (*same)(const void*, const void*);
};

/// A ledger number as a key.
inline RawId key_of_no(No no) {
  RawId key;
  for (std::size_t i = 0; i < 8; ++i) key.bytes[8 + i] = static_cast<std::uint8_t>(no >> (56 - 8 * i));
  return key;
}
inline No no_of_key(const RawId& key) {
  No no = 0;
  for (std::size_t i = 8; i < 16; ++i) no = (no << 8) | key.bytes[i];
  return no;
}

template <class T>
RawId row_key(const T& row) {
  if constexpr (requires { row.no; })
    return key_of_no(row.no);
  else
    return std::get<RawId>(type_info<T>().fields.front().get(&row));
}

template <class T>
const TableType& table_type() {
  constexpr bool by_no = requires(T t) { t.no; };
  constexpr bool subject = [] {
    if constexpr (requires { T::subject; })
      return T::subject;
    else
      return !by_no;
  }();
  constexpr bool reference = [] {
    if constexpr (requires { T::reference; })
      return T::reference;
    else
      return false;
  }();
  static const TableType type{
      T::table,
      &type_info<T>(),
      by_no,
      subject,
      reference,
      [](CellSink& sink, const void* row) { put_row(sink, *static_cast<const T*>(row)); },
      [](CellSource& source) -> std::shared_ptr<const void> {
        return std::make_shared<const T>(take_row<T>(source));
      },
      [](const void* row) -> std::shared_ptr<void> {
        return row != nullptr ? std::make_shared<T>(*static_cast<const T*>(row)) : std::make_shared<T>();
      },
      [](const void* row) { return row_key(*static_cast<const T*>(row)); },
      [](const void* a, const void* b) {
        return to_json(*static_cast<const T*>(a)) == to_json(*static_cast<const T*>(b));
      }};
  return type;
}

struct RowKey {
  const TableType* table = nullptr;
  RawId id;
  friend bool operator==(const RowKey&, const RowKey&) = default;
};
struct RowKeyHash {
  std::size_t operator()(const RowKey& key) const {
    return RawIdHash{}(key.id) ^ (reinterpret_cast<std::uintptr_t>(key.table) * 0x9E3779B97F4A7C15ULL);
  }
};
using RowPtr = std::shared_ptr<const void>;

}  // namespace fx
