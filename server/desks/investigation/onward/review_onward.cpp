// A contact who was positive is no case any more: whom this contact had met is a contact of a contact again.

#include "desks/investigation/onward/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> review_onward(const ReviewOnward& c, const View& view, const Context& context) {
  Decision decision;
  reassess(view.find<ContactList>(contacts_via(c.person)), {.cause = ChangeCause::case_excluded}, view,
           context, decision);
  return decision;
}

}  // namespace

void add_review_onward(Desk& desk) {
  desk.operation<ReviewOnward>("review_onward", {"重新核对次密接", "Review contacts of a contact"})
      .internal()
      .keys([](const ReviewOnward& c, const Context&, KeySet& keys) {
        keys.read<ContactList>(contacts_via(c.person));
      })
      .more_keys([](const ReviewOnward& c, const View& view, const Context&, KeySet& keys) {
        own_classes_of(view.find<ContactList>(contacts_via(c.person)), Loaded(keys), view, keys);
      })
      .decide(review_onward);
}

}  // namespace fx::investigation
