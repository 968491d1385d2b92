// Many rows by their ids with few statements: a page of pooled tubes names thousands of people, and a statement to another
// machine costs more than what it finds.
#include <fmt/format.h>

#include "base/assert.hpp"
#include "journal/reader.hpp"

namespace fx::journal {
namespace {

/// Ids of one statement, the last one again if there are fewer: one prepared statement serves all. One alone has its own.
constexpr std::size_t at_once = 64;

std::size_t places_for(std::span<const RawId> piece) { return piece.size() == 1 ? 1 : at_once; }

std::string question_marks(std::span<const RawId> piece) {
  std::string out = "?";
  for (std::size_t i = 1; i < places_for(piece); ++i) out += ", ?";
  return out;
}

/// Calls ask(ids) for each piece of at most `at_once`.
template <class F>
void in_pieces(std::span<const RawId> ids, F ask) {
  for (; !ids.empty(); ids = ids.subspan(std::min(at_once, ids.size())))
    ask(ids.first(std::min(at_once, ids.size())));
}

void bind_piece(SqlStatement& select, std::span<const RawId> piece) {
  for (std::size_t i = 0; i < places_for(piece); ++i) select.bind(piece[std::min(i, piece.size() - 1)]);
}

}  // namespace

std::map<RawId, RowPtr> Reader::rows(const TableType& table, std::span<const RawId> ids) {
  FX_ASSERT(!table.by_no, "rows by number are asked for one by one");
  const FactTable& fact = readers_->tables_.of(table);
  std::map<std::int32_t, std::vector<RawId>> by_home;
  for (const RawId& id : ids) by_home[id.home()].push_back(id);
  std::map<RawId, RowPtr> out;
  for (const auto& [home, wanted] : by_home)
    in_pieces(wanted, [&](std::span<const RawId> piece) {
      SqlStatement& select = session_->sql().cached(
          fmt::format(R"(SELECT {0}, {1} FROM {2} WHERE "home" = ? AND {0} IN ({3}))", fact.key, fact.columns,
                      sql_name(table.name), question_marks(piece)));
      select.bind(std::int64_t{home});
      bind_piece(select, piece);
      while (select.step()) {
        RowSource source(select, 1);
        out.emplace(select.id_at(0), table.take(source));
      }
    });
  return out;
}

std::map<RawId, IdentityWrite> Reader::identities(std::span<const RawId> subjects, const std::string& kind) {
  std::map<RawId, IdentityWrite> out;
  in_pieces(subjects, [&](std::span<const RawId> piece) {
    SqlStatement& select = session_->sql().cached(fmt::format(
        "SELECT subject, cipher, hash FROM identity WHERE subject IN ({}) AND kind = ? ORDER BY seq",
        question_marks(piece)));
    bind_piece(select, piece);
    select.bind_text(kind);
    while (select.step()) {  // the latest comes last
      const RawId subject = select.id_at(0);
      out.insert_or_assign(subject,
                           IdentityWrite{subject, kind, std::string(select.blob_at(1)), select.string_at(2)});
    }
  });
  return out;
}

}  // namespace fx::journal
