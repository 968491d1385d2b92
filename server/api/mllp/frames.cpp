#include "api/mllp/frames.hpp"

#include <algorithm>

namespace fx::mllp {

Frame FrameReader::next() {
  if (!inside_) {
    const std::size_t from = waiting_.find_first_not_of("\r\n");
    if (from == std::string::npos) {
      waiting_.clear();
      return Frame::more;
    }
    if (waiting_[from] != start_of_block) return Frame::garbled;
    waiting_.erase(0, from + 1);
    inside_ = true;
    seen_ = 0;
  }
  const std::size_t end = waiting_.find_first_of("\x0B\x1C", seen_);
  if (std::min(end, waiting_.size()) > most_) {
    text_ = waiting_.substr(0, most_);
    return Frame::too_long;
  }
  if (end == std::string::npos) {
    seen_ = waiting_.size();
    return Frame::more;
  }
  if (waiting_[end] == start_of_block) return Frame::garbled;
  seen_ = end;
  if (end + 1 == waiting_.size()) return Frame::more;
  if (waiting_[end + 1] != '\r') return Frame::garbled;
  text_ = waiting_.substr(0, end);
  waiting_.erase(0, end + 2);
  inside_ = false;
  return Frame::message;
}

std::string framed(std::string_view message) {
  std::string out(1, start_of_block);
  return out.append(message).append({end_of_block, '\r'});
}

}  // namespace fx::mllp
