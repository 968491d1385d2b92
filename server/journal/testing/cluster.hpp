#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "journal/postgres/link.hpp"
#include "journal/postgres/schema.hpp"

// A PostgreSQL of its own for the tests of one process: made in a temporary folder, reached by a socket in it and on a
// loopback port, ended by its pid, its folder removed. Without PostgreSQL on the machine it throws: the tests fail.
namespace fx::journal::testing_desk {

class Cluster {
 public:
  /// The one of this process; started at first use.
  static Cluster& shared() {
    static Cluster cluster;
    return cluster;
  }
  enum class Disk { forgets, durable };  ///< durable: as in use, for benchmarks
  explicit Cluster(Disk disk = Disk::forgets) {
    std::string name = (std::filesystem::temp_directory_path() / "fx-pg-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    if (::getuid() == 0) {
      const passwd* user = ::getpwnam("postgres");
      if (user == nullptr) throw std::runtime_error("no user postgres: install postgresql-15 (./fx setup)");
      uid_ = user->pw_uid;
      gid_ = user->pw_gid;
      if (::chown(folder_.c_str(), uid_, gid_) != 0) throw std::runtime_error("cannot give the folder away");
    }
    finish(spawn({bin("initdb"), "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
                  "--no-sync"}),
           "initdb");
    std::ofstream(data() + "/postgresql.auto.conf", std::ios::app)
        << (disk == Disk::forgets ? "fsync = off\nfull_page_writes = off\n" : "max_wal_size = 4GB\n")
        << "max_locks_per_transaction = 256\nmax_connections = 80\n"
           "shared_buffers = 64MB\nautovacuum_naptime = 10s\nlogging_collector = off\nlog_min_messages = "
           "fatal\n";
    start_on_any_port();
    link("postgres", "postgres").run("CREATE ROLE fangxian_owner LOGIN; CREATE ROLE fangxian_app LOGIN");
  }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  ~Cluster() {
    stop(SIGINT);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void start() {
    if (!comes_up()) throw std::runtime_error("PostgreSQL did not start: " + log_text());
  }
  /// SIGINT: fast shutdown. SIGQUIT: as if it crashed.
  void stop(int signal) {
    if (pid_ <= 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// A new database; gives its name.
  std::string create() {
    const std::string name = new_name();
    create(name);
    return name;
  }
  void create(const std::string& name) {
    link("postgres", "postgres").run(fmt::format("CREATE DATABASE {} OWNER fangxian_owner", name));
  }
  /// A new database with all that another has, which nobody may have open; gives its name.
  std::string copy(const std::string& other) {
    const std::string name = new_name();
    link("postgres", "postgres")
        .run(fmt::format("CREATE DATABASE {} OWNER fangxian_owner TEMPLATE {}", name, other));
    return name;
  }
  void drop(const std::string& name) {
    link("postgres", "postgres").run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
  }
  [[nodiscard]] std::string url(const std::string& user, const std::string& database) const {
    return fmt::format("postgresql://{}@127.0.0.1:{}/{}", user, port_, database);
  }
  /// By the socket: one hop less.
  [[nodiscard]] std::string local_url(const std::string& user, const std::string& database) const {
    return fmt::format("postgresql:///{}?host={}&port={}&user={}", database, folder_, port_, user);
  }
  [[nodiscard]] pg::Link link(const std::string& user, const std::string& database) const {
    return pg::Link({.url = local_url(user, database)});
  }

 private:
  static std::string bin(const std::string& program) {
    const std::string path = "/usr/lib/postgresql/15/bin/" + program;
    if (!std::filesystem::exists(path))
      throw std::runtime_error(path + " is missing: ./fx setup installs it");
    return path;
  }
  std::string new_name() { return fmt::format("fx_{}_{}", ::getpid(), ++databases_); }
  [[nodiscard]] std::string data() const { return folder_ + "/data"; }
  /// Between finding a free port and listening on it, anybody's connection may take it: then another.
  void start_on_any_port() {
    for (int tries = 0; tries < 10; ++tries) {
      port_ = free_port();
      if (comes_up()) return;
    }
    throw std::runtime_error("PostgreSQL did not start: " + log_text());
  }
  /// False: it ended by itself. Patient, for a disk that others keep busy.
  bool comes_up() {
    pid_ = spawn({bin("postgres"), "-D", data(), "-k", folder_, "-p", std::to_string(port_), "-c",
                  "listen_addresses=127.0.0.1"});
    for (int tries = 0; tries < 2400; ++tries) {
      try {
        (void)link("postgres", "postgres").ask("SELECT 1");
        return true;
      } catch (const pg::LinkLost&) {
        if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
          pid_ = 0;
          return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    }
    stop(SIGQUIT);
    return false;
  }
  [[nodiscard]] std::string log_text() const {
    std::ifstream in(folder_ + "/log", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static int free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no free port");
    ::close(probe);
    return ntohs(address.sin_port);
  }
  /// As the user postgres where we are root, which PostgreSQL refuses to run as; it ends when this process does.
  pid_t spawn(const std::vector<std::string>& command) const {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (uid_ != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(gid_) != 0 || ::setuid(uid_) != 0))
      ::_exit(71);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    const int log = ::open((folder_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(log, 1);
    ::dup2(log, 2);
    if (::chdir("/") != 0) ::_exit(72);
    ::execv(words.front(), words.data());
    ::_exit(73);
  }
  static void finish(pid_t child, const std::string& what) {
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(what + " failed");
  }

  std::string folder_;
  uid_t uid_ = 0;
  gid_t gid_ = 0;
  int port_ = 0;
  pid_t pid_ = 0;
  std::atomic<int> databases_{0};
};

/// A database of its own, dropped at the end.
class ScratchDatabase {
 public:
  ScratchDatabase() : name_(Cluster::shared().create()) {}
  /// A second one like the first, its ledger's name included: where many ledgers are made, a third of the time of
  /// preparing each.
  explicit ScratchDatabase(const ScratchDatabase& like) : name_(Cluster::shared().copy(like.name_)) {}
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase() {
    try {
      Cluster::shared().drop(name_);
    } catch (const std::exception&) {  // the cluster goes with the process anyway
    }
  }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string app() const { return Cluster::shared().local_url("fangxian_app", name_); }
  [[nodiscard]] std::string owner() const { return Cluster::shared().local_url("fangxian_owner", name_); }
  [[nodiscard]] pg::Link as(const std::string& user) const { return Cluster::shared().link(user, name_); }
  void prepare(const Registry& registry) const {
    pg::Link link({.url = owner()});
    pg::prepare(link, registry);
  }

 private:
  std::string name_;
};

}  // namespace fx::journal::testing_desk
