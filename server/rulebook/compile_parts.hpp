#pragma once

#include "rulebook/compile.hpp"

namespace fx::rulebook {

/// Turns entries into compiled rules. Lives as long as one load.
class Compiler {
 public:
  Compiler(Compiled& into, const Registry& registry, Problems& problems);
  void run(const std::vector<Entry>& entries);

 private:
  std::unique_ptr<Rule> common(const Entry& entry, boost::json::object& own);
  void check_twice(const Entry& entry, const Rule& rule);
  bool concerns(const Entry& entry) const;
  void refer(const std::optional<ValueRef>& ref);
  const EventType* event(const Reading& reading, const std::string& path, const std::string& name);
  std::optional<std::size_t> subject(const Reading& reading, const std::string& path, const TypeInfo& type,
                                     const std::string& word);
  void find_ladder(const Reading& reading, Rule& rule, const std::optional<std::string>& id);
  void closing(const Reading& reading, const std::string& path, const Rule& rule, const Meets& read);
  void closing(const Reading& reading, const std::string& path, const Rule& rule, const Voids& read);
  void closing(const Reading& reading, const std::string& path, const Rule& rule, const Reopens& read);

  void duty(const Entry& entry);
  void opening(const Reading& reading, std::string path, const Rule& rule, const DutyEntry& read,
               const Trigger& trigger);
  void already(const Reading& reading, const Already& read, Opening& out);
  void lost_control(const Reading& reading, Rule& rule, const LostEntry& read, const DutyEntry& duty);
  void watch(const Entry& entry);
  void rhythm(const Entry& entry);
  void every(const Reading& reading, const RhythmEntry& read, RhythmRule& out);

  // compile_bars.cpp
  void bar(const Entry& entry);
  void declared(const Reading& reading, const std::string& path, const std::string& code);
  void overdue_bar(const Reading& reading, const Rule& rule, const OnOverdue& read);
  std::vector<const Operation*> operations(const Reading& reading, const BarEntry& read);
  std::vector<Need> needs(const Reading& reading, const std::string& path, const Some<Condition>& read,
                          const Operation& operation);
  std::optional<Need> need(const Reading& reading, const std::string& path, const Condition& read,
                           const Operation& operation);
  bool fact(const Reading& reading, const std::string& path, const Condition& read,
            const Operation& operation, Need& out);

  Compiled& into_;
  const Registry& registry_;
  Problems& problems_;
};

}  // namespace fx::rulebook
