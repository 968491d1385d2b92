#pragma once

// The real program as a child process: made, served, asked, killed. Used by the crash test and by the benchmarks.

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/http/client.hpp"
#include "base/described.hpp"

namespace fx::simulation {

namespace fs = std::filesystem;

/// The program under test: $FANGXIAN_BIN, or the one beside this one.
inline fs::path program() {
  if (const char* named = std::getenv("FANGXIAN_BIN"); named != nullptr && *named != '\0') return named;
  return fs::read_symlink("/proc/self/exe").parent_path() / "fangxian";
}

/// A directory of its own, gone at the end.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "fangxian-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// A child of this process; it ends at the latest when this process ends.
class Child {
 public:
  Child(const std::vector<std::string>& arguments, const fs::path& log) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      ::dup2(ends[1], STDOUT_FILENO);
      if (out >= 0) ::dup2(out, STDERR_FILENO);
      ::execv(argv.front(), argv.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    out_ = ends[0];
    if (pid_ < 0) throw std::runtime_error("no process");
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    end(SIGKILL);
    ::close(out_);
  }

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// The next line of its output; empty at the end.
  std::string line() {
    std::string text;
    char c = 0;
    while (::read(out_, &c, 1) == 1 && c != '\n') text += c;
    return text;
  }
  std::string rest() {
    std::string text;
    char some[4096];
    for (ssize_t n = 0; (n = ::read(out_, some, sizeof some)) > 0;)
      text.append(some, static_cast<std::size_t>(n));
    return text;
  }
  /// Sends the signal (0: none) and waits; its exit code, or -signal.
  int end(int signal) {
    if (pid_ <= 0) return code_;
    if (signal != 0) ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_ = 0;
  int out_ = -1;
  int code_ = 0;
};

/// Runs the program to its end; its output. Throws when it fails.
inline std::string run_program(std::vector<std::string> arguments, const fs::path& log) {
  arguments.insert(arguments.begin(), program().string());
  Child child(arguments, log);
  std::string out = child.rest();
  const int code = child.end(0);
  if (code != 0) throw std::runtime_error(arguments[1] + " ended with " + std::to_string(code) + ": " + out);
  return out;
}

/// The end of a log, for the message of a failure.
inline std::string last_words(const fs::path& log) {
  std::ifstream in(log, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  constexpr std::size_t enough = 600;
  return text.size() > enough ? text.substr(text.size() - enough) : text;
}

/// `fangxian serve` on a data directory, on any free port; ready when the constructor is through.
class Served {
 public:
  explicit Served(const fs::path& data, const fs::path& log, unsigned threads = 2)
      : child_({program().string(), "serve", "--data", data.string(), "--port", "0", "--threads",
                std::to_string(threads)},
               log) {
    const std::string line = child_.line();
    const auto colon = line.rfind(':');
    if (line.find("http") == std::string::npos || colon == std::string::npos)
      throw std::runtime_error("the server did not start: " + line + last_words(log));
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  Child& child() { return child_; }

 private:
  Child child_;
  std::uint16_t port_ = 0;
};

struct SignedIn {
  std::string cookie;
  RawId account;
  RawId unit;
};

inline SignedIn sign_in(std::uint16_t port, const std::string& user, const std::string& password) {
  http::Client client(port);
  const auto answer =
      client.post("/v1/session", R"({"user":")" + user + R"(","password":")" + password + "\"}");
  if (answer.status != 200)
    throw std::runtime_error("sign-in of " + user + ": " + std::to_string(answer.status) + " " + answer.body);
  const auto set = answer.header("set-cookie");
  const auto json = parse_own_json(answer.body);
  const auto id = [](const boost::json::value& text) {
    return RawId::parse(std::string_view(text.as_string())).value();
  };
  return {std::string(set.substr(0, set.find(';'))), id(json.at("account")), id(json.at("unit").at("id"))};
}

}  // namespace fx::simulation
