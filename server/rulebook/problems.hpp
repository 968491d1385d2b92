#pragma once

#include <string>
#include <vector>

#include "rulebook/rulebook.hpp"

namespace fx::rulebook {

class Problems {
 public:
  void add(Problem problem) { list_.push_back(std::move(problem)); }
  /// By file and line; an entry's problems stay in the order they were found.
  void sort();
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] const std::vector<Problem>& list() const { return list_; }

 private:
  std::vector<Problem> list_;
};

}  // namespace fx::rulebook
