#pragma once

#include "base/assert.hpp"
#include "base/described.hpp"
#include "base/erased.hpp"
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

namespace detail {
template <class T>
consteval bool is_subject() {
  if constexpr (requires { T::subject; })
    return T::subject;
  else
    return !requires(T t) { t.no; };
}
template <class T>
consteval bool is_reference() {
  if constexpr (requires { T::reference; })
    return T::reference;
  else
    return false;
}
template <class T>
concept KeyedByNo = requires(T t) { t.no; };
/// One for each row type. How its cells are written is filled in by define_table: only the file that declares a table
/// compiles its codecs, every other one names the table.
template <class T>
inline TableType table_of{.name = T::table,
                          .info = nullptr,
                          .by_no = KeyedByNo<T>,
                          .subject = is_subject<T>(),
                          .reference = is_reference<T>(),
                          .put = nullptr,
                          .take = nullptr,
                          .copy_or_new = nullptr,
                          .key = nullptr,
                          .same = nullptr};
}  // namespace detail

/// The table of a row type; usable once its desk has declared it.
template <class T>
const TableType& table_type() {
  return detail::table_of<T>;
}

/// Compiles the codecs of a table. Called where the table is declared (Desk::table), before any thread runs.
template <class T>
const TableType& define_table() {
  TableType& type = detail::table_of<T>;
  type.info = &type_info<T>();
  type.put = [](CellSink& sink, const void* row) { put_row(sink, *static_cast<const T*>(row)); };
  type.take = [](CellSource& source) -> std::shared_ptr<const void> {
    auto row = share_new<T>();
    take_row(source, *static_cast<T*>(row.get()));
    return row;
  };
  type.copy_or_new = [](const void* row) -> std::shared_ptr<void> {
    return row != nullptr ? share_new<T>(*static_cast<const T*>(row)) : share_new<T>();
  };
  type.key = [](const void* row) { return row_key(*static_cast<const T*>(row)); };
  type.same = [](const void* a, const void* b) {
    return to_json(*static_cast<const T*>(a)) == to_json(*static_cast<const T*>(b));
  };
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
