#pragma once

#include <memory>
#include <string>

namespace fx::bench {

/// The raw ceiling on PostgreSQL: the rows of RawRows (FROZEN, like it), written by bare `unnest` group commit over one
/// connection in pipeline mode and nothing else: no locks, no loads, no rules, one round trip a batch.
class RawPgRows {
 public:
  /// Makes tables and so many tubes in an empty database, as its owner.
  RawPgRows(const std::string& url, int tubes);
  ~RawPgRows();
  RawPgRows(const RawPgRows&) = delete;
  RawPgRows& operator=(const RawPgRows&) = delete;

  struct Run {
    int commands = 0;
    double cpu_us = 0;       ///< of this thread, per command
    double database_us = 0;  ///< of the connection's process in the database, per command
    double wall_us = 0;
  };
  /// Authorises the next `commands` tubes in batches of `batch`.
  Run run(int commands, int batch);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fx::bench
