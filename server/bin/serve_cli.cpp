#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <thread>

#include "api/service.hpp"
#include "bin/backlog_page.hpp"
#include "bin/cli.hpp"
#include "bin/gate_sheet.hpp"
#include "bin/ledger_tail.hpp"
#include "bin/lost_control.hpp"
#include "bin/open_door.hpp"
#include "bin/program.hpp"
#include "bin/report_page.hpp"
#include "bin/retrace.hpp"
#include "bin/round_plan.hpp"
#include "bin/trace_page.hpp"
#include "importing/edge/import_files.hpp"
#include "runtime/notifier.hpp"

namespace fx::bin {
namespace {

struct Asked {
  std::string directory;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  unsigned threads = 2;
  unsigned longest_wait_ms = 1000;
  unsigned writers = 2;
  std::string rulebook;
  std::string certificate, key;
  std::string webhook, command;
  std::string code_webhook;
  std::optional<std::uint16_t> mllp_port;
  std::string mllp_address = "127.0.0.1";
  std::string mllp_senders;
  StorePlace place;
};

/// Blocks the signals that end the server in this and all later threads; wait_for_end takes them.
sigset_t block_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return set;
}

runtime::Notifier::Adapters adapters_of(const Asked& asked) {
  runtime::Notifier::Adapters adapters;
  if (!asked.webhook.empty()) adapters.push_back(runtime::make_webhook(asked.webhook));
  if (!asked.command.empty()) adapters.push_back(runtime::make_command(asked.command));
  return adapters;
}

/// Notices of the last hours that nobody delivered or acknowledged: they go out once more after a restart.
std::vector<Notice> undelivered(journal::Readers& readers) {
  journal::ListQuery query;
  query.table = &table_type<Notice>();
  query.scope.places = {journal::places_of(0)};
  query.filters = {{"delivered_by", {FieldValue(std::string())}}};
  query.limit = journal::longest_page;
  auto reader = readers.open();
  std::vector<Notice> out;
  for (const RowPtr& row : reader.list(query).rows) out.push_back(*static_cast<const Notice*>(row.get()));
  std::ranges::reverse(out);
  return out;
}

std::vector<api::DeskPage> pages_of(VisitIndex& visits) {
  auto pages = report_pages();
  pages.push_back(trace_page(visits));
  pages.push_back(backlog_page());
  pages.push_back(lost_control_page());
  return pages;
}

/// The interfaces of --mllp-senders, else of mllp.toml in the realm's directory.
std::vector<mllp::Interface> interfaces_of(const Asked& asked) {
  const std::string path = asked.mllp_senders.empty()
                               ? (std::filesystem::path(asked.directory) / "mllp.toml").string()
                               : asked.mllp_senders;
  if (!std::filesystem::exists(path))
    throw std::runtime_error("--mllp: who may send is to be said in " + path + " (docs/import.md)");
  auto read = mllp::load_interfaces(importing::read_whole_file(path), path);
  if (read) return *std::move(read);
  std::string why;
  for (const Refusal& one : read.error().list()) why += "\n  " + one.path + ": " + one.say.en;
  throw std::runtime_error("--mllp:" + why);
}

/// Listens for messages of instruments, where that is asked for.
std::unique_ptr<mllp::Listener> listener_of(const Asked& asked, api::Service& service) {
  if (!asked.mllp_port) return nullptr;
  mllp::Options options;
  options.address = asked.mllp_address;
  options.port = *asked.mllp_port;
  auto [with, handler] = service.messages(std::move(options), interfaces_of(asked));
  return std::make_unique<mllp::Listener>(std::move(with), std::move(handler));
}

void serve(const Asked& asked) {
  const sigset_t signals = block_signals();
  const auto broken = [](const std::string& why) {
    // Never go on with a store whose disk failed: what was acknowledged is durable, a restart recovers (kernel-notes §1).
    std::fprintf(stderr,
                 R"({"level":"fatal","event":"store_broken","why":"%s"})"
                 "\n",
                 why.c_str());
    std::_Exit(70);
  };
  Program program({.directory = asked.directory,
                   .rulebook = asked.rulebook,
                   .queue = 8192,
                   .broken = broken,
                   .place = asked.place});
  program.resume_clock();
  runtime::Writer writer(program.engine, program.keys, program.clock,
                         {.longest_wait = std::chrono::milliseconds(asked.longest_wait_ms)});
  if (Engine* second = asked.writers > 1 ? program.open_second() : nullptr) writer.add(*second);
  const auto pool = program.readers();
  journal::Readers& readers = *pool;
  const auto codes = asked.code_webhook.empty() ? nullptr : runtime::make_code_webhook(asked.code_webhook);
  constexpr unsigned code_askers = 2;
  constexpr std::size_t codes_waiting = 16;
  api::open_gate_door({gate_sheet, codes.get(), std::make_shared<api::Pool>(code_askers, codes_waiting)});
  VisitIndex visits(readers, *program.registry, std::filesystem::path(asked.directory) / "visits.index");
  api::Service service({.registry = *program.registry,
                        .writer = writer,
                        .readers = readers,
                        .vault = program.vault,
                        .keys = program.keys,
                        .passwords = program.passwords,
                        .access = program.access,
                        .clock = program.clock,
                        .rulebook = [&program] { return program.book; },
                        .realm = program.realm.realm,
                        .version = FX_VERSION,
                        .session_file = program.sessions(),
                        .round_plan = round_plan,
                        .open_door = open_door()},
                       pages_of(visits));
  runtime::Notifier notifier(writer, *program.registry, adapters_of(asked),
                             [&](const std::string& why) { service.defect(why); });
  LedgerTail tail(readers, [&](const std::vector<StoredEvent>& events) { service.committed(events); });
  writer.on_committed([&](const std::vector<StoredEvent>& events) {
    tail.known(events);
    service.committed(events);
    notifier.committed(events);
  });
  if (!asked.webhook.empty() || !asked.command.empty()) notifier.add(undelivered(readers));
  writer.on_defect([&](const std::string& why) { service.defect(why); });
  writer.on_broken(broken);
  Retracer retracer({.writer = writer,
                     .readers = readers,
                     .index = visits,
                     .registry = *program.registry,
                     .clock = program.clock,
                     .rulebook = [&program] { return program.book; }});
  writer.start();
  notifier.start();
  visits.start();
  retracer.start();
  if (program.postgres != nullptr) tail.start();
  http::Options options;
  options.address = asked.address;
  options.port = asked.port;
  options.threads = asked.threads;
  options.tls_certificate = asked.certificate;
  options.tls_key = asked.key;
  http::Server server(service.options(std::move(options)), service.handler());
  const auto messages = listener_of(asked, service);
  server.start();
  if (messages) messages->start();
  fmt::print("Fangxian {} serves {} on http{}://{}:{}\n", FX_VERSION, program.realm.name_en,
             asked.certificate.empty() ? "" : "s", asked.address, server.port());
  if (messages) fmt::print("HL7 messages (MLLP) on {}:{}\n", asked.mllp_address, messages->port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  if (messages) messages->stop();
  server.stop();
  api::open_gate_door({});
  tail.stop();
  retracer.stop();
  visits.stop();
  notifier.stop();
  writer.stop();
  program.keep_clock();
}

}  // namespace

void add_serve(CLI::App& app, int&) {
  auto* command = app.add_subcommand("serve", "serve a realm: API and web UI");
  auto asked = std::make_shared<Asked>();
  command->add_option("--data", asked->directory, "the realm's data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  add_store_options(*command, asked->place);
  command->add_option("--port", asked->port, "0 takes any free port");
  command->add_option("--address", asked->address);
  command->add_option("--threads", asked->threads, "network threads")->check(CLI::Range(1, 64));
  command->add_option("--writers", asked->writers, "connections that write, on PostgreSQL")
      ->check(CLI::Range(1, 2));
  command
      ->add_option("--longest-wait-ms", asked->longest_wait_ms,
                   "commands that would wait longer for their turn hear 503; 0: none does")
      ->check(CLI::Range(0, 600'000));
  command->add_option("--rulebook", asked->rulebook, "a rulebook folder instead of the program's own")
      ->check(CLI::ExistingDirectory);
  command->add_option("--notice-webhook", asked->webhook,
                      "POST each notice there (SMS or telephone gateway)");
  command->add_option("--notice-command", asked->command, "start this program with each notice on its input")
      ->check(CLI::ExistingFile);
  command->add_option("--code-webhook", asked->code_webhook,
                      "ask there for health and travel codes (gates); 2 s, else the phone or paper");
  command->add_option(
      "--mllp", asked->mllp_port,
      "listen for HL7 messages of instruments and laboratories on this port (docs/import.md)");
  command->add_option("--mllp-address", asked->mllp_address, "loopback unless said otherwise");
  command
      ->add_option("--mllp-senders", asked->mllp_senders,
                   "who may send; else mllp.toml in the realm's directory")
      ->check(CLI::ExistingFile);
  command->add_option("--tls-cert", asked->certificate)->check(CLI::ExistingFile);
  command->add_option("--tls-key", asked->key)->check(CLI::ExistingFile);
  command->callback([asked] { serve(*asked); });
}

}  // namespace fx::bin
