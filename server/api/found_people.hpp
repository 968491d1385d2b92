#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace fx::api {

/// Whom a session found by a recorded search: their pages open to it for a while, though nothing of theirs lies in its
/// scope yet (a patient new to this county). Bounded; any thread.
class FoundPeople {
 public:
  void note(const std::string& session, const std::vector<RawId>& people, Duration now) {
    const std::lock_guard lock(mutex_);
    if (by_session_.size() >= most_sessions)
      std::erase_if(by_session_, [&](const auto& e) { return now - e.second.at > life; });
    if (by_session_.size() >= most_sessions) by_session_.clear();
    Found& found = by_session_[session];
    found.at = now;
    found.people.insert(found.people.end(), people.begin(), people.end());
    if (found.people.size() > most_people)
      found.people.erase(found.people.begin(), found.people.end() - static_cast<std::ptrdiff_t>(most_people));
  }
  [[nodiscard]] bool knows(const std::string& session, const RawId& person, Duration now) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_session_.find(session);
    return found != by_session_.end() && now - found->second.at <= life &&
           std::ranges::find(found->second.people, person) != found->second.people.end();
  }

 private:
  static constexpr std::size_t most_sessions = 20'000;
  static constexpr std::size_t most_people = 200;
  static constexpr Duration life = std::chrono::minutes(30);
  struct Found {
    Duration at{};
    std::vector<RawId> people;
  };
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Found> by_session_;
};

}  // namespace fx::api
