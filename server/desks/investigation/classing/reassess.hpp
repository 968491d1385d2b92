#pragma once

#include <set>

#include "desks/investigation/classing/contact_class.hpp"
#include "desks/investigation/facts.hpp"
#include "kernel/context.hpp"

namespace fx::investigation {

/// What is about to change in the facts of contacts.
struct FactChange {
  std::vector<Exposure> added = {};
  std::set<ExposureId> withdrawn = {};
  std::optional<CaseId> case_id = {};            ///< whose window or standing changes …
  std::optional<Infectious> infectious = {};     ///< … to this; nothing: it counts no more
  std::optional<PersonId> became = {};           ///< a contact that becomes a case …
  std::optional<Infectious> became_window = {};  ///< … with this window; nothing: it is none any more
  std::set<ContactId> without = {};              ///< contacts whose matter this very decision ends
  std::optional<StopId> stop = {};               ///< a stop known better, or withdrawn …
  StopNow stop_now = {};                         ///< … to this
  ChangeCause cause = ChangeCause::exposure_told;
  TextRef words = {};  ///< why, as far as it was said
};

/// Rows that a more_keys function may look at: named before this hop, and loaded.
class Loaded {
 public:
  explicit Loaded(const KeySet& keys);
  template <class T>
  [[nodiscard]] bool has(const RawId& id) const {
    return keys_.contains({&table_type<T>(), id});
  }

 private:
  std::set<std::pair<const TableType*, RawId>> keys_;
};

/// Is the person a close contact by another judgement than those left aside? A first sample is owed once, of however many
/// cases somebody is a contact.
bool is_close_besides(PersonId person, const std::set<ContactId>& aside, const View& view);
/// Keys of it, hop by hop.
void read_judgements(PersonId person, const Loaded& loaded, const View& view, KeySet& keys);

/// Keys of looking at a person's classes again, hop by hop.
void own_classes_of(PersonId person, const Loaded& loaded, const View& view, KeySet& keys);
/// The same for everybody on a list of contacts.
void own_classes_of(const ContactList* list, const Loaded& loaded, const View& view, KeySet& keys);

/// The rules of contact as the rulebook has them when and where it happened.
ClassRules class_rules(const Context& context, std::int32_t county);
/// What is known of the cases and contacts these exposures name, the change included.
Sources sources_of(const std::vector<Exposure>& exposures, const FactChange& change, const View& view);
std::vector<Exposure> exposures_after(PersonId person, const FactChange& change, const View& view);

/// What the facts make of each contact this person is, after the change: said where it is new, proposed where somebody
/// judged otherwise.
void reassess(PersonId person, const FactChange& change, const View& view, const Context& context,
              Decision& decision);
void reassess(const ContactList* list, const FactChange& change, const View& view, const Context& context,
              Decision& decision);

/// A stop is known better, or withdrawn: whoever was met there is looked at again.
void reassess_stop(const ContactList* list, const FactChange& change, const View& view,
                   const Context& context, Decision& decision);

/// The contact's matter ends: a proposal about it falls.
void drop_proposal(ContactId contact, const View& view, Decision& decision);

/// Days a class is under control, all phases, from Day 0; nothing where the rulebook states none.
std::optional<int> control_days(ContactClass c, const Context& context, std::int32_t county);
/// The last of them.
std::optional<Day> last_day(ContactClass c, std::optional<Day> day0, const Context& context,
                            std::int32_t county);
/// Was the period over before it became known?
bool period_over(ContactClass c, std::optional<Day> day0, const Context& context, std::int32_t county);

std::optional<Infectious> infectious(const Case& file);

/// The onset becomes known, or known better: the window moves, and with it stops, questions and classes. Gives the change
/// the classes are to be looked at by; nothing changes without `onset`.
FactChange onset_known(const Case& file, std::optional<Day> onset, const View& view, const Context& context,
                       Decision& decision);
/// Keys of it, for an operation that named the case, its trajectory and its list of contacts.
void own_onset(const Case& file, Day onset, const Loaded& loaded, const View& view, const Context& context,
               KeySet& keys);

}  // namespace fx::investigation
