#include "bin/visit_snapshot.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "engines/exposure/run_bytes.hpp"
#include "runtime/crypto.hpp"

namespace fx::bin {
namespace {

constexpr std::string_view beginning = "FXVISITS 1\n";

/// Little-endian numbers and length-prefixed bytes into a file, hashed as they go.
class Out {
 public:
  explicit Out(const std::filesystem::path& path) : file_(path, std::ios::binary | std::ios::trunc) {}
  void raw(std::string_view bytes) {
    hash_.add(bytes);
    file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  void number(std::uint64_t value) {
    char bytes[8];
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    raw({bytes, 8});
  }
  void text(std::string_view words) {
    number(words.size());
    raw(words);
  }
  void id(const RawId& id) { raw({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()}); }
  bool finish() {
    const auto digest = hash_.digest();
    file_.write(reinterpret_cast<const char*>(digest.data()), static_cast<std::streamsize>(digest.size()));
    return static_cast<bool>(file_.flush());
  }

 private:
  std::ofstream file_;
  runtime::Blake2b hash_;
};

/// The other way round; anything beyond the end makes it bad, and then everything it gives is empty.
class In {
 public:
  explicit In(std::string_view bytes) : left_(bytes) {}
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool over() const { return left_.empty(); }
  std::string_view raw(std::uint64_t length) {
    if (length > left_.size()) good_ = false;
    if (!good_) return {};
    const std::string_view out = left_.substr(0, length);
    left_.remove_prefix(length);
    return out;
  }
  std::uint64_t number() {
    const std::string_view bytes = raw(8);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
  }
  std::string_view text() { return raw(number()); }
  RawId id() {
    RawId out;
    const std::string_view bytes = raw(out.bytes.size());
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
    return out;
  }

 private:
  std::string_view left_;
  bool good_ = true;
};

void put(Out& out, const exposure::Visit& visit) {
  out.number(exposure::number(visit.person));
  out.number(exposure::number(visit.place));
  out.number(static_cast<std::uint64_t>(visit.from_s));
  out.number(static_cast<std::uint64_t>(visit.until_s));
  out.number(visit.spot.section);
  out.number(visit.spot.row);
  out.number(static_cast<std::uint64_t>(visit.knowledge));
}

exposure::Visit visit_in(In& in) {
  exposure::Visit visit;
  visit.person = exposure::PersonNo{static_cast<std::uint32_t>(in.number())};
  visit.place = exposure::PlaceNo{static_cast<std::uint32_t>(in.number())};
  visit.from_s = static_cast<std::int64_t>(in.number());
  visit.until_s = static_cast<std::int64_t>(in.number());
  visit.spot.section = static_cast<std::uint16_t>(in.number());
  visit.spot.row = static_cast<std::uint16_t>(in.number());
  visit.knowledge = static_cast<exposure::Knowledge>(in.number());
  return visit;
}

void put(Out& out, const VisitSnapshot& snapshot) {
  out.raw(beginning);
  out.number(static_cast<std::uint64_t>(snapshot.cursor));
  out.text(snapshot.link);
  out.number(snapshot.into.size());
  for (const auto& [entry, other] : snapshot.into) {
    out.id(entry);
    out.id(other);
  }
  out.number(snapshot.people.size());
  for (const RawId& person : snapshot.people) out.id(person);
  out.number(snapshot.places.size());
  for (const std::string& place : snapshot.places) out.text(place);
  out.number(snapshot.stops.size());
  for (const auto& [stop, visit] : snapshot.stops) {
    out.id(stop);
    put(out, visit);
  }
  out.number(snapshot.withdrawn.size());
  for (const RawId& batch : snapshot.withdrawn) out.id(batch);
  out.number(snapshot.merges.size());
  for (const No no : snapshot.merges) out.number(static_cast<std::uint64_t>(no));
  out.number(snapshot.runs.size());
  for (const auto& run : snapshot.runs) out.text(exposure::bytes_of(*run));
}

/// Runs so many times, or until the bytes end.
template <class F>
void times(In& in, F f) {
  for (std::uint64_t left = in.number(); left > 0 && in.good(); --left) f();
}

std::optional<VisitSnapshot> snapshot_in(In& in) {
  VisitSnapshot out;
  out.cursor = static_cast<std::int64_t>(in.number());
  out.link = in.text();
  times(in, [&] {
    const RawId entry = in.id();
    out.into[entry] = in.id();
  });
  times(in, [&] { out.people.push_back(in.id()); });
  times(in, [&] { out.places.emplace_back(in.text()); });
  times(in, [&] {
    const RawId stop = in.id();
    out.stops[stop] = visit_in(in);
  });
  times(in, [&] { out.withdrawn.insert(in.id()); });
  times(in, [&] { out.merges.insert(static_cast<No>(in.number())); });
  bool whole = true;
  times(in, [&] {
    auto run = exposure::run_of(in.text());
    whole = whole && run.has_value();
    if (run) out.runs.push_back(std::make_shared<const exposure::Run>(std::move(*run)));
  });
  if (!in.good() || !in.over() || !whole) return std::nullopt;
  return out;
}

/// One more than the largest number of a place.
std::size_t places_in(const exposure::Run& run) {
  return run.rack_count() == 0 ? 0 : std::size_t{exposure::number(run.place_of(run.rack_count() - 1))} + 1;
}

/// Every number stands for somebody and some place.
bool agrees(const VisitSnapshot& snapshot) {
  const std::size_t people = snapshot.people.size();
  const std::size_t places = snapshot.places.size();
  for (const auto& [stop, visit] : snapshot.stops)
    if (exposure::number(visit.person) >= people || exposure::number(visit.place) >= places ||
        exposure::fault_of(visit) != exposure::VisitFault::none)
      return false;
  return std::ranges::all_of(
      snapshot.runs, [&](const auto& run) { return run->people() <= people && places_in(*run) <= places; });
}

}  // namespace

void write_snapshot(const std::filesystem::path& path, const VisitSnapshot& snapshot) {
  const std::filesystem::path making = path.string() + ".new";
  {
    Out out(making);
    put(out, snapshot);
    if (!out.finish()) throw std::runtime_error("cannot write " + making.string());
  }
  std::filesystem::permissions(making,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const int file = ::open(making.c_str(), O_RDONLY | O_CLOEXEC);
  const bool durable = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!durable) throw std::runtime_error("cannot make durable " + making.string());
  std::filesystem::rename(making, path);
}

std::optional<VisitSnapshot> read_snapshot(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  constexpr std::size_t digest = sizeof(runtime::Digest32);
  if (bytes.size() < beginning.size() + digest || !bytes.starts_with(beginning)) return std::nullopt;
  const std::string_view body = std::string_view(bytes).substr(0, bytes.size() - digest);
  const auto expected = runtime::Blake2b().add(body).digest();
  if (!std::equal(expected.begin(), expected.end(), bytes.end() - static_cast<std::ptrdiff_t>(digest),
                  [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); }))
    return std::nullopt;
  In in(body.substr(beginning.size()));
  auto out = snapshot_in(in);
  return out && agrees(*out) ? std::move(out) : std::nullopt;
}

}  // namespace fx::bin
