#pragma once

#include <set>
#include <string>
#include <string_view>

#include "kernel/table.hpp"

namespace fx::api {

/// Numbers of the ledger pass 2^53, so they travel as texts: a browser would round them.
bool is_ledger_number(const FieldInfo& field);

/// A row of any table as one JSON object, fields in order; what is empty is left out.
void write_row(std::string& out, const TableType& table, const void* row);

/// Stored JSON with every whole number beyond 2^53 made a text.
std::string without_big_numbers(std::string_view json);

/// Ids in a row that name this kind of thing ("person", "account"), also inside its lists of objects.
void collect_ids(const TypeInfo& type, const void* row, std::string_view tag, std::set<RawId>& out);

/// `"name":"text"` with a comma before it unless the object has just begun.
void add_text(std::string& out, std::string_view name, std::string_view text);
/// `"name":<json>` likewise.
void add_json(std::string& out, std::string_view name, std::string_view json);
std::string words_json(const Words& say);
std::string quoted(std::string_view text);

}  // namespace fx::api
