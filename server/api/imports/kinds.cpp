#include "api/imports/kinds.hpp"

#include <algorithm>
#include <stdexcept>

#include "api/assets.hpp"

namespace fx::api {

const std::vector<ImportKind>& import_kinds() {
  static const std::vector<ImportKind> kinds{
      {"returnees",
       {"返乡人员名单", "list of returnees"},
       {"people.register_person"},
       NamedList::township,
       {"investigation.deliver_list", "investigation.load_lines"}},
      {"residents",
       {"应检人员名单", "population list"},
       {"people.register_person"},
       NamedList::round,
       {"screening.enrol_people"}},
      {"cases",
       {"病例一览表", "case line list"},
       {"people.register_person", "investigation.record_historic_case", "investigation.open_case",
        "investigation.classify_case"},
       NamedList::none,
       {}},
      {"links",
       {"传播链、关系", "infections and relationships"},
       {"investigation.link_infector", "investigation.name_contacts"},
       NamedList::none,
       {}},
      {"contacts",
       {"接触者一览表", "list of contacts"},
       {"people.register_person", "investigation.name_contacts"},
       NamedList::none,
       {}},
      {"trajectories",
       {"病例活动轨迹", "movements of cases"},
       {"people.register_person", "investigation.record_historic_case", "investigation.open_case",
        "investigation.record_stop"},
       NamedList::none,
       {}},
      {"lab_results",
       {"检测结果表", "table of laboratory results"},
       {"screening.record_external_result"},
       NamedList::none,
       {}},
      {"instrument_readings",
       {"仪器结果文件", "instrument results"},
       {"screening.record_result", "screening.record_wells"},
       NamedList::none,
       {}},
      {"lab_reports",
       {"实验室报告（HL7）", "laboratory reports (HL7)"},
       {"people.register_person", "screening.record_external_result"},
       NamedList::none,
       {}},
  };
  return kinds;
}

const ImportKind* import_kind(std::string_view id) {
  const auto found = std::ranges::find(import_kinds(), id, &ImportKind::id);
  return found == import_kinds().end() ? nullptr : &*found;
}

bool may_ask(const Visitor& who, const Registry& registry, const std::vector<std::string_view>& operations) {
  return std::ranges::all_of(operations, [&](std::string_view name) {
    const Operation* operation = registry.operation(name);
    return operation != nullptr &&
           std::ranges::any_of(operation->actors, [&](Role role) { return who.actor.has(role); });
  });
}

const importing::ImportCatalogue& import_catalogue() {
  static const importing::ImportCatalogue catalogue = [] {
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& asset : assets::reference()) files.emplace_back(asset.path, asset.text);
    auto read = importing::load_catalogue(files);
    if (!read) throw std::runtime_error("reference data of imports: " + read.error().list().front().say.en);
    return *std::move(read);
  }();
  return catalogue;
}

const importing::TableProfile* offered_profile(std::string_view kind) {
  for (const importing::TableProfile& profile : import_catalogue().profiles)
    if (profile.offered() && profile.kind() == kind) return &profile;
  return nullptr;
}

}  // namespace fx::api
