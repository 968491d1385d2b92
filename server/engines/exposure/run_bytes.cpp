#include "engines/exposure/run_bytes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <type_traits>

namespace fx::exposure {
namespace {

static_assert(std::endian::native == std::endian::little, "the bytes of a run are those of memory");

constexpr std::string_view mark = "FXVISITS";
constexpr std::uint32_t version = 1;

/// Against torn writes and decay, not against an enemy: FNV-1a over words of 8 bytes.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xCBF29CE484222325ULL;
  while (!bytes.empty()) {
    std::uint64_t word = bytes.size();
    std::memcpy(&word, bytes.data(), std::min<std::size_t>(8, bytes.size()));
    sum = (sum ^ word) * 0x100000001B3ULL;
    sum ^= sum >> 29;
    bytes.remove_prefix(std::min<std::size_t>(8, bytes.size()));
  }
  return sum;
}

template <class T>
void put(std::string& out, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

template <class T>
void put_list(std::string& out, const std::vector<T>& list) {
  put(out, static_cast<std::uint64_t>(list.size()));
  out.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(T));
}

/// Padding in memory is not written: what lies there is nobody's business.
constexpr std::size_t detail_bytes = 16;
void put_detail(std::string& out, const packed::Detail& detail) {
  put(out, detail.index);
  put(out, detail.length_s);
  put(out, detail.spot.section);
  put(out, detail.spot.row);
  put(out, detail.spot.column);
  put(out, static_cast<std::uint8_t>(detail.knowledge));
  put(out, static_cast<std::uint8_t>(detail.is_protected));
  put(out, std::uint8_t{0});
}

class Input {
 public:
  explicit Input(std::span<const char> bytes) : left_(bytes) {}

  template <class T>
  bool get(T& value) {
    if (left_.size() < sizeof(T)) return false;
    std::memcpy(&value, left_.data(), sizeof(T));
    left_ = left_.subspan(sizeof(T));
    return true;
  }
  template <class T>
  bool get_list(std::vector<T>& list) {
    std::uint64_t size = 0;
    if (!get(size) || size > left_.size() / sizeof(T)) return false;
    list.resize(size);
    if (size > 0) std::memcpy(list.data(), left_.data(), size * sizeof(T));
    left_ = left_.subspan(size * sizeof(T));
    return true;
  }
  bool get_details(std::vector<packed::Detail>& list) {
    std::uint64_t size = 0;
    if (!get(size) || size > left_.size() / detail_bytes) return false;
    list.resize(size);
    return std::ranges::all_of(list, [&](packed::Detail& detail) { return get_detail(detail); });
  }
  [[nodiscard]] bool at_end() const { return left_.empty(); }

 private:
  bool get_detail(packed::Detail& detail) {
    std::uint8_t knowledge = 0;
    std::uint8_t is_protected = 0;
    std::uint8_t none = 0;
    const bool good = get(detail.index) && get(detail.length_s) && get(detail.spot.section) &&
                      get(detail.spot.row) && get(detail.spot.column) && get(knowledge) &&
                      get(is_protected) && get(none);
    detail.knowledge = Knowledge{knowledge};
    detail.is_protected = is_protected == 1;
    return good && is_protected <= 1 && none == 0;
  }

  std::span<const char> left_;
};

bool ascends(const std::vector<std::uint32_t>& list) {
  return std::ranges::adjacent_find(list, std::greater_equal{}) == list.end();
}

/// `start` cuts `total` things into so many parts, none of them empty.
bool cuts(const std::vector<std::uint32_t>& start, std::size_t parts, std::size_t total) {
  if (parts == 0) return start.empty() && total == 0;
  return start.size() == parts + 1 && start.front() == 0 && start.back() == total && ascends(start);
}

}  // namespace

class RunBytes {
 public:
  static std::string write(const Run& run) {
    std::string out(mark);
    put(out, version);
    put(out, run.base_s_);
    put(out, run.covers_);
    put_list(out, run.visits_);
    put_list(out, run.by_person_);
    put_list(out, run.rack_place_);
    put_list(out, run.rack_start_);
    put_list(out, run.rack_reach_);
    put_list(out, run.people_);
    put_list(out, run.person_start_);
    put_list(out, run.block_rack_);
    put(out, static_cast<std::uint64_t>(run.details_.size()));
    for (const packed::Detail& detail : run.details_) put_detail(out, detail);
    put(out, checksum(out));
    return out;
  }

