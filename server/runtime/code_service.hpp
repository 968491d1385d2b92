#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace fx::runtime {

/// What a code service says of a document: words of the gates desk, or nothing of a code it does not keep.
struct CodeAnswer {
  std::string health;  ///< green | yellow | red
  std::string travel;  ///< clear | starred
};

/// A source of health and travel codes. Where none answers, the gate writes down what the phone shows, or paper.
class CodeService {
 public:
  virtual ~CodeService() = default;
  /// As it is recorded beside each answer.
  [[nodiscard]] virtual std::string name() const = 0;
  /// Blocks at most the service's limit. Nothing: no answer, or one that cannot be read.
  virtual std::optional<CodeAnswer> ask(const std::string& document_number) = 0;
};

/// POSTs {"document_number"} to an address and reads {"health","travel"} from at most 4 kB.
std::unique_ptr<CodeService> make_code_webhook(std::string url,
                                               std::chrono::milliseconds limit = std::chrono::seconds(2));

}  // namespace fx::runtime
