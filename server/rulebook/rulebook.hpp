#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/rules.hpp"

namespace fx {
class Registry;
}

namespace fx::rulebook {

struct Compiled;

/// A text of the rulebook and the name people know it by ("covid19-cn/reporting.toml").
struct File {
  std::string name;
  std::string text;
};

/// One thing wrong (or, as a warning, remarkable) in a rulebook: where, in which entry, why.
struct Problem {
  std::string file;
  int line = 0;
  std::string entry;
  Words say;
  bool warning = false;
  std::string code;  ///< R-RUL-2: a laxer overlay lacks approval above; else empty
  /// file:line: [entry] reason
  [[nodiscard]] std::string text(bool zh = false) const;
};

struct Options {
  std::vector<std::string>
      pathogens;  ///< the realm's active ones in order; empty: all, as the files order them
  std::string late_entry =
      "O.entry.late_min";  ///< value: minutes after which an event counts as late-entered
};

/// A loaded rulebook: the kernel's port `Rules`. Immutable; many threads may ask it at once.
class Rulebook : public Rules {
 public:
  explicit Rulebook(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

  [[nodiscard]] RuleValue value(std::string_view id, Instant at, std::int32_t jurisdiction) const override;
  /// Of one pathogen only: what it does not state is absent, nothing is filled from another.
  [[nodiscard]] RuleValue value(std::string_view id, Instant at, std::int32_t jurisdiction,
                                std::string_view pathogen) const;
  void bar_keys(const Operation& operation, const void* command, const View& view, const Context& context,
                KeySet& keys) const override;
  [[nodiscard]] Refusals bars(const Operation& operation, const void* command, const View& view,
                              const Context& context) const override;
  [[nodiscard]] Consequences on(const Happened& happened, const View& view,
                                const std::vector<RowChange>& changes, const Context& context) const override;
  [[nodiscard]] Step step(const Duty& duty, std::string_view frozen_json, Instant now,
                          const Reference& reference) const override;
  [[nodiscard]] std::vector<Period> periods(Instant after, Instant until,
                                            const Reference& reference) const override;
  [[nodiscard]] Instant next_step_at(const Duty& duty, std::string_view frozen_json) const override;
  [[nodiscard]] std::string version() const override;

  [[nodiscard]] const Compiled& compiled() const { return *compiled_; }

 private:
  std::shared_ptr<const Compiled> compiled_;
};

/// All or nothing: `rulebook` is empty when any problem is an error.
struct Loaded {
  std::shared_ptr<const Rulebook> rulebook;
  std::vector<Problem> problems;
  std::string version;  ///< follows from names and texts of the files, whether or not they load
};
Loaded load(std::span<const File> files, const Registry& registry, const Options& options = {});

/// `fangxian rulebook check`: one line a problem, then a summary.
std::string check(const Loaded& loaded, bool zh = false);

/// `fangxian rulebook why <id> --at --in`: the chain of rows that were looked at and which one speaks.
std::string why(const Rulebook& rulebook, std::string_view id, Instant at, std::int32_t jurisdiction);
/// Why a duty is as it is: rule, version, clause of the source, event, value row, arithmetic, ladder. From its frozen text alone.
Words why_duty(std::string_view frozen_json, const Duty& duty);

/// `fangxian rulebook vocabulary`: every word a rule may use.
std::string vocabulary(const Registry& registry);
/// `fangxian rulebook unused`: pending entries, and values that no rule and no desk names (`code_ids`: ids the desks ask for).
std::string unused(const Rulebook& rulebook, std::span<const std::string> code_ids = {});
/// `fangxian rulebook export --csv`: one line a row of the value tables, then one a rule.
std::string export_csv(const Rulebook& rulebook);
/// A printable document, Markdown, in one language.
std::string export_document(const Rulebook& rulebook, bool zh);
/// `fangxian rulebook diff A B`: values and rules that came, went or changed.
std::string diff(const Rulebook& a, const Rulebook& b);
/// The whole rulebook as JSON for the browser: profiles, sources, values with their history by profile, overlays, rules.
std::string document_json(const Rulebook& rulebook);

}  // namespace fx::rulebook
