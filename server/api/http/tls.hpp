#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// Inside the HTTP layer: OpenSSL directly on a non-blocking socket. Asio's own TLS stream keeps 34 kB of
/// buffers a connection; this keeps none while a connection is idle.
namespace fx::http {

/// What one attempt to read or write gave.
struct Io {
  enum Kind { moved, want_read, want_write, closed, failed } kind = failed;
  std::size_t count = 0;
};

class TlsSession {
 public:
  virtual ~TlsSession() = default;
  virtual Io handshake() = 0;
  virtual Io read(char* to, std::size_t size) = 0;
  virtual Io write(const char* from, std::size_t size) = 0;
  /// Tells the other end that nothing more comes.
  virtual void shut() = 0;
};

class TlsContext {
 public:
  /// Throws std::runtime_error that names the file OpenSSL did not like.
  TlsContext(const std::string& certificate_file, const std::string& key_file);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  std::unique_ptr<TlsSession> session(int descriptor) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fx::http
