#include "bench/county.hpp"

#include <fmt/format.h>

#include <map>

#include "bench/mass_day.hpp"
#include "bench/realm.hpp"
#include "bin/program.hpp"

namespace fx::bench {
namespace {

constexpr std::int32_t city_code = 990100;
constexpr std::string_view evening = "2022-08-12T20:00:00+08:00";

/// Seals as the front door does, but hashes the password all accounts share once: hashing is made to be slow.
class OneHash final : public Sealer {
 public:
  OneHash(runtime::VaultSealer& sealer, std::string& hash) : sealer_(sealer), hash_(hash) {}
  TextRef seal(TextId id, std::string_view words) override { return sealer_.seal(id, words); }
  std::string seal_identity(const RawId& subject, std::string_view kind, std::string_view json) override {
    return sealer_.seal_identity(subject, kind, json);
  }
  std::string token(std::string_view kind, std::string_view value, const RawId& subject) override {
    return sealer_.token(kind, value, subject);
  }
  std::vector<std::string> initials(std::string_view name) override { return sealer_.initials(name); }
  std::string password_hash(std::string_view words) override {
    if (hash_.empty()) hash_ = sealer_.password_hash(words);
    return hash_;
  }

 private:
  runtime::VaultSealer& sealer_;
  std::string& hash_;
};

/// Issues the commands of the realm's making, many to a transaction.
class Maker {
 public:
  explicit Maker(bin::Program& program) : program_(program), now_(*parse_instant(evening)) {}
  Maker(const Maker&) = delete;
  Maker& operator=(const Maker&) = delete;

  UnitId unit(std::string_view code, std::string_view kind, std::int32_t place) {
    const RawId id = next(place);
    issue("command.create_unit",
          {{"unit", id.text()},
           {"code", code},
           {"name_zh", code},
           {"name_en", code},
           {"kind", kind},
           {"level", enum_text(level_of(place))},
           {"jurisdiction", place}},
          place);
    return {id};
  }
  void person(const std::string& user, std::string_view role, UnitId unit, std::int32_t place = county_code) {
    const RawId account = next(place);
    issue("command.create_account",
          {{"account", account.text()},
           {"user", user},
           {"display_name", user},
           {"password", password},
           {"unit", unit.raw.text()}},
          place);
    issue("command.appoint",
          {{"holding", next(place).text()},
           {"account", account.text()},
           {"unit", unit.raw.text()},
           {"role", role}},
          place);
  }
  void flush() {
    program_.store_keys(waiting_);
    for (const Outcome& outcome : program_.engine.run(waiting_, now_))
      if (outcome.kind != Outcome::Kind::accepted)
        throw std::runtime_error("making the county: " + why(outcome));
    waiting_.clear();
    program_.engine.settle(now_);
    (void)program_.engine.take_committed();
  }

 private:
  static std::string why(const Outcome& outcome) {
    std::string out = outcome.defect;
    for (const Refusal& refusal : outcome.refusals.list()) out += " " + refusal.code + " " + refusal.path;
    return out;
  }
  RawId next(std::int32_t home) {
    ++made_;
    return RawId::make(now_.ms, home, made_ * 0x9E3779B97F4A7C15ULL,
                       static_cast<std::uint16_t>(made_ & 0xFFF));
  }
  void issue(std::string_view operation, boost::json::object fields, std::int32_t home) {
    Command command;
    command.operation = program_.registry->operation(operation);
    Faults faults;
    command.body = command.operation->decode(std::move(fields), faults, {});
    if (!faults.empty()) throw std::runtime_error(faults.front().path + ": " + faults.front().say.en);
    command.id = next(home);
    command.system = true;
    command.jurisdiction = home;
    runtime::VaultSealer sealer(program_.vault, program_.keys, program_.passwords);
    OneHash one_hash(sealer, hash_);
    const Context context{
        now_, now_, {{}, {}, home, {Role::SYS}}, command.id, *program_.engine.reference(), *program_.book};
    command.operation->prepare(command.body.get(), context, one_hash);
    sealer.finish(command);
    waiting_.push_back(std::move(command));
    if (waiting_.size() >= 400) flush();
  }

  bin::Program& program_;
  Instant now_;
  std::vector<Command> waiting_;
  std::string hash_;
  std::uint64_t made_ = 0;
};

void make_people(Maker& maker, const County& county, const CountySize& size) {
  for (std::size_t i = 0; i < county.labs.size(); ++i) {
    maker.person(fmt::format("tester{}", i), "LAB", county.labs[i]);
    maker.person(fmt::format("authoriser{}", i), "LAA", county.labs[i]);
  }
  for (std::size_t i = 0; i < county.centres.size(); ++i)
    maker.person(fmt::format("courier{}", i), "COU", county.centres[i]);
  for (std::size_t i = 0; i < size.centre_of_sampler.size(); ++i)
    maker.person(fmt::format("sampler{}", i), "SMP",
                 county.centres.at(static_cast<std::size_t>(size.centre_of_sampler[i])));
}

}  // namespace

County make_county(const std::filesystem::path& data, const CountySize& size, const std::string& store) {
  std::filesystem::create_directories(data);
  (void)runtime::create_key_file((data / "realm.key").string());
  bin::save_realm(data, {.realm = api::Realm::training,
                         .name_zh = "压测县",
                         .name_en = "County under load",
                         .jurisdiction = city_code,
                         .clock_at = parse_instant(evening),
                         .created_at = {}});
  bin::Program program(
      {.directory = data, .rulebook = {}, .broken = {}, .place = {.store = store, .keys = {}}});
  Maker maker(program);
  County county;
  const UnitId city = maker.unit("city_cmd", "command_post", city_code);
  const UnitId command = maker.unit("county_cmd", "command_post", county_code);
  const UnitId cdc = maker.unit("county_cdc", "cdc", county_code);
  const UnitId authority = maker.unit("county_ha", "health_authority", county_code);
  for (int i = 0; i < size.labs; ++i)
    county.labs.push_back(maker.unit(fmt::format("lab_{}", i), "laboratory", county_code));
  for (int i = 0; i < size.centres; ++i)
    county.centres.push_back(maker.unit(fmt::format("centre_{}", i), "other", county_code));
  maker.flush();
  maker.person("city", "CMD", city, city_code);
  maker.person("commander", "CMD", command);
  maker.person("officer", "DO", command);
  maker.person("authority", "HA", authority);
  maker.person("cdc", "CDC", cdc);
  make_people(maker, county, size);
  maker.flush();
  return county;
}

}  // namespace fx::bench
