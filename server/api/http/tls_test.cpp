#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "api/http/testing/fixture.hpp"

// Without these, encryption could be on in the configuration and off on the wire.
namespace fx::http::testing {
namespace {

/// A key and a certificate signed with it, in files that go when the test ends.
class Certificate {
 public:
  Certificate() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fx-tls-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    FILE* out = ::fopen(key_file().c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    ::fclose(out);
    out = ::fopen(certificate_file().c_str(), "w");
    PEM_write_X509(out, certificate);
    ::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }

  std::string certificate_file() const { return folder_ + "/cert.pem"; }
  std::string key_file() const { return folder_ + "/key.pem"; }

 private:
  std::string folder_;
};

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port)
      : context_(SSL_CTX_new(TLS_client_method())), session_(SSL_new(context_)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ok_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    SSL_set_fd(session_, socket_);
    ok_ = ok_ && SSL_connect(session_) == 1;
  }
  ~TlsClient() {
    SSL_free(session_);
    SSL_CTX_free(context_);
    ::close(socket_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool ok() const { return ok_; }
  void send(std::string_view bytes) { SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())); }
  /// Reads until `size` bytes are there or nothing more comes.
  std::string read(std::size_t size) {
    std::string all;
    char some[16 * 1024];
    while (all.size() < size) {
      const int got = SSL_read(session_, some, sizeof some);
      if (got <= 0) break;
      all.append(some, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  SSL_CTX* context_;
  SSL* session_;
  int socket_ = -1;
  bool ok_ = false;
};

class HttpTlsTest : public HttpTest {
 protected:
  Options secure_options() const {
    Options options;
    options.tls_certificate = certificate_.certificate_file();
    options.tls_key = certificate_.key_file();
    options.limits.header_timeout = milliseconds(300);
    return options;
  }
  Certificate certificate_;
};

TEST_F(HttpTlsTest, ServesKeepAlivePipelinedAndLargeOverTls) {
  std::atomic<bool> secure{false};
  serve(secure_options(), [&secure](Request&& request, Reply reply) {
    secure = request.secure;
    if (request.path == "/big") return reply(text(200, std::string(5'000'000, 'x') + "end"));
    reply(text(200, request.method + " " + std::to_string(request.body.size())));
  });
  TlsClient one(server_->port());
  ASSERT_TRUE(one.ok());
  one.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nPOST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
  std::string both;
  while (both.find("POST 3") == both.npos) {
    const std::string more = one.read(1);
    ASSERT_FALSE(more.empty());
    both += more;
  }
  EXPECT_NE(both.find("GET 0"), both.npos);
  EXPECT_TRUE(secure);
  one.send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 400000\r\n\r\n");
  one.send(std::string(400'000, 'y'));
  EXPECT_NE(one.read(100).find("POST 400000"), std::string::npos);
  one.send("GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(one.read(50'000'000).ends_with("xend"));
  EXPECT_EQ(counters().accepted, 1u);
}

TEST_F(HttpTlsTest, StreamsOverTlsAndNoticesTheListenerLeaving) {
  std::atomic<bool> ended{false};
  serve(secure_options(), [&ended](Request&&, Reply reply) {
    reply(event_stream([&ended](std::shared_ptr<Stream> stream) {
      stream->on_close([&ended] { ended = true; });
      stream->send(event_text("", "hello"));
    }));
  });
  {
    TlsClient one(server_->port());
    ASSERT_TRUE(one.ok());
    one.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    std::string all;
    while (all.find("data: hello\n\n") == all.npos) {
      const std::string more = one.read(1);
      ASSERT_FALSE(more.empty()) << all;
      all += more;
    }
  }
  EXPECT_TRUE(eventually([&] { return ended.load(); }));
}

TEST_F(HttpTlsTest, CutsThoseWhoDoNotSpeakTls) {
  serve(secure_options());
  Client plain = client();
  plain.connect();
  plain.send_raw("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(plain.closes_within(patience));
  Client silent = client();
  silent.connect();
  EXPECT_TRUE(silent.closes_within(patience));
  EXPECT_EQ(counters().requests, 0u);
  EXPECT_TRUE(TlsClient(server_->port()).ok());
}

TEST_F(HttpTlsTest, NamesTheFileItCannotUse) {
  Options options = secure_options();
  options.tls_key = certificate_.certificate_file();
  try {
    serve(options);
    FAIL() << "a certificate is not a key";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string_view(error.what()).find("cert.pem"), std::string_view::npos) << error.what();
  }
}

}  // namespace
}  // namespace fx::http::testing
