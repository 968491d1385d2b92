// Who infected whom. A case has one infector at most, nobody infects an ancestor, and nobody before being infectious.

#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

using Links = std::map<CaseId, CaseId>;  ///< case → infector, inside one chain

std::vector<CaseId> members_of(CaseId chain, const View& view) {
  const Chain* row = view.find<Chain>(chain);
  return row != nullptr && !row->members.empty() ? row->members : std::vector{chain};
}

CaseId root_of(CaseId id, const Links& links) {
  for (auto link = links.find(id); link != links.end(); link = links.find(id)) id = link->second;
  return id;
}

/// The case and everybody it infected, and they in turn.
std::vector<CaseId> below(CaseId id, const std::vector<CaseId>& members, const Links& links) {
  std::vector<CaseId> out{id};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const CaseId member : members)
      if (const auto link = links.find(member); link != links.end() && link->second == out[i])
        out.push_back(member);
  return out;
}

Links links_of(const std::vector<CaseId>& members, const View& view) {
  Links links;
  for (const CaseId member : members)
    if (const Case& file = view.get<Case>(member); file.infector) links.insert({member, *file.infector});
  return links;
}

InfectorUnlinked cut(CaseId id, const std::vector<CaseId>& members, Links& links, const TextRef& reason,
                     const Context& context) {
  InfectorUnlinked event{id, links.at(id), root_of(id, links), {}, context.actor.account, reason};
  links.erase(id);
  event.parted = below(id, members, links);
  return event;
}

/// The latest moment at which a case can have been infected, as far as it is known.
Instant infected_by(const Case& file) {
  return file.onset_day ? std::min(start_of(*file.onset_day + 1), file.sampled_at) : file.sampled_at;
}

bool against_time(const LinkInfector& c, const Case& file, const Case& infector) {
  const Instant last = infected_by(file);
  if (c.exposed_at && *c.exposed_at > last) return true;
  return infector.window_from && c.exposed_at.value_or(last) < *infector.window_from;
}

Result<Decision> link_infector(const LinkInfector& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  const Case* infector = view.find<Case>(c.infector);
  if (file == nullptr) return unknown("/case_id");
  if (infector == nullptr) return unknown("/infector");
  Refusals no;
  for (const Case* one : {file, infector})
    if (one->state == CaseState::excluded) no.add(not_open(*one));
  if (file->infector) no.add("R-CAS-13", "/case_id");
  if (!file->infector && chain_of(*infector) == chain_of(*file)) no.add("R-CAS-10", "/infector");
  if (against_time(c, *file, *infector)) no.add("R-CAS-11", "/infector");
  if (c.evidence.empty()) no.add(missing("/evidence"));
  if (!no.empty()) return no;
  const CaseId chain = chain_of(*infector);
  InfectorLinked event{c.case_id,
                       c.infector,
                       c.strength,
                       c.exposed_at,
                       chain,
                       c.case_id,
                       members_of(c.case_id, view),
                       context.actor.account,
                       c.evidence.ref};
  if (chain == c.infector) event.joined.push_back(c.infector);
  return Decision{{std::move(event)}};
}

Result<Decision> unlink_infector(const UnlinkInfector& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!file->infector) no.add(wrong_state("unlinked", {"linked"}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  const auto members = members_of(chain_of(*file), view);
  Links links = links_of(members, view);
  return Decision{{cut(c.case_id, members, links, c.reason.ref, context)}};
}

}  // namespace

void own_chain(const Case& file, const Loaded& loaded, const View& view, KeySet& keys) {
  const CaseId chain = chain_of(file);
  if (loaded.has<Chain>(chain.raw))
    for (const CaseId member : members_of(chain, view)) {
      keys.own<Case>(member);
      keys.own<Chain>(member);
    }
  keys.own<Chain>(chain);
}

void cut_links(const Case& file, const TextRef& reason, const View& view, const Context& context,
               Decision& decision) {
  if (!file.chain) return;
  const auto members = members_of(*file.chain, view);
  Links links = links_of(members, view);
  for (const CaseId member : members)
    if (const auto link = links.find(member);
        link != links.end() && (member == file.id || link->second == file.id))
      decision.events.emplace_back(cut(member, members, links, reason, context));
}

void add_link_infector(Desk& desk) {
  desk.operation<LinkInfector>("link_infector", {"登记传染来源", "Link an infector"})
      .by({Role::INV, Role::CDC})
      .keys([](const LinkInfector& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id).own<Case>(c.infector).own<Chain>(c.case_id);
      })
      .more_keys([](const LinkInfector& c, const View& view, const Context&, KeySet& keys) {
        for (const CaseId member : members_of(c.case_id, view)) keys.own<Case>(member);
        if (const Case* infector = view.find<Case>(c.infector)) keys.own<Chain>(chain_of(*infector));
      })
      .place(cdc_of_case<LinkInfector>)
      .decide(link_infector);
  desk.operation<UnlinkInfector>("unlink_infector", {"撤销传染来源", "Withdraw an infector"})
      .by({Role::INV, Role::CDC})
      .keys(own_case<UnlinkInfector>)
      .more_keys([](const UnlinkInfector& c, const View& view, const Context&, KeySet& keys) {
        if (const Case* file = view.find<Case>(c.case_id)) own_chain(*file, Loaded(keys), view, keys);
      })
      .place(cdc_of_case<UnlinkInfector>)
      .decide(unlink_infector);
}

}  // namespace fx::investigation
