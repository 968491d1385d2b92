#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "kernel/ids.hpp"

namespace fx::api {

struct ImportAsked;
struct ImportJob;
struct Visitor;
using ImportJobPtr = std::shared_ptr<ImportJob>;

/// The jobs of a server. Bounded: each account keeps a few, the oldest idle one gives way.
class ImportBook {
 public:
  /// Nothing: too many are at work.
  ImportJobPtr open(const Visitor& who, ImportAsked asked, std::string peer, std::string bytes, RawId id,
                    Duration now);
  /// Of this account only.
  ImportJobPtr find(AccountId account, const RawId& id, Duration now);
  std::vector<ImportJobPtr> of(AccountId account);
  /// Stops what runs, before the server ends.
  void cancel_all();

 private:
  static constexpr std::size_t most_of_one = 8;
  static constexpr std::size_t most_jobs = 64;
  static constexpr Duration life = std::chrono::hours(2);
  void make_room(AccountId account, Duration now);

  std::mutex mutex_;
  std::vector<ImportJobPtr> jobs_;
};

}  // namespace fx::api
