// The key file on disk. It is text, so that it can be printed and typed in again from paper.
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/text.hpp"
#include "runtime/crypto.hpp"

namespace fx::runtime {
namespace {

constexpr std::string_view first_line = "fangxian key file 1";
constexpr std::size_t max_size = 4096;

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw KeyFileError("key file " + path + ": " + what);
}

[[noreturn]] void fail_errno(const std::string& path, const std::string& what) {
  fail(path, what + ": " + std::strerror(errno));
}

std::string hex_of(const SecretKey& key) {
  return hex({reinterpret_cast<const char*>(key.data()), SecretKey::size});
}

SecretKey key_from(const std::string& path, std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.size() != name.size() + 1 + 2 * SecretKey::size) {
    fail(path, "line \"" + std::string(name) + " <64 hexadecimal digits>\" expected");
  }
  const std::string_view digits = line.substr(name.size() + 1);
  std::array<std::uint8_t, SecretKey::size> bytes{};
  std::size_t written = 0;
  const int failed =
      sodium_hex2bin(bytes.data(), bytes.size(), digits.data(), digits.size(), nullptr, &written, nullptr);
  if (failed != 0 || written != bytes.size()) fail(path, "\"" + std::string(name) + "\" is not hexadecimal");
  const SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

void write_all(int fd, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail_errno(path, "cannot write");
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

/// The name itself must survive a power cut too.
void sync_folder_of(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  const File dir(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (dir.fd() < 0 || ::fsync(dir.fd()) != 0) fail_errno(path, "cannot make its folder durable");
}

std::string read_checked(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (file.fd() < 0 && errno == ELOOP) fail(path, "is a symbolic link; name the file itself");
  if (file.fd() < 0) fail_errno(path, "cannot open");
  struct stat info{};
  if (::fstat(file.fd(), &info) != 0) fail_errno(path, "cannot inspect");
  if (!S_ISREG(info.st_mode)) fail(path, "is not a regular file");
  if (info.st_uid != ::geteuid()) fail(path, "belongs to another user");
  if ((info.st_mode & 077) != 0) fail(path, "can be touched by group or others; run: chmod 600 " + path);
  std::string text(max_size, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t n = ::read(file.fd(), text.data() + size, text.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail_errno(path, "cannot read");
    if (n == 0) break;
    size += static_cast<std::size_t>(n);
  }
  text.resize(size);
  return text;
}

}  // namespace

MasterKey create_key_file(const std::string& path) {
  const MasterKey master{.wrap = SecretKey::random(), .root = SecretKey::random()};
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.fd() < 0 && errno == EEXIST) fail(path, "exists already and is never overwritten");
  if (file.fd() < 0) fail_errno(path, "cannot create");
  if (::fchmod(file.fd(), 0600) != 0) fail_errno(path, "cannot set its mode");  // whatever the umask
  std::string text(first_line);
  text += "\n# Whoever holds this file and the data reads every identity. Without it nobody does.";
  text += "\n# Keep a copy away from the data, on paper or offline.";
  text += "\nwrap " + hex_of(master.wrap) + "\nroot " + hex_of(master.root) + "\n";
  write_all(file.fd(), text, path);
  sodium_memzero(text.data(), text.size());
  if (::fsync(file.fd()) != 0) fail_errno(path, "cannot make durable");
  sync_folder_of(path);
  return master;
}

MasterKey load_key_file(const std::string& path) {
  std::string text = read_checked(path);
  std::vector<std::string_view> lines;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view words = trim(line);
    if (!words.empty() && words.front() != '#') lines.push_back(words);
  }
  if (lines.size() != 3 || lines[0] != first_line) fail(path, "is not a Fangxian key file of version 1");
  MasterKey master{.wrap = key_from(path, lines[1], "wrap"), .root = key_from(path, lines[2], "root")};
  sodium_memzero(text.data(), text.size());
  return master;
}

}  // namespace fx::runtime
