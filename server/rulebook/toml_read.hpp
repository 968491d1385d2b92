#pragma once

#include <memory>
#include <span>

#include "rulebook/entries.hpp"
#include "rulebook/problems.hpp"

namespace fx::rulebook {

/// One `[[kind]]` of a file. Knows the line of each of its keys; complains with it.
class Entry {
 public:
  Entry(std::string kind, std::string file, std::string pathogen, std::shared_ptr<const void> document,
        const void* node);

  [[nodiscard]] const std::string& kind() const { return kind_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const std::string& pathogen() const {
    return pathogen_;
  }  ///< of the file; empty: of every pathogen
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const boost::json::object& body() const { return body_; }
  [[nodiscard]] boost::json::object& body() { return body_; }
  /// Line of a JSON pointer; of the nearest ancestor when it is not there.
  [[nodiscard]] int line(std::string_view path = {}) const;
  /// Does something stand at this JSON pointer?
  [[nodiscard]] bool has(std::string_view path) const;

  void error(Problems& problems, std::string_view path, std::string zh, std::string en,
             std::string code = {}) const;
  void warn(Problems& problems, std::string_view path, std::string zh, std::string en) const;

  /// Decodes the keys that T describes out of `object`; adds what is wrong.
  template <class T>
  [[nodiscard]] T decode(const boost::json::object& object, Problems& problems) const {
    T out{};
    Faults faults;
    read_json(boost::json::value(object), out, faults);
    for (const Fault& fault : faults)
      error(problems, fault.path, fault.path + ": " + fault.say.zh, fault.path + ": " + fault.say.en);
    return out;
  }

 private:
  std::string kind_;
  std::string file_;
  std::string pathogen_;
  std::string id_;
  boost::json::object body_;
  std::shared_ptr<const void> document_;
  const void* node_;
};

/// All entries of all files in order; syntax errors become problems.
std::vector<Entry> read_entries(std::span<const File> files, Problems& problems);

}  // namespace fx::rulebook
