// After a new edition: what do its rules make of the contacts of this case?

#include "desks/investigation/classing/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> review_contacts(const ReviewContacts& c, const View& view, const Context& context) {
  if (view.find<Case>(c.case_id) == nullptr) return unknown("/case_id");
  Decision decision;
  reassess(view.find<ContactList>(contacts_of_case(c.case_id)), {.cause = ChangeCause::reviewed}, view,
           context, decision);
  return decision;
}

}  // namespace

void add_review_contacts(Desk& desk) {
  desk.operation<ReviewContacts>("review_contacts",
                                 {"按现行方案重新核对接触者", "Review contacts under today's rules"})
      .by({Role::INV, Role::CDC})
      .keys([](const ReviewContacts& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id).read<ContactList>(contacts_of_case(c.case_id));
      })
      .more_keys([](const ReviewContacts& c, const View& view, const Context&, KeySet& keys) {
        own_classes_of(view.find<ContactList>(contacts_of_case(c.case_id)), Loaded(keys), view, keys);
      })
      .place(cdc_of_case<ReviewContacts>)
      .decide(review_contacts);
}

}  // namespace fx::investigation
