#include "api/testing/world.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <future>

#include "api/row_json.hpp"
#include "desks/all.hpp"
#include "handoffs/handoffs.hpp"
#include "journal/postgres/read_session.hpp"
#include "journal/postgres/store.hpp"

namespace fx::api::testing {
namespace {

std::unique_ptr<Registry> make_registry() {
  return std::make_unique<Registry>(desks::all(), handoffs::all());
}

RulebookPtr load_book(const Registry& registry) {
  std::vector<rulebook::File> files;
  for (const auto& asset : assets::rulebook())
    files.push_back({std::string(asset.path), std::string(asset.text)});
  auto loaded = rulebook::load(files, registry);
  if (!loaded.rulebook) throw std::runtime_error(rulebook::check(loaded));
  return loaded.rulebook;
}

std::filesystem::path scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "fx-api-XXXXXX").string();
  return ::mkdtemp(name.data());
}

}  // namespace

// ---- callers -----------------------------------------------------------------------------------------------------

std::vector<http::Header> Caller::headers() const {
  std::vector<http::Header> out{{"Content-Type", "application/json"}};
  if (!cookie_.empty()) out.emplace_back("Cookie", cookie_);
  return out;
}

http::Answer Caller::post(const std::string& target, const std::string& body, const std::string& key) {
  auto all = headers();
  if (!key.empty()) all.emplace_back("Idempotency-Key", key);
  return client_.post(target, body, all);
}

http::Answer Caller::run(const std::string& operation, const std::string& body) {
  return post("/v1/" + operation, body, World::id());
}

http::Answer Caller::request(std::string_view method, const std::string& target, std::string_view body,
                             std::vector<http::Header> more) {
  auto all = headers();
  all.insert(all.end(), more.begin(), more.end());
  return client_.request(method, target, body, all);
}

// ---- the world ---------------------------------------------------------------------------------------------------

World::World(Options options) : directory(scratch()), registry(make_registry()), book(load_book(*registry)) {
  vault = std::make_unique<runtime::Vault>(runtime::create_key_file((directory / "realm.key").string()));
  keys = std::make_unique<runtime::FileKeyStore>((directory / "keys.db").string());
  clock.set_offset(*parse_instant("2022-07-17T21:30:00+08:00") - clock.machine());
  open();
  make_units();
  make_people();
  serve(options);
}

bool on_postgres() {
  const char* asked =
      std::getenv("FX_ENGINE");  // NOLINT(concurrency-mt-unsafe): set before the program starts
  return asked != nullptr && std::string_view(asked) == "postgres";
}

void World::open() {
  if (!on_postgres()) {
    stores.push_back(std::make_unique<journal::SqliteStore>(
        *registry, journal::StoreOptions{.directory = directory, .sync = false}));
    disk = std::make_unique<ThinDisk>(*stores.front());
    engine = std::make_unique<Engine>(Engine::Parts{*registry, book.get(), access, *disk});
    return;
  }
  database = std::make_unique<journal::testing_desk::ScratchDatabase>();
  database->prepare(*registry);
  for (auto* opened : {&engine, &second}) {
    stores.push_back(
        std::make_unique<journal::PgStore>(*registry, journal::PgOptions{.url = database->app()}));
    *opened = std::make_unique<Engine>(Engine::Parts{*registry, book.get(), access, *stores.back()});
  }
}

World::~World() {
  if (server) server->stop();
  if (writer) writer->stop();
  server.reset();
  service.reset();
  readers.reset();
  writer.reset();
  second.reset();
  engine.reset();
  disk.reset();
  stores.clear();
  database.reset();
  keys.reset();
  std::filesystem::remove_all(directory);
}

std::string World::id(std::int32_t home) {
  static std::atomic<std::uint64_t> next{1};
  return RawId::make(1'658'064'600'000, home, runtime::random_u64(), static_cast<std::uint16_t>(next++))
      .text();
}

