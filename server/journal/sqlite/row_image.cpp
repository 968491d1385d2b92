#include "journal/sqlite/row_image.hpp"

#include <bit>

namespace fx::journal {

void RowImage::add(Kind kind, std::string_view bytes) {
  cells_.push_back({kind, static_cast<std::int64_t>(bytes_.size()), 0, bytes.size()});
  bytes_ += bytes;
}

bool RowImage::same(std::size_t column, const RowImage& other) const {
  const Cell& a = cells_[column];
  const Cell& b = other.cells_[column];
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::null: return true;
    case Kind::integer: return a.integer == b.integer;
    case Kind::real: return std::bit_cast<std::int64_t>(a.real) == std::bit_cast<std::int64_t>(b.real);
    case Kind::text:
    case Kind::blob: break;
  }
  return view(a) == other.view(b);
}

void RowImage::bind(Statement& statement, std::size_t column) const {
  const Cell& cell = cells_[column];
  switch (cell.kind) {
    case Kind::null: statement.bind_null(); return;
    case Kind::integer: statement.bind(cell.integer); return;
    case Kind::real: statement.real(cell.real); return;
    case Kind::text: statement.bind_text(view(cell)); return;
    case Kind::blob: statement.bind_blob(view(cell)); return;
  }
}

}  // namespace fx::journal
