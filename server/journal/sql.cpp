#include "journal/sql.hpp"

#include "base/described.hpp"
#include "kernel/store.hpp"

namespace fx::journal {

RawId SqlStatement::id_at(int column) const {
  const auto bytes = blob_at(column);
  if (bytes.size() != 16) throw StoreBroken("an id that has not 16 bytes");
  return id_of_blob(bytes);
}

bool RowSource::null() {
  if (!statement_.is_null(column_)) return false;
  ++column_;
  return true;
}
std::string_view RowSource::text() {
  const auto view = statement_.text_at(column_++);
  bytes_ += view.size();
  return view;
}
std::string_view RowSource::blob() {
  const auto view = statement_.blob_at(column_++);
  bytes_ += view.size();
  return view;
}

std::string sql_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace fx::journal
