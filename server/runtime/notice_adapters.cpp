#include "runtime/notice_adapters.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
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
    int pipe_ends[2];
    if (::pipe2(pipe_ends, O_CLOEXEC) != 0) return false;
    const pid_t child = start(pipe_ends[0]);
    ::close(pipe_ends[0]);
    if (child > 0) write_all(pipe_ends[1], message);
    ::close(pipe_ends[1]);
    return child > 0 && wait_for(child);
  }

 private:
  pid_t start(int input) const {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    char* const arguments[] = {const_cast<char*>(program_.c_str()), nullptr};
    pid_t child = -1;
    if (::posix_spawn(&child, program_.c_str(), &actions, nullptr, arguments, environ) != 0) child = -1;
    posix_spawn_file_actions_destroy(&actions);
    return child;
  }

  /// A program that does not read gets as much as the pipe holds: messages are far smaller than that.
  static void write_all(int out, const std::string& message) {
    std::size_t done = 0;
    while (done < message.size()) {
      const ssize_t n = ::write(out, message.data() + done, message.size() - done);
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
