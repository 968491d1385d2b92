#include "bin/realm.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace fx::bin {

RealmFile load_realm(const std::filesystem::path& directory) {
  const auto path = directory / "realm.json";
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw std::runtime_error("no realm in " + directory.string() +
                             ": make one with 'fangxian init' or 'fangxian demo create'");
  std::ostringstream text;
  text << in.rdbuf();
  Faults faults;
  RealmFile realm;
  if (const auto json = parse_json(text.str(), faults)) read_json(*json, realm, faults, {});
  if (faults.empty()) return realm;
  throw std::runtime_error(
      path.string() + " cannot be read: " + (faults.front().path.empty() ? "" : faults.front().path + ": ") +
      faults.front().say.en + "; put it back from a backup ('fangxian restore' makes one)");
}

void save_realm(const std::filesystem::path& directory, const RealmFile& realm) {
  const auto path = directory / "realm.json";
  const auto making = directory / "realm.json.new";
  {
    std::ofstream out(making, std::ios::binary | std::ios::trunc);
    out << to_json(realm) << '\n';
    if (!out.flush()) throw std::runtime_error("cannot write " + making.string());
  }
  const int fd = ::open(making.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
  std::filesystem::rename(making, path);
}

bool fits_realm(api::Realm realm, std::int32_t jurisdiction) {
  const bool demonstration = jurisdiction / 10000 == 99;
  return realm == api::Realm::live ? !demonstration : demonstration || jurisdiction == 0;
}

}  // namespace fx::bin
