#include "runtime/notice_adapters.hpp"

#include <curl/curl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

extern char** environ;

namespace fx::runtime {
namespace {

/// The answer's body does not matter.
std::size_t swallow(char*, std::size_t size, std::size_t count, void*) { return size * count; }

class Webhook final : public NoticeAdapter {
 public:
  Webhook(std::string url, std::chrono::seconds limit) : url_(std::move(url)), limit_(limit) {}
  [[nodiscard]] std::string way() const override { return "webhook"; }

  bool deliver(const std::string& message) override {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) return false;
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
    curl_easy_setopt(curl.get(), CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, message.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(message.size()));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, swallow);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(limit_.count()));
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    if (curl_easy_perform(curl.get()) != CURLE_OK) return false;
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300;
  }

 private:
  std::string url_;
  std::chrono::seconds limit_;
};

class Command final : public NoticeAdapter {
 public:
  Command(std::string program, std::chrono::seconds limit) : program_(std::move(program)), limit_(limit) {}
  [[nodiscard]] std::string way() const override { return "command"; }

  bool deliver(const std::string& message) override {
    // A socket, not a pipe: a program that ends before it has read everything must not end us by SIGPIPE.
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
    const pid_t child = start(ends[0]);
    ::close(ends[0]);
    if (child > 0) send_all(ends[1], message);
    ::close(ends[1]);
    return child > 0 && wait_for(child);
  }

 private:
  pid_t start(int input) const {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    // The server blocks and ignores signals of its own; the program starts with none of that.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    char* const arguments[] = {const_cast<char*>(program_.c_str()), nullptr};
    pid_t child = -1;
    if (::posix_spawn(&child, program_.c_str(), &actions, &attributes, arguments, environ) != 0) child = -1;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return child;
  }

  /// A program that does not read gets as much as the socket holds: messages are far smaller than that.
  static void send_all(int out, const std::string& message) {
    std::size_t done = 0;
    while (done < message.size()) {
      const ssize_t n = ::send(out, message.data() + done, message.size() - done, MSG_NOSIGNAL);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return;
      done += static_cast<std::size_t>(n);
    }
  }

  [[nodiscard]] bool wait_for(pid_t child) const {
    constexpr auto pause = std::chrono::milliseconds(20);
    for (auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit_); left.count() > 0;
         left -= pause) {
      int status = 0;
      if (::waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
      std::this_thread::sleep_for(pause);
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    return false;
  }

  std::string program_;
  std::chrono::seconds limit_;
};

}  // namespace

std::unique_ptr<NoticeAdapter> make_webhook(std::string url, std::chrono::seconds limit) {
  return std::make_unique<Webhook>(std::move(url), limit);
}

std::unique_ptr<NoticeAdapter> make_command(std::string program, std::chrono::seconds limit) {
  return std::make_unique<Command>(std::move(program), limit);
}

}  // namespace fx::runtime
