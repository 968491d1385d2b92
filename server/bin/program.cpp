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
      clock(Duration(realm.offset_ms)),
      engine({*registry, book.get(), access, store}) {
  std::string all;
  for (const auto& file : rulebook_files(options.rulebook)) all += "# " + file.name + "\n" + file.text + "\n";
  store.keep_rulebook(book->version(), all, engine.head().decided_at);
}

void Program::seal(Command& command, const Context& context) {
  runtime::VaultSealer sealer(vault, keys, passwords);
  command.operation->prepare(command.body.get(), context, sealer);
  sealer.finish(command);
  std::vector<runtime::KeyStore::Entry> entries;
  for (const auto& [person, bytes] : command.new_keys) {
    runtime::WrappedKey wrapped{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), wrapped.size()), wrapped.begin());
    entries.emplace_back(person, wrapped);
  }
  if (!entries.empty()) keys.put(entries);
}

}  // namespace fx::bin
