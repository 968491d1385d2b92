#include "bin/program.hpp"

namespace fx::bin {

Program::Program(Options opened)
    : options(std::move(opened)),
      realm(load_realm(options.directory)),
      registry(make_registry()),
      book(load_rulebook(*registry, rulebook_files(options.rulebook))),
      vault(runtime::load_key_file((options.directory / "realm.key").string())),
      keys((options.directory / "keys.db").string()),
      store(*registry, {.directory = options.directory, .broken = options.broken}),
      clock(),
      engine({*registry, book.get(), access, store}) {
  std::string all;
  for (const auto& file : rulebook_files(options.rulebook)) all += "# " + file.name + "\n" + file.text + "\n";
  store.keep_rulebook(book->version(), all, engine.head().decided_at);
}

void Program::resume_clock() {
  if (realm.realm == api::Realm::live) return;
  const Instant at = std::max(engine.head().decided_at, realm.clock_at.value_or(Instant{}));
  if (at != Instant{}) clock.set_offset(at - clock.machine());
}

void Program::keep_clock() {
  if (realm.realm == api::Realm::live) return;
  realm.clock_at = clock.wall();
  save_realm(options.directory, realm);
}

void Program::seal(Command& command, const Context& context) {
  runtime::VaultSealer sealer(vault, keys, passwords);
  command.operation->prepare(command.body.get(), context, sealer);
  sealer.finish(command);
}

void Program::store_keys(const std::vector<Command>& commands) {
  std::vector<runtime::KeyStore::Entry> entries;
  for (const Command& command : commands)
    for (const auto& [person, bytes] : command.new_keys) {
      runtime::WrappedKey wrapped{};
      std::copy_n(bytes.begin(), std::min(bytes.size(), wrapped.size()), wrapped.begin());
      entries.emplace_back(person, wrapped);
    }
  if (!entries.empty()) keys.put(entries);
}

}  // namespace fx::bin