void World::system(const std::string& operation, const std::string& body) {
  Command command;
  command.operation = registry->operation(operation);
  Faults faults;
  command.body = command.operation->decode(parse_own_json(body), faults, {});
  if (!faults.empty())
    throw std::runtime_error(operation + faults.front().path + " " + faults.front().say.en);
  command.system = true;
  command.jurisdiction = county;
  command.id = *RawId::parse(id());
  runtime::VaultSealer sealer(*vault, *keys, passwords);
  const Instant now = clock.wall();
  command.operation->prepare(
      command.body.get(), {now, now, {{}, {}, county, {Role::SYS}}, command.id, *engine->reference(), *book},
      sealer);
  sealer.finish(command);
  std::vector<runtime::KeyStore::Entry> entries;
  for (const auto& [subject, bytes] : command.new_keys) {
    runtime::WrappedKey wrapped{};
    std::copy_n(bytes.begin(), wrapped.size(), wrapped.begin());
    entries.emplace_back(subject, wrapped);
  }
  if (!entries.empty()) keys->put(entries);
  std::vector<Command> one;
  one.push_back(std::move(command));
  const Outcome outcome = engine->run(one, now).front();
  if (outcome.kind == Outcome::Kind::accepted) return;
  throw std::runtime_error(
      operation + ": " + (outcome.refusals.empty() ? outcome.defect : outcome.refusals.list().front().code));
}

void World::unit(const std::string& name, const std::string& zh, UnitKind kind, std::int32_t place,
                 const std::string& parent) {
  units[name] = id(place);
  const std::string above =
      parent.empty() ? std::string() : fmt::format(R"(,"parent":"{}")", units.at(parent));
  system(
      "command.create_unit",
      fmt::format(
          R"({{"unit":"{}","code":"{}","name_zh":"{}","name_en":"{}","kind":"{}","level":"{}","jurisdiction":{}{}}})",
          units[name], name, zh, name, enum_text(kind), enum_text(level_of(place)), place, above));
}

void World::account(const std::string& user, const std::string& name, const std::string& at,
                    const std::vector<Role>& roles) {
  accounts[user] = id();
  system("command.create_account",
         fmt::format(R"({{"account":"{}","user":"{}","display_name":"{}","password":"{}","unit":"{}"}})",
                     accounts[user], user, name, password, units.at(at)));
  for (const Role role : roles)
    system("command.appoint", fmt::format(R"({{"holding":"{}","account":"{}","unit":"{}","role":"{}"}})",
                                          id(), accounts[user], units.at(at), enum_text(role)));
}

void World::make_units() {
  unit("city_cmd", "北岭市指挥部", UnitKind::command_post, 990100);
  unit("cmd", "林溪县指挥部", UnitKind::command_post, county);
  unit("gov", "林溪县人民政府", UnitKind::government, county);
  unit("ha", "林溪县卫健局", UnitKind::health_authority, county);
  unit("cdc", "林溪县疾控中心", UnitKind::cdc, county);
  unit("hospital", "林溪县人民医院", UnitKind::hospital, county);
  unit("clinic", "县医院发热门诊", UnitKind::fever_clinic, county, "hospital");
  unit("lab", "县医院检验科", UnitKind::laboratory, county, "hospital");
  unit("other_cmd", "石桥县指挥部", UnitKind::command_post, neighbour);
  unit("other_cdc", "石桥县疾控中心", UnitKind::cdc, neighbour);
  unit("other_hospital", "石桥县医院", UnitKind::hospital, neighbour);
}

void World::make_people() {
  account("nurse", "刘护士", "clinic", {Role::NUR, Role::SMP, Role::DOC});
  account("head", "钱主任", "clinic", {Role::FRP});
  account("lab", "赵检验", "lab", {Role::LAB, Role::LAA});
  account("lab2", "孙审核", "lab", {Role::LAA});
  account("cdc", "周流调", "cdc", {Role::CDC, Role::INV});
  account("leader", "吴带班", "cmd", {Role::DL, Role::CMD});
  account("officer", "郑值班", "cmd", {Role::DO});
  account("admin", "王管理", "cmd", {Role::ADM});
  account("auditor", "冯审计", "cmd", {Role::AUD});
  account("other_cdc", "陈流调", "other_cdc", {Role::CDC, Role::INV});
  account("other_nurse", "褚护士", "other_hospital", {Role::NUR, Role::DOC});
  account("victim", "卫医生", "clinic", {Role::DOC});
}

