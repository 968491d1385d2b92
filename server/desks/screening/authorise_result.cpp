// PROVISIONAL → AUTHORISED, by a second person. Here a result begins to have consequences: an individual positive is a
// case, a positive pool holds all its members and makes nobody positive.
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"
#include "desks/screening/signing.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const AuthoriseResult& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no = judge_signing(*tube, c.result, context, "");
  if (!no.empty()) return no;
  Decision out{{authorised(*tube, c.result, view, context)}};
  role_answered(*tube, c.result, view, context, out.events);
  return out;
}

}  // namespace

void authorise_result(Desk& desk) {
  desk.operation<AuthoriseResult>("authorise_result", {"审核签发结果", "Authorise a result"})
      .by({Role::LAA})
      .keys([](const AuthoriseResult& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys([](const AuthoriseResult& c, const View& view, const Context&, KeySet& keys) {
        if (const Tube* tube = view.find<Tube>(c.tube))
          own_signing(*tube, c.result, Loaded(view, keys), keys);
      })
      .place(place_of_lab<AuthoriseResult>)
      .decide(decide);
}

}  // namespace fx::screening
