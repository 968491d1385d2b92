#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "importing/fault.hpp"

/// The grammar of HL7 version 2 (chapter 2 of the standard), without the meaning of any segment.
/// Views point into the text given to read_hl7_file; it must outlive them.
namespace fx::importing {

struct Hl7Delimiters {
  char field = '|';
  char component = '^';
  char repetition = '~';
  char escape = '\\';
  char subcomponent = '&';
};

/// One component of a field, and its subcomponents. Counting starts with 1, as the standard counts. What is
/// not there is empty. Texts come out unescaped and trimmed.
class Hl7Component {
 public:
  Hl7Component(std::string_view raw, const Hl7Delimiters& d) : raw_(raw), d_(&d) {}
  [[nodiscard]] std::string sub(std::size_t n) const;
  /// The whole component; its subcomponents, if any, joined by blanks.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool empty() const;

 private:
  std::string_view raw_;
  const Hl7Delimiters* d_;
};

/// One repetition of a field.
class Hl7Field {
 public:
  Hl7Field(std::string_view raw, const Hl7Delimiters& d) : raw_(raw), d_(&d) {}
  [[nodiscard]] Hl7Component at(std::size_t n) const;
  /// First component.
  [[nodiscard]] std::string text() const { return at(1).text(); }
  /// All components, joined by blanks: for fields that hold free text, where ^ may be a plain sign.
  [[nodiscard]] std::string whole() const;
  /// True when it holds nothing but delimiters and blanks, or the HL7 null "".
  [[nodiscard]] bool empty() const;

 private:
  std::string_view raw_;
  const Hl7Delimiters* d_;
};

class Hl7Segment {
 public:
  Hl7Segment(std::string_view raw, std::size_t row, const Hl7Delimiters& d) : raw_(raw), row_(row), d_(&d) {}
  [[nodiscard]] std::string_view name() const { return raw_.substr(0, 3); }
  [[nodiscard]] std::size_t row() const { return row_; }
  /// Field n of the segment; MSH-1 and MSH-2 are the delimiters themselves.
  [[nodiscard]] Hl7Field field(std::size_t n) const { return repetitions(n).front(); }
  [[nodiscard]] std::vector<Hl7Field> repetitions(std::size_t n) const;
  [[nodiscard]] std::string text(std::size_t n) const { return field(n).text(); }
  [[nodiscard]] std::string_view raw() const { return raw_; }
  [[nodiscard]] std::string_view raw_field(std::size_t n) const;

 private:
  std::string_view raw_;
  std::size_t row_;
  const Hl7Delimiters* d_;
};

/// One message as it stands in the file; `faults` are those of grammar (no MSH, unusable delimiters, a line
/// that is no segment). A message with faults is refused as a whole.
struct Hl7Message {
  std::size_t row = 0;
  std::vector<std::pair<std::size_t, std::string_view>> lines;  ///< row and text of each segment
  Hl7Delimiters delimiters;
  RowFaults faults;

  [[nodiscard]] std::vector<Hl7Segment> segments() const;
};

struct Hl7File {
  std::vector<Hl7Message> messages;
  RowFaults warnings;  ///< of the batch: a count that differs, an end that is missing
};

/// Cuts a file into its messages. \r, \n and \r\n end a segment; MLLP frames and FHS, BHS, BTS, FTS are taken
/// off. Keeps  every line lands in exactly one message or batch segment; no text makes it fail
Hl7File read_hl7_file(std::string_view text);
template <std::same_as<std::string> Temporary>
Hl7File read_hl7_file(Temporary&&) = delete;  // it would be gone before its messages are read

/// Standard escapes (\F\ \S\ \T\ \R\ \E\ \X..\ \.br\); formatting ones vanish, unknown ones stay as they are.
std::string unescape_hl7(std::string_view raw, const Hl7Delimiters& delimiters);

}  // namespace fx::importing
