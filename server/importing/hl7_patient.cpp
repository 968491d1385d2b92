#include "importing/hl7_patient.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "importing/hl7_time.hpp"

namespace fx::importing {
namespace {

std::string place(const Hl7Segment& at, std::size_t field) { return fmt::format("{}-{}", at.name(), field); }

/// Han signs are written family name first and without a blank.
bool is_han(std::string_view text) {
  // UTF-8 of U+2E80…U+9FFF begins with E2 BA … E9; of U+20000 and up with F0 A0 …
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0xE3 && byte <= 0xE9) || byte == 0xF0) return true;
  }
  return false;
}

std::string full_name(const LabPatient& p) {
  if (is_han(p.family + p.given)) return p.family + p.given + p.middle;
  std::string name;
  for (const std::string* part : {&p.given, &p.middle, &p.family}) {
    if (!part->empty()) name += (name.empty() ? "" : " ") + *part;
  }
  return name;
}

void read_name(const Hl7Segment& pid, LabPatient& patient, Hl7Notes& notes) {
  for (const Hl7Field& name : pid.repetitions(5)) {
    const std::string family = name.at(1).text();
    const std::string given = name.at(2).text();
    const std::string type = name.at(7).text();
    // A lone word is as likely a remark or a number as a name.
    if (!family.empty() && given.empty() && type.empty()) {
      notes.fault(pid, 5, "F-SHAPE", "姓名既无名字（第 2 部分）也无类型（第 7 部分）：" + family,
                  "a name with neither given name (part 2) nor type (part 7): " + family);
    }
    if (patient.family.empty() && patient.given.empty()) {
      patient.family = family;
      patient.given = given;
      patient.middle = name.at(3).text();
      patient.name_type = type;
    }
  }
  patient.name = full_name(patient);
}

void read_numbers(const Hl7Segment& pid, LabPatient& patient) {
  for (const std::size_t field : {3U, 2U, 4U}) {  // PID-2 and PID-4 are older places for the same
    for (const Hl7Field& number : pid.repetitions(field)) {
      const std::string value = number.at(1).text();
      if (value.empty()) continue;
      std::string authority = number.at(4).sub(1);
      if (authority.empty()) authority = number.at(4).sub(2);
      patient.numbers.push_back({value, number.at(5).text(), std::move(authority)});
    }
  }
  if (std::string social = pid.text(19); !social.empty())
    patient.numbers.push_back({std::move(social), "SS", ""});
}

void read_phones(const Hl7Segment& pid, LabPatient& patient) {
  for (const std::size_t field : {13U, 14U}) {
    for (const Hl7Field& phone : pid.repetitions(field)) {
      if (std::string mail = phone.at(4).text(); !mail.empty()) patient.emails.push_back(std::move(mail));
      std::string number = phone.at(1).text();
      if (number.empty()) number = phone.at(12).text();
      if (number.empty()) number = phone.at(6).text() + phone.at(7).text();
      if (!number.empty()) patient.phones.push_back(std::move(number));
    }
  }
}

void read_address(const Hl7Segment& pid, LabPatient& patient) {
  const Hl7Field address = pid.field(11);
  patient.address = address.at(1).text();
  if (const std::string more = address.at(2).text(); !more.empty()) {
    patient.address += (patient.address.empty() ? "" : " ") + more;
  }
  patient.city = address.at(3).text();
  patient.state = address.at(4).text();
  patient.postcode = address.at(5).text();
  patient.country = address.at(6).text();
}

}  // namespace

void Hl7Notes::fault_at(std::size_t row, std::string segment, std::string field, std::string code,
                        std::string zh, std::string en) {
  faults.push_back(
      {row, std::move(segment), std::move(field), std::move(code), {std::move(zh), std::move(en)}});
}

void Hl7Notes::fault(const Hl7Segment& at, std::size_t field, std::string code, std::string zh,
                     std::string en) {
  fault_at(at.row(), std::string(at.name()), place(at, field), std::move(code), std::move(zh), std::move(en));
}

void Hl7Notes::missing(const Hl7Segment& at, std::size_t field, const std::string& zh,
                       const std::string& en) {
  fault(at, field, "F-SHAPE", zh + "为空", en + " is empty");
}

void Hl7Notes::warn(const Hl7Segment& at, std::size_t field, std::string code, std::string zh,
                    std::string en) {
  warnings.push_back(
      {at.row(), std::string(at.name()), place(at, field), std::move(code), {std::move(zh), std::move(en)}});
}

std::optional<Instant> Hl7Notes::time(const Hl7Segment& at, std::size_t n, const Hl7Field& field) {
  const std::string text = field.text();
  if (text.empty() || field.empty()) return std::nullopt;
  const auto moment = parse_hl7_instant(text, options_.zone);
  if (!moment) {
    warn(at, n, "F-SHAPE", "时间无法识别：" + text, "not a time: " + text);
  } else if (*moment > options_.now + options_.future_tolerance) {
    warn(at, n, "F-FUTURE", "时间在将来：" + format(*moment), "a time in the future: " + format(*moment));
  }
  return moment;
}

std::optional<Day> Hl7Notes::birth_day(const Hl7Segment& at, std::size_t n, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = parse_hl7_day(text);
  if (!day) {
    warn(at, n, "F-SHAPE", "出生日期无法识别：" + text, "not a birth date: " + text);
    return std::nullopt;
  }
  if (*day > day_of(options_.now)) {
    warn(at, n, "F-FUTURE", "出生日期在将来：" + format(*day), "a birth date in the future: " + format(*day));
    return std::nullopt;
  }
  return day;
}

LabPatient read_patient(const Hl7Segment& pid, Hl7Notes& notes) {
  LabPatient patient;
  read_numbers(pid, patient);
  read_name(pid, patient, notes);
  patient.birth_day = notes.birth_day(pid, 7, pid.text(7));
  const std::string sex = pid.text(8);
  patient.sex = sex == "M" ? Sex::male : sex == "F" ? Sex::female : Sex::unknown;
  read_phones(pid, patient);
  read_address(pid, patient);
  if (patient.numbers.empty() && patient.name.empty()) {
    notes.fault(pid, 3, "F-SHAPE", "患者既无编号也无姓名", "the patient has neither number nor name");
  }
  return patient;
}

}  // namespace fx::importing
