#include "api/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <climits>
#include <csignal>
#include <stdexcept>
#include <string_view>

namespace fx::http {
namespace {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
  void operator()(SSL* session) const { SSL_free(session); }
};

std::runtime_error tls_error(const std::string& what) {
  const unsigned long code = ERR_get_error();
  char reason[256] = "unknown";
  if (code != 0) ERR_error_string_n(code, reason, sizeof reason);
  ERR_clear_error();
  return std::runtime_error("TLS: " + what + ": " + reason);
}

/// Of the protocols a browser offers we speak one.
int choose_http11(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                  unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, offered, offered_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

class Session final : public TlsSession {
 public:
  explicit Session(SSL* session) : session_(session) {}

  Io handshake() override {
    ERR_clear_error();
    return outcome(SSL_accept(session_.get()));
  }
  Io read(char* to, std::size_t size) override {
    ERR_clear_error();
    return outcome(SSL_read(session_.get(), to, static_cast<int>(std::min<std::size_t>(size, INT_MAX))));
  }
  Io write(const char* from, std::size_t size) override {
    ERR_clear_error();
    return outcome(SSL_write(session_.get(), from, static_cast<int>(std::min<std::size_t>(size, INT_MAX))));
  }
  void shut() override {
    ERR_clear_error();
    if (SSL_is_init_finished(session_.get()) != 0) SSL_shutdown(session_.get());
    ERR_clear_error();
  }

 private:
  Io outcome(int result) {
    if (result > 0) return {Io::moved, static_cast<std::size_t>(result)};
    switch (SSL_get_error(session_.get(), result)) {
      case SSL_ERROR_WANT_READ: return {Io::want_read};
      case SSL_ERROR_WANT_WRITE: return {Io::want_write};
      case SSL_ERROR_ZERO_RETURN: return {Io::closed};
      default: ERR_clear_error(); return {Io::failed};
    }
  }

  std::unique_ptr<SSL, FreeSession> session_;
};

}  // namespace

struct TlsContext::Impl {
  std::unique_ptr<SSL_CTX, FreeContext> context{SSL_CTX_new(TLS_server_method())};
};

TlsContext::TlsContext(const std::string& certificate_file, const std::string& key_file)
    : impl_(std::make_unique<Impl>()) {
  SSL_CTX* context = impl_->context.get();
  if (context == nullptr) throw tls_error("no context");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, choose_http11, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1)
    throw tls_error(certificate_file);
  if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    throw tls_error(key_file);
  if (SSL_CTX_check_private_key(context) != 1)
    throw tls_error(key_file + " does not belong to " + certificate_file);
  // OpenSSL writes with write(2), which has no MSG_NOSIGNAL: a reader that left would kill the process.
  std::signal(SIGPIPE, SIG_IGN);
}

TlsContext::~TlsContext() = default;

std::unique_ptr<TlsSession> TlsContext::session(int descriptor) const {
  SSL* session = SSL_new(impl_->context.get());
  if (session == nullptr || SSL_set_fd(session, descriptor) != 1) {
    SSL_free(session);
    throw tls_error("no session");
  }
  return std::make_unique<Session>(session);
}

}  // namespace fx::http
