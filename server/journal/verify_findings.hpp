#pragma once

#include "journal/verify.hpp"

namespace fx::journal {

/// Collects faults and asks whether to go on.
class Findings {
 public:
  Findings(VerifyReport& report, const VerifyOptions& options) : report_(report), options_(options) {}
  void bad(std::int64_t batch, No no, std::string what);
  /// By batch, so that the first is where the ledger went wrong first, whichever check found it.
  void put_in_order();
  /// Throws Cancelled.
  void step(std::int64_t done, std::int64_t total) const;

 private:
  VerifyReport& report_;
  const VerifyOptions& options_;
};
struct Cancelled {};

}  // namespace fx::journal
