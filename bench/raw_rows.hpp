#pragma once

#include <filesystem>
#include <memory>

namespace fx::bench {

/// The raw ceiling (settled question 28): what authorising one negative single result writes, written by bare SQLite
/// group commit and nothing else. FROZEN: this schema, these rows and these sizes are a yardstick and do not follow the
/// program when its rows change; a fatter product must not get a fatter yardstick.
///
/// Per command: one event row (19 columns, 640 bytes of body, 160 of effects, the 8 bytes of the chain), the tube row's
/// five changed columns (two of its seven indexes), the duty met (leaves its three partial indexes), the answer row. Per
/// batch: one counter, the batch row, the head row, BLAKE2b over all stored bytes, SHA-256 of the link, COMMIT with
/// synchronous = FULL. The log is restarted at 64 MB by the same thread.
class RawRows {
 public:
  /// Makes the file with so many tubes that have a result recorded and a duty open each.
  RawRows(const std::filesystem::path& directory, int tubes);
  ~RawRows();
  RawRows(const RawRows&) = delete;
  RawRows& operator=(const RawRows&) = delete;

  struct Run {
    int commands = 0;
    double cpu_us = 0;  ///< of this thread, per command
    double wall_us = 0;
  };
  /// Authorises the next `commands` tubes in batches of `batch`.
  Run run(int commands, int batch);

  static constexpr int body_bytes = 640;
  static constexpr int effects_bytes = 160;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fx::bench
