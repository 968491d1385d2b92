#pragma once

#include <boost/json.hpp>
#include <deque>
#include <map>
#include <memory>

#include "bench/county.hpp"
#include "bench/devices.hpp"
#include "bench/mass_day.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {

/// A minute of that day, "2022-08-13T06:00".
Instant at(std::string_view clock);

/// A county, its server, and everybody who has to do with a round of so many people on the list.
class RoundOffice {
 public:
  /// `store`: a PostgreSQL URL; none: a file.
  RoundOffice(int roster, const std::filesystem::path& data, std::filesystem::path log,
              const std::string& store = {});

  [[nodiscard]] pid_t process() const { return server_->child().pid(); }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] const Uploaded& uploaded() const { return uploaded_; }
  /// A number of /metrics.
  [[nodiscard]] double metric(std::string_view name);
  /// Ends the server and proves the ledger; seconds that took.
  double verify();

  void sign_in();
  void plan();
  /// Ordered, furnished, open.
  void set_up_points();
  void join_points();
  void open_round();
  void set_clock(Instant to);

 protected:
  // Commands and reads; what is not answered as expected throws.
  boost::json::value ask(const std::string& who, std::string_view operation, const std::string& body,
                         std::string_view refused = {});
  /// Commands of (who, body) that do not wait for each other.
  void ask_all(const std::vector<std::pair<std::string, std::string>>& bodies, std::string_view operation);
  boost::json::value get(const std::string& target);
  template <class F>
  void each_row(const std::string& target, F row) {
    std::string after;
    do {
      const boost::json::value page = get(target + "&limit=500" + after);
      for (const boost::json::value& each : page.at("rows").as_array()) row(each);
      const boost::json::value& next = page.at("next");
      after = next.is_null() ? "" : "&after=" + std::string(next.as_string());
    } while (!after.empty());
  }
  void send(const std::vector<Device*>& devices);

  // What devices note.
  void print(Device& device, const std::vector<const DayTube*>& tubes, int size, int point, Instant when);
  void link(Device& device, const DayTube& tube, int person, Instant when, const std::string& more = {});
  void seal(Device& device, const DayTube& tube, Instant when);

  Device& sampler(int i) { return devices_.at(static_cast<std::size_t>(i)); }
  [[nodiscard]] const simulation::SignedIn& person(const std::string& user) const { return staff_.at(user); }
  [[nodiscard]] std::string lab_text(int point) const {
    return county_.labs[static_cast<std::size_t>(day_.lab_of(point))].raw.text();
  }
  [[nodiscard]] std::string centre_text(int point) const {
    return county_.centres[static_cast<std::size_t>(day_.unit_of(point))].raw.text();
  }

  MassDay day_;
  std::filesystem::path data_, log_;
  County county_;
  std::unique_ptr<simulation::Served> server_;
  std::unique_ptr<http::Client> client_;
  std::map<std::string, simulation::SignedIn> staff_;
  Uploaded uploaded_;
  std::string round_ = day_.make_id().text();
  std::vector<std::string> points_;
  std::deque<Device> devices_;  ///< of the samplers
};

}  // namespace fx::bench
