// Messages to my posts: what nobody has acknowledged first, then the others, latest first.
#include "api/handlers.hpp"
#include "api/labels.hpp"
#include "api/pages.hpp"

namespace fx::api {
namespace {

constexpr std::size_t default_limit = 50;
constexpr char fresh = 'u';  ///< a cursor in the unacknowledged part
constexpr char known = 'a';  ///< in the rest

struct Rows {
  std::vector<Notice> notices;
  std::string next;
};

/// The acknowledged ones, skipping what the first part showed.
void add_known(journal::Reader& reader, journal::NoticeQuery query, std::size_t limit, Rows& out) {
  query.unacknowledged = false;
  while (out.notices.size() < limit) {
    query.limit = limit;
    auto page = reader.notices(query);
    for (Notice& notice : page.rows)
      if (notice.acknowledged_at) out.notices.push_back(std::move(notice));
    query.cursor = page.next;
    if (page.next.empty()) return;
  }
  out.next = known + query.cursor;  // a page may be longer than asked by what its last piece held
}

Rows read(journal::Reader& reader, journal::NoticeQuery query, const std::string& after, bool fresh_only) {
  Rows out;
  const std::size_t limit = query.limit;
  if (!after.empty() && after.front() != fresh && after.front() != known)
    throw journal::BadCursor("not of this list");
  query.cursor = after.empty() ? std::string() : after.substr(1);
  if (after.empty() || after.front() == fresh) {
    query.unacknowledged = true;
    auto page = reader.notices(query);
    out.notices = std::move(page.rows);
    if (!page.next.empty()) {
      out.next = fresh + page.next;
      return out;
    }
    query.cursor.clear();
  }
  if (!fresh_only) add_known(reader, query, limit, out);
  return out;
}

}  // namespace

http::Response show_notices(Exchange& exchange) {
  journal::NoticeQuery query;
  for (const Role role : exchange.who.actor.roles) query.posts.push_back({exchange.who.session.unit, role});
  query.limit = number_in_query(exchange.request, "limit", default_limit, journal::longest_page);
  const std::string only = text_in_query(exchange.request, "unacknowledged");
  auto reader = exchange.house.parts.readers.open();
  const Rows read_rows =
      read(reader, query, text_in_query(exchange.request, "after"), only == "1" || only == "true");
  std::string rows;
  Named named;
  for (const Notice& notice : read_rows.notices) {
    (rows += rows.empty() ? "" : ",") += notice_row_json(exchange, reader, notice);
    named.note(type_info<Notice>(), &notice);
  }
  return http::json(200, page_json(rows, read_rows.next, reader, named.json(exchange, reader)));
}

}  // namespace fx::api
