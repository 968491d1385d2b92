#pragma once

#include <string>
#include <vector>

#include "api/house.hpp"
#include "importing/import_source.hpp"

namespace fx::api {

/// The list its people may be loaded into besides: a township's screening list, by township and sender, or that of a round.
enum class NamedList { none, township, round };
BOOST_DESCRIBE_ENUM(NamedList, none, township, round)

/// A kind of file that may be brought in, and the operations its rows become: who may ask all of these may import it.
struct ImportKind {
  std::string_view id;  ///< of the tables read by a profile (TableKind), or lab_reports for HL7
  Words title;
  std::vector<std::string_view> operations;
  NamedList list = NamedList::none;
  std::vector<std::string_view> list_operations;  ///< asked besides when that list is named
};

const std::vector<ImportKind>& import_kinds();
const ImportKind* import_kind(std::string_view id);
/// Does the realm have all these operations, and the visitor a role for each?
bool may_ask(const Visitor& who, const Registry& registry, const std::vector<std::string_view>& operations);

/// The profiles, and what words mean: of the program, read once.
const importing::ImportCatalogue& import_catalogue();
/// The template of a kind; nullptr when Fangxian offers none.
const importing::TableProfile* offered_profile(std::string_view kind);

}  // namespace fx::api