void World::serve(const Options& options) {
  writer = std::make_unique<runtime::Writer>(*engine, *keys, clock,
                                             runtime::Writer::Limits{.queue = options.queue});
  const journal::ReaderOptions patient{.limit = std::chrono::seconds(10)};
  if (second) {
    if (!options.one_hand) writer->add(*second);
    readers = std::make_unique<journal::Readers>(journal::pg::source(database->app()), *registry, patient);
  } else {
    auto& file = dynamic_cast<journal::SqliteStore&>(*stores.front());
    readers = std::make_unique<journal::Readers>(file.path(), *registry, file.log(), patient);
  }
  ServiceParts parts{.registry = *registry,
                     .writer = *writer,
                     .readers = *readers,
                     .vault = *vault,
                     .keys = *keys,
                     .passwords = passwords,
                     .access = access,
                     .clock = clock};
  parts.rulebook = [this] { return book; };
  parts.realm = options.realm;
  parts.session_file = (directory / "sessions.db").string();
  parts.queue = options.queue;
  parts.open_door = options.open_door;
  parts.log = [this](std::string_view line) {
    const std::lock_guard lock(log_mutex);
    log.emplace_back(line);
  };
  service = std::make_unique<Service>(parts, options.pages ? options.pages(*this) : std::vector<DeskPage>{});
  writer->on_committed([this](const std::vector<StoredEvent>& events) { service->committed(events); });
  writer->on_defect([this](const std::string& why) { service->defect(why); });
  writer->start();
  server = std::make_unique<http::Server>(service->options({.threads = 2}), service->handler());
  server->start();
}

Caller World::sign_in(const std::string& user) {
  http::Client client(server->port());
  const auto answer =
      client.post("/v1/session", fmt::format(R"({{"user":"{}","password":"{}"}})", user, password));
  EXPECT_EQ(answer.status, 200U) << user << ": " << answer.body;
  const std::string_view set = answer.header("set-cookie");
  return {server->port(), std::string(set.substr(0, set.find(';')))};
}

void World::settle() {
  // A job runs before its round's transaction, handoffs follow it: what waited with the first job is there at the second.
  for (int rounds = 0; rounds < 20; ++rounds) {
    std::promise<std::int64_t> done;
    writer->post([&](Engine& e) {
      while (second && e.hand_over(clock.wall())) {  // another hand may have committed what its arrows follow
      }
      done.set_value(second ? 0 : e.head().batch - e.head().handoff_cursor);
    });
    const bool nothing_waits = done.get_future().get() <= 0;
    if (nothing_waits && rounds > 0) return;
  }
}

std::string World::everything() {
  settle();
  auto reader = readers->open();
  std::string out = fmt::format("events {}\n", reader.connection().number("SELECT count(*) FROM event"));
  for (const Desk::Table& table : registry->tables())
    out += fmt::format("{} {}\n", table.type->name,
                       reader.connection().number(
                           fmt::format("SELECT count(*) FROM {}", journal::sql_name(table.type->name))));
  out += fmt::format("identities {}\n", reader.connection().number("SELECT count(*) FROM identity"));
  out += fmt::format("tokens {}\n", reader.connection().number("SELECT count(*) FROM token"));
  return out;
}

std::vector<AuditLine> World::audit(const std::string& kind) {
  settle();  // lines are written with a later transaction than the answer, on either store
  auto reader = readers->open();
  journal::AuditQuery query;
  query.kind = kind;
  query.limit = journal::longest_page;
  std::vector<AuditLine> out;
  for (auto& line : reader.audit(query).rows) out.push_back(std::move(line.row));
  return out;
}

std::string World::person(Caller& registrar, const std::string& name, const std::string& document) {
  const std::string person = id();
  const auto answer = registrar.run(
      "people/register_person",
      fmt::format(
          R"({{"person":"{}","name":"{}","document_type":"resident_id","document_number":"{}","phone":"13812345678"}})",
          person, name, document));
  EXPECT_EQ(answer.status, 200U) << answer.body;
  return person;
}

World& shared_world() {
  static World world;
  return world;
}

boost::json::value json_in(const http::Answer& answer) { return parse_own_json(answer.body); }

std::string code_in(const http::Answer& answer) {
  const auto json = json_in(answer);
  const auto* refusals = json.is_object() ? json.as_object().if_contains("refusals") : nullptr;
  if (refusals == nullptr || refusals->as_array().empty()) return {};
  return std::string(refusals->at(0).at("code").as_string());
}

std::vector<std::string> fault_paths(const http::Answer& answer) {
  std::vector<std::string> out;
  const auto json = json_in(answer);
  if (const auto* faults = json.as_object().if_contains("faults"))
    for (const auto& fault : faults->as_array()) out.emplace_back(fault.at("path").as_string());
  return out;
}

}  // namespace fx::api::testing