  static bool read(Input& in, Run& run) {
    return in.get(run.base_s_) && in.get(run.covers_) && in.get_list(run.visits_) &&
           in.get_list(run.by_person_) && in.get_list(run.rack_place_) && in.get_list(run.rack_start_) &&
           in.get_list(run.rack_reach_) && in.get_list(run.people_) && in.get_list(run.person_start_) &&
           in.get_list(run.block_rack_) && in.get_details(run.details_) && in.at_end();
  }

  /// Everything that the other files take for granted.
  static bool holds(const Run& run) {
    const std::size_t visits = run.visits_.size();
    return run.base_s_ % packed::epoch_s == 0 && std::abs(run.base_s_) <= max_time_s + packed::epoch_s &&
           cuts(run.rack_start_, run.rack_place_.size(), visits) &&
           cuts(run.person_start_, run.people_.size(), visits) && run.by_person_.size() == visits &&
           ascends(run.people_) && std::ranges::is_sorted(run.rack_place_) &&
           (run.rack_place_.empty() || run.rack_place_.back() <= max_place) && details_hold(run) &&
           racks_hold(run) && people_hold(run) && blocks_hold(run);
  }

 private:
  static bool details_hold(const Run& run) {
    std::size_t at = 0;
    for (std::uint32_t index = 0; index < run.visits_.size(); ++index) {
      const packed::Word word = run.visits_[index];
      const bool is_long = packed::length_of(word) == packed::longest_s;
      if (!packed::is_detailed(word)) {
        if (is_long) return false;
        continue;
      }
      if (at == run.details_.size() || run.details_[at].index != index) return false;
      const std::int64_t length_s = run.details_[at++].length_s;
      if (length_s > max_stay_s || std::min(length_s, packed::longest_s) != packed::length_of(word))
        return false;
    }
    return at == run.details_.size();
  }
  static bool racks_hold(const Run& run) {
    if (run.rack_reach_.size() != run.rack_place_.size()) return false;
    Span covers = run.visits_.empty() ? Span{0, 0} : Span{always.until_s, always.from_s};
    for (std::uint32_t rack = 0; rack < run.rack_count(); ++rack) {
      const auto range = run.visits_on(rack);
      for (std::uint32_t index = range.first; index < range.last; ++index) {
        if (index > range.first && run.visits_[index] < run.visits_[index - 1]) return false;
        const std::int64_t length_s = run.length_s(index);
        if (length_s > run.longest_on(rack)) return false;
        const std::int64_t begin_s = run.base_s_ + packed::begin_of(run.visits_[index]);
        covers = {std::min(covers.from_s, begin_s), std::max(covers.until_s, begin_s + length_s)};
      }
    }
    return covers == run.covers_;
  }
  static bool people_hold(const Run& run) {
    for (std::size_t nth = 0; nth < run.people_.size(); ++nth)
      for (std::uint32_t at = run.person_start_[nth]; at < run.person_start_[nth + 1]; ++at) {
        const std::uint32_t index = run.by_person_[at];
        const bool rises = at == run.person_start_[nth] || run.by_person_[at - 1] < index;
        if (index >= run.visits_.size() || !rises ||
            packed::person_of(run.visits_[index]) != run.people_[nth])
          return false;
      }
    return true;
  }
  static bool blocks_hold(const Run& run) {
    if (run.block_rack_.size() != (run.visits_.size() + Run::block - 1) / Run::block) return false;
    for (std::size_t nth = 0; nth < run.block_rack_.size(); ++nth) {
      const std::uint32_t rack = run.block_rack_[nth];
      if (rack >= run.rack_count()) return false;
      const auto range = run.visits_on(rack);
      if (nth * Run::block < range.first || nth * Run::block >= range.last) return false;
    }
    return true;
  }
};

std::string bytes_of(const Run& run) { return RunBytes::write(run); }

std::expected<Run, BytesFault> run_of(std::string_view bytes) {
  if (bytes.size() < mark.size() + sizeof(version) + sizeof(std::uint64_t))
    return std::unexpected(BytesFault::too_short);
  if (!bytes.starts_with(mark)) return std::unexpected(BytesFault::not_a_run);
  std::uint32_t found = 0;
  std::memcpy(&found, bytes.data() + mark.size(), sizeof(found));
  if (found != version) return std::unexpected(BytesFault::other_version);
  std::uint64_t sum = 0;
  const std::string_view body = bytes.substr(0, bytes.size() - sizeof(sum));
  std::memcpy(&sum, bytes.data() + body.size(), sizeof(sum));
  if (sum != checksum(body)) return std::unexpected(BytesFault::damaged);
  Input in(body.substr(mark.size() + sizeof(version)));
  Run run;
  if (!RunBytes::read(in, run) || !RunBytes::holds(run)) return std::unexpected(BytesFault::inconsistent);
  return run;
}

}  // namespace fx::exposure
