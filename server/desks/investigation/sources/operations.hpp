#pragma once

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/operations.hpp"

namespace fx::investigation {

void add_link_infector(Desk& desk);
void add_infector_candidates(Desk& desk);
void add_conclude_source(Desk& desk);
void add_clusters(Desk& desk);
void add_ring(Desk& desk);
void add_source_laws(Desk& desk);

/// What a full report waits for: every stop and gap of the window settled, the source said. Its keys: read_trajectory.
void full_report_refusals(const Case& file, const View& view, Refusals& no);
void read_trajectory(CaseId case_id, const View& view, KeySet& keys);
/// And what follows when it is in.
void submit_full(const Case& file, const TextRef& report, const Context& context, Decision& decision);

/// First case of the chain a case belongs to.
inline CaseId chain_of(const Case& file) { return file.chain.value_or(file.id); }

/// Keys of whatever cuts links of a case: its chain, hop by hop.
void own_chain(const Case& file, const Loaded& loaded, const View& view, KeySet& keys);

/// Cuts every link of a case, to whom infected it and to whom it infected: it is none any more.
void cut_links(const Case& file, const TextRef& reason, const View& view, const Context& context,
               Decision& decision);

}  // namespace fx::investigation
