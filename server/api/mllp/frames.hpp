#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// The framing of HL7's Minimal Lower Layer Protocol: 0x0B message 0x1C 0x0D. A pure function of the bytes.
namespace fx::mllp {

inline constexpr char start_of_block = '\x0B';
inline constexpr char end_of_block = '\x1C';

enum class Frame {
  more,      ///< nothing whole yet
  message,   ///< one is in text()
  too_long,  ///< more than the limit before its end: what came of it is in text()
  garbled  ///< bytes outside of a frame, a frame inside a frame, an end that is none: nothing after it can be trusted
};

/// Cuts what arrives, in pieces of any size, into messages. Line breaks between frames are no fault.
class FrameReader {
 public:
  explicit FrameReader(std::size_t most) : most_(most) {}
  void feed(std::string_view bytes) { waiting_ += bytes; }
  /// After too_long and garbled the connection is of no further use.
  Frame next();
  [[nodiscard]] const std::string& text() const { return text_; }
  /// A message has begun and not ended.
  [[nodiscard]] bool inside() const { return inside_; }

 private:
  const std::size_t most_;
  std::string waiting_;
  std::string text_;
  std::size_t seen_ = 0;  ///< of waiting_, holds no end
  bool inside_ = false;
};

std::string framed(std::string_view message);

}  // namespace fx::mllp
