#pragma once

#include <sodium.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace fx::bench {

inline double seconds_of(clockid_t clock) {
  timespec at{};
  ::clock_gettime(clock, &at);
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

inline double wall_seconds() { return seconds_of(CLOCK_MONOTONIC); }
inline double thread_cpu_seconds() { return seconds_of(CLOCK_THREAD_CPUTIME_ID); }

/// CPU time another process has used, all its threads, user and kernel.
inline double process_cpu_seconds(pid_t process) {
  clockid_t clock = 0;
  if (::clock_getcpuclockid(process, &clock) != 0) throw std::runtime_error("no CPU clock of the server");
  return seconds_of(clock);
}

/// CPU seconds of a PostgreSQL postmaster and all its processes, those that ended included.
inline double cluster_cpu_seconds(pid_t postmaster) {
  double ticks = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string text;
    if (!std::getline(stat, text)) continue;
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::vector<std::string> all;
    for (std::string word; fields >> word;) all.push_back(word);
    const bool self = entry.path().filename() == std::to_string(postmaster);
    if (all.size() < 15 || (!self && all[1] != std::to_string(postmaster))) continue;
    for (std::size_t i = 11; i < (self ? 15U : 13U); ++i) ticks += std::stod(all[i]);
  }
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// Resident memory of a process in MB (10^6 bytes).
inline double resident_mb(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) * 1024 / 1e6;
  return 0;
}

inline double at_share(std::vector<double> sorted, double share) {
  if (sorted.empty()) return 0;
  std::ranges::sort(sorted);
  const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
  return sorted[index];
}

/// CPU milliseconds for a fixed piece of work (hashing 16 MB): how fast this machine is at this moment. Where it moves,
/// the CPU times beside it move with it.
inline double yardstick_ms() {
  const std::string block(1 << 20, 'x');
  unsigned char out[32];
  const double before = thread_cpu_seconds();
  for (int i = 0; i < 16; ++i)
    crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(block.data()), block.size(),
                       nullptr, 0);
  return (thread_cpu_seconds() - before) * 1e3;
}

}  // namespace fx::bench
