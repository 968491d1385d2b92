// Loaded before libc into the server under test (LD_PRELOAD): writes below one directory find the disk full, or syncs of
// the ledger fail, while the first byte of a shared file says so. Nothing of the program is built for testing.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

/// 'F': full · 'E': syncs fail · anything else: well.
char mode() {
  static const volatile char* const shared = [] {
    const char* path = std::getenv("FX_FAILING_DISK");
    const int fd = path != nullptr ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return static_cast<const volatile char*>("-");
    void* at = ::mmap(nullptr, 1, PROT_READ, MAP_SHARED, fd, 0);
    ::close(fd);
    return at == MAP_FAILED ? static_cast<const volatile char*>("-") : static_cast<const volatile char*>(at);
  }();
  return *shared;
}

bool below(int fd, const char* what) {
  const char* directory = std::getenv("FX_FAILING_UNDER");
  char link[64];
  char path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t n = ::readlink(link, path, sizeof path - 1);
  if (n <= 0 || directory == nullptr) return false;
  path[n] = '\0';
  return std::strncmp(path, directory, std::strlen(directory)) == 0 && std::strstr(path, what) != nullptr;
}

bool full(int fd) {
  if (mode() != 'F' || !below(fd, "")) return false;
  errno = ENOSPC;
  return true;
}
bool unsynced(int fd) {
  if (mode() != 'E' || !below(fd, "ledger.db")) return false;
  errno = EIO;
  return true;
}

template <class F>
F next(const char* name) {
  return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return full(fd) ? -1 : real(fd, bytes, size, at);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return full(fd) ? -1 : real(fd, bytes, size, at);
}
ssize_t write(int fd, const void* bytes, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  return full(fd) ? -1 : real(fd, bytes, size);
}
int fsync(int fd) {
  static const auto real = next<int (*)(int)>("fsync");
  return unsynced(fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return unsynced(fd) ? -1 : real(fd);
}

}  // extern "C"
