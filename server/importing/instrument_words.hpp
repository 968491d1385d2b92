#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "importing/instrument_row.hpp"

namespace fx::importing {

/// What lies in a well.
enum class WellRole { specimen, negative_control, positive_control, standard, nothing };
BOOST_DESCRIBE_ENUM(WellRole, specimen, negative_control, positive_control, standard, nothing)

/// How instruments call genes, controls and results: data of reference/instruments.toml.
class InstrumentWords {
 public:
  /// Refuses F-SHAPE, path "file:line", for everything that is wrong, all at once.
  static Result<InstrumentWords> load(std::string_view toml, std::string_view file);

  /// The gene's one name; as it is written when nobody listed it.
  [[nodiscard]] std::string gene(std::string_view written) const;
  [[nodiscard]] bool is_gene(std::string_view written) const;
  /// The target is the internal control.
  [[nodiscard]] bool is_internal_control(std::string_view target) const;
  /// By the task of the well or the name of what lies there; nothing when neither is listed.
  [[nodiscard]] std::optional<WellRole> role(std::string_view written) const;
  /// negative, positive, grey, invalid.
  [[nodiscard]] std::optional<std::string> call(std::string_view written) const;
  /// passed or failed.
  [[nodiscard]] std::optional<InternalControl> control(std::string_view written) const;
  [[nodiscard]] bool is_no_ct(std::string_view written) const;

 private:
  using Table = std::map<std::string, std::string, std::less<>>;
  [[nodiscard]] static const std::string* find(const Table& table, std::string_view written);

  Table genes_, roles_, calls_, controls_;
  std::map<std::string, bool, std::less<>> internal_, no_ct_;
};

/// `A01`, `a1` → `A1`; nothing when it is no well of a plate of 96 or 384.
std::optional<std::string> normal_well(std::string_view written);

/// A Ct of 0 to 100 cycles, with a point or a comma; nothing when it is no number of that kind.
std::optional<double> read_ct(std::string_view written);

}  // namespace fx::importing
