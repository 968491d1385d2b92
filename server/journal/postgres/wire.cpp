#include "journal/postgres/wire.hpp"

#include <bit>

#include "base/assert.hpp"

namespace fx::journal::pg {
namespace {

template <class T>
void append_big_endian(std::string& out, T value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
}

void append_item(std::string& out, std::string_view bytes) {
  append_big_endian(out, static_cast<std::int32_t>(bytes.size()));
  out.append(bytes);
}

}  // namespace

Kind kind_of(CellKind cell) {
  switch (cell) {
    case CellKind::integer: return Kind::integer;
    case CellKind::real: return Kind::real;
    case CellKind::text: return Kind::text;
    case CellKind::blob: return Kind::bytes;
  }
  return Kind::unknown;
}

unsigned array_of(Kind element) {
  switch (element) {
    case Kind::boolean: return 1000;
    case Kind::bytes: return 1001;
    case Kind::integer: return 1016;
    case Kind::text: return 1009;
    case Kind::real: return 1022;
    case Kind::unknown: break;
  }
  return 0;
}

std::string_view ddl_of(CellKind cell) {
  switch (cell) {
    case CellKind::integer: return "bigint";
    case CellKind::real: return "double precision";
    case CellKind::text: return R"(text COLLATE "C")";
    case CellKind::blob: return "bytea";
  }
  return "";
}

std::string_view array_ddl_of(Kind element) {
  switch (element) {
    case Kind::boolean: return "boolean[]";
    case Kind::bytes: return "bytea[]";
    case Kind::integer: return "bigint[]";
    case Kind::text: return "text[]";
    case Kind::real: return "double precision[]";
    case Kind::unknown: break;
  }
  return "";
}

std::string encode(std::int64_t value) {
  std::string out;
  append_big_endian(out, value);
  return out;
}

std::string encode(double value) { return encode(std::bit_cast<std::int64_t>(value)); }

std::int64_t decode_integer(std::string_view bytes) {
  // integer, smallint and boolean appear in catalogues and counts; all are read as numbers
  std::uint64_t out = 0;
  for (const char c : bytes) out = (out << 8) | static_cast<unsigned char>(c);
  if (bytes.size() == 4) return static_cast<std::int32_t>(out);
  if (bytes.size() == 2) return static_cast<std::int16_t>(out);
  return static_cast<std::int64_t>(out);
}

double decode_real(std::string_view bytes) {
  FX_ASSERT(bytes.size() == 8, "a double has 8 bytes");
  return std::bit_cast<double>(decode_integer(bytes));
}

void Array::null() {
  append_big_endian(items_, std::int32_t{-1});
  nulls_ = true;
  ++size_;
}

void Array::add(std::int64_t value) {
  FX_ASSERT(element_ == Kind::integer, "an integer in an array of another kind");
  append_big_endian(items_, std::int32_t{8});
  append_big_endian(items_, value);
  ++size_;
}

void Array::add(double value) {
  FX_ASSERT(element_ == Kind::real, "a double in an array of another kind");
  append_item(items_, encode(value));
  ++size_;
}

void Array::add(bool value) {
  FX_ASSERT(element_ == Kind::boolean, "a boolean in an array of another kind");
  append_item(items_, value ? std::string_view("\1", 1) : std::string_view("\0", 1));
  ++size_;
}

void Array::add(std::string_view bytes) {
  FX_ASSERT(element_ == Kind::text || element_ == Kind::bytes, "bytes in an array of another kind");
  append_item(items_, bytes);
  ++size_;
}

std::string Array::take() {
  std::string out;
  append_big_endian(out, std::int32_t{size_ == 0 ? 0 : 1});  // dimensions
  append_big_endian(out, std::int32_t{nulls_ ? 1 : 0});
  append_big_endian(out, static_cast<std::int32_t>(element_));
  if (size_ > 0) {
    append_big_endian(out, static_cast<std::int32_t>(size_));
    append_big_endian(out, std::int32_t{1});  // lower bound
    out += items_;
  }
  items_.clear();
  size_ = 0;
  nulls_ = false;
  return out;
}

}  // namespace fx::journal::pg
