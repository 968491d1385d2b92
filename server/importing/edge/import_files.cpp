#include "importing/edge/import_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace fx::importing {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw FileError(path + ": " + what + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

std::string read_whole_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) fail(path, "cannot open");
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) fail(path, "cannot inspect");
  if (S_ISDIR(info.st_mode)) throw FileError(path + ": is a folder");
  std::string bytes;
  std::size_t size = 0;
  for (;;) {
    if (size > max_import_bytes) throw FileError(path + ": larger than 512 MiB; cut it into parts");
    bytes.resize(
        std::max<std::size_t>(size + 65536, static_cast<std::size_t>(std::max<off_t>(info.st_size, 0)) + 1));
    const ssize_t n = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path, "cannot read");
    if (n == 0) break;
    size += static_cast<std::size_t>(n);
  }
  bytes.resize(size);
  return bytes;
}

void write_whole_file(const std::string& path, std::string_view bytes) {
  const std::string beside = path + ".part";
  {
    const Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) fail(beside, "cannot create");
    while (!bytes.empty()) {
      const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail(beside, "cannot write");
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(file.get()) != 0) fail(beside, "cannot make durable");
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) fail(path, "cannot put in place");
}

std::vector<std::string> files_at(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    if (entry.is_regular_file(error)) all.push_back(entry.path().string());
  }
  if (error) throw FileError(path + ": " + error.message());
  std::ranges::sort(all);
  return all;
}

}  // namespace fx::importing
