#pragma once

#include <fmt/format.h>

#include "api/testing/world.hpp"
#include "base/code.hpp"

namespace fx::api::testing {

/// A patient of the fever clinic, played over HTTP as far as a test needs.
class Story {
 public:
  explicit Story(World& where)
      : world(where), nurse(where.sign_in("nurse")), lab(where.sign_in("lab")), lab2(where.sign_in("lab2")) {}

  static std::string fresh_code() { return write_code({'T', runtime::random_u64() % most_codes}); }
  /// A resident number of Beiling with a right check digit.
  static std::string fresh_document() {
    static int next = 0;
    std::string digits = fmt::format("99012119{:02}0412{:03}", 60 + next / 900, 100 + next % 900);
    ++next;
    constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += weights[i] * (digits[i] - '0');
    return digits + "10X98765432"[sum % 11];
  }

  void arrives(const std::string& name = "张伟") {
    document = fresh_document();
    person = world.person(nurse, name, document);
    nurse.run("hospitals/open_clinic",
              fmt::format(R"({{"clinic":"{}","hospital":"{}"}})", clinic(), world.units.at("hospital")));
    encounter = World::id();
    done(nurse.run(
        "hospitals/record_arrival",
        fmt::format(
            R"({{"encounter":"{}","clinic":"{}","person":"{}","pathogen":"covid19-cn","code":"green","history_flag":false}})",
            encounter, clinic(), person)));
    done(nurse.run(
        "hospitals/triage_1",
        fmt::format(R"({{"encounter":"{}","temperature":38.2,"identity_checked":true,"history_taken":true}})",
                    encounter)));
    done(nurse.run(
        "hospitals/triage_2",
        fmt::format(R"({{"encounter":"{}","temperature":38.2,"code":"green","history_flag":false}})",
                    encounter)));
    room = World::id();
    done(nurse.run("hospitals/open_room",
                   fmt::format(R"({{"room":"{}","clinic":"{}","number":{},"red_lane":false}})", room,
                               clinic(), number++)));
    done(nurse.run("hospitals/assign_room",
                   fmt::format(R"({{"encounter":"{}","room":"{}"}})", encounter, room)));
  }
  void printed() {
    tube = World::id();
    code = fresh_code();
    done(nurse.run("screening/print_tubes", print_body(tube, code)));
  }
  void sampled() {
    printed();
    done(nurse.run("hospitals/order_sample", fmt::format(R"({{"encounter":"{}"}})", encounter)));
    done(nurse.run("screening/link_person", fmt::format(R"({{"tube":"{}","person":"{}","encounter":"{}"}})",
                                                        tube, person, encounter)));
    done(nurse.run("screening/seal_tube", fmt::format(R"({{"tube":"{}"}})", tube)));
    world.settle();
  }
  void tested(std::string_view result) {
    done(lab.run("screening/receive_tube", fmt::format(R"({{"tube":"{}"}})", tube)));
    done(lab.run("screening/start_test", fmt::format(R"({{"tube":"{}","reagent_lot":"L1"}})", tube)));
    done(lab.run("screening/record_result",
                 fmt::format(R"({{"tube":"{}","result":"{}","control_valid":true,"ct":[]}})", tube, result)));
  }
  void authorised(std::string_view result) {
    tested(result);
    done(lab2.run("screening/authorise_result",
                  fmt::format(R"({{"tube":"{}","result":"{}"}})", tube, result)));
    world.settle();
  }
  [[nodiscard]] std::string print_body(const std::string& id, const std::string& label) const {
    return fmt::format(
        R"({{"sender":"{}","tubes":[{{"tube":"{}","code":"{}"}}],"size":1,"class":"fever_clinic","pathogen":"covid19-cn"}})",
        clinic(), id, label);
  }
  [[nodiscard]] const std::string& clinic() const { return world.units.at("clinic"); }
  static void done(const http::Answer& answer) { ASSERT_EQ(answer.status, 200U) << answer.body; }

  World& world;
  Caller nurse;
  Caller lab;
  Caller lab2;
  std::string document, person, encounter, room, tube, code;
  static inline int number = 1;
};

}  // namespace fx::api::testing
