#include <algorithm>

#include "api/imports/job.hpp"

namespace fx::api {
namespace {

bool at_work(ImportJob& job) {
  const std::lock_guard lock(job.mutex);
  return job.state == ImportState::reading || job.state == ImportState::running;
}

}  // namespace

void ImportBook::make_room(AccountId account, Duration now) {
  std::erase_if(jobs_, [&](const ImportJobPtr& job) { return now - job->touched > life && !at_work(*job); });
  const auto mine = static_cast<std::size_t>(std::ranges::count(jobs_, account, &ImportJob::account));
  if (mine < most_of_one && jobs_.size() < most_jobs) return;
  const bool only_mine = mine >= most_of_one;
  const auto oldest = std::ranges::find_if(jobs_, [&](const ImportJobPtr& job) {
    return (!only_mine || job->account == account) && !at_work(*job);
  });
  if (oldest != jobs_.end()) jobs_.erase(oldest);
}

ImportJobPtr ImportBook::open(const Visitor& who, ImportAsked asked, std::string peer, std::string bytes,
                              RawId id, Duration now) {
  const std::lock_guard lock(mutex_);
  const AccountId account = who.session.account;
  make_room(account, now);
  const auto mine = static_cast<std::size_t>(std::ranges::count(jobs_, account, &ImportJob::account));
  if (mine >= most_of_one || jobs_.size() >= most_jobs) return nullptr;
  auto job = std::make_shared<ImportJob>();
  job->id = id;
  job->account = account;
  job->unit = who.session.unit;
  job->peer = std::move(peer);
  job->asked = std::move(asked);
  job->bytes = std::move(bytes);
  job->touched = now;
  jobs_.push_back(job);
  return job;
}

ImportJobPtr ImportBook::find(AccountId account, const RawId& id, Duration now) {
  const std::lock_guard lock(mutex_);
  for (const ImportJobPtr& job : jobs_) {
    if (job->id != id || job->account != account) continue;
    job->touched = now;
    return job;
  }
  return nullptr;
}

std::vector<ImportJobPtr> ImportBook::of(AccountId account) {
  const std::lock_guard lock(mutex_);
  std::vector<ImportJobPtr> out;
  for (const ImportJobPtr& job : jobs_)
    if (job->account == account) out.push_back(job);
  std::ranges::reverse(out);
  return out;
}

void ImportBook::cancel_all() {
  const std::lock_guard lock(mutex_);
  for (const ImportJobPtr& job : jobs_) job->cancel = true;
}

}  // namespace fx::api
