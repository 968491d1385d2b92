// Accounts: names and password hashes are sealed at the door and never stand in an event.

#include "base/text.hpp"
#include "desks/command/commands.hpp"
#include "desks/command/facts.hpp"
#include "desks/command/operations.hpp"
#include "kernel/guards.hpp"

namespace fx::command {
namespace {

constexpr std::size_t shortest_password = 10;

template <class C>
void seal_account(C& c, const Context&, Sealer& sealer) {
  const std::string& user = c.user.open_for("sealing an account");
  if (user.empty()) return;
  const std::string token = sealer.token("user", user, c.account.raw);
  c.user_claim = named_id("user", hex(token));
  std::string json = R"({"user":)";
  write_json_string(json, user);
  json += R"(,"name":)";
  write_json_string(json, c.display_name.open_for("sealing an account"));
  json += R"(,"password":)";
  write_json_string(json, sealer.password_hash(c.password.open_for("hashing")));
  c.identity_hash = sealer.seal_identity(c.account.raw, "account", json + "}");
}

template <class C>
void judge_credentials(const C& c, Refusals& no) {
  if (c.user.open_for("judging").empty()) no.add("R-ACT-2", "/user");
  if (length_utf8(c.password.open_for("judging")) < shortest_password) no.add("R-ACT-3", "/password");
}

Result<Decision> create_account(const CreateAccount& c, const View& view, const Context& context) {
  Refusals no;
  const Claim* claim = view.find<Claim>(c.user_claim);
  if (view.find<Account>(c.account) != nullptr) no.add("R-ACT-1", "/account");
  if (claim != nullptr && !claim->holder.is_nil()) no.add("R-ACT-1", "/user");
  judge_credentials(c, no);
  if (context.reference.unit(c.unit) == nullptr) no.add(unknown("/unit"));
  if (!no.empty()) return no;
  return Decision{{AccountCreated{c.account, c.unit, c.user_claim, c.identity_hash}}};
}

Result<Decision> reset_password(const ResetPassword& c, const View& view, const Context&) {
  const Account* account = view.find<Account>(c.account);
  if (account == nullptr) return unknown("/account");
  Refusals no;
  const Claim* claim = view.find<Claim>(c.user_claim);
  const bool named = !c.user.open_for("judging").empty();
  if (named && (claim == nullptr || claim->holder != c.account.raw)) no.add("R-ACT-2", "/user");
  judge_credentials(c, no);
  if (!account->active) no.add(wrong_state("closed", {"active"}));
  if (!no.empty()) return no;
  return Decision{{PasswordReset{c.account, c.identity_hash}}};
}

Result<Decision> close_account(const CloseAccount& c, const View& view, const Context& context) {
  const Account* account = view.find<Account>(c.account);
  if (account == nullptr) return unknown("/account");
  Refusals no;
  if (!account->active) no.add(wrong_state("closed", {"active"}));
  if (c.account == context.actor.account) no.add("R-ACT-4", "/account");
  // A post held by a closed account would look filled, and its duties would lie with nobody.
  if (!context.reference.holdings_of(c.account, context.now).empty()) no.add("R-ACT-5", "/account");
  if (!no.empty()) return no;
  return Decision{{AccountClosed{c.account}}};
}

template <class C>
std::optional<UnitId> unit_of_account(const C& c, const View& view, const Context&) {
  const Account* account = view.find<Account>(c.account);
  return account != nullptr ? std::optional(account->unit) : std::nullopt;
}

}  // namespace

void add_account_operations(Desk& desk) {
  desk.operation<CreateAccount>("create_account", {"开设账号", "Create an account"})
      .by({Role::ADM})
      .prepare(seal_account<CreateAccount>)
      .keys([](const CreateAccount& c, const Context&, KeySet& keys) {
        keys.own<Account>(c.account).own<Claim>(c.user_claim);
      })
      .place([](const CreateAccount& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(create_account);
  desk.operation<ResetPassword>("reset_password", {"重设密码", "Reset a password"})
      .by({Role::ADM})
      .prepare(seal_account<ResetPassword>)
      .keys([](const ResetPassword& c, const Context&, KeySet& keys) {
        keys.own<Account>(c.account).read<Claim>(c.user_claim);
      })
      .place(unit_of_account<ResetPassword>)
      .decide(reset_password);
  desk.operation<CloseAccount>("close_account", {"停用账号", "Close an account"})
      .by({Role::ADM})
      .keys([](const CloseAccount& c, const Context&, KeySet& keys) { keys.own<Account>(c.account); })
      .place(unit_of_account<CloseAccount>)
      .decide(close_account);
}

}  // namespace fx::command
