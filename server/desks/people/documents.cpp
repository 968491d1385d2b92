#include "desks/people/documents.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fx::people {
namespace {

bool digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
int number_of(std::string_view text) {
  int n = 0;
  for (const char c : text) n = n * 10 + (c - '0');
  return n;
}

std::string normal(std::string_view number) {
  std::string out;
  for (const char c : trim(number)) {
    if (c == ' ' || c == '-') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out;
}

/// First two digits of GB/T 2260 codes in use; 99 is this project's place for demonstration.
bool known_province(std::string_view code) {
  static constexpr std::string_view provinces[] = {"11", "12", "13", "14", "15", "21", "22", "23", "31",
                                                   "32", "33", "34", "35", "36", "37", "41", "42", "43",
                                                   "44", "45", "46", "50", "51", "52", "53", "54", "61",
                                                   "62", "63", "64", "65", "71", "81", "82", "83", "99"};
  return std::ranges::find(provinces, code.substr(0, 2)) != std::end(provinces);
}

/// 17 digits and a check character; the province stands at `province_at`.
std::optional<DocumentReading> read_eighteen(std::string number, Day today, std::size_t province_at = 0) {
  if (number.size() != 18 || !digits(std::string_view(number).substr(0, 17))) return std::nullopt;
  if (number[17] != check_character(std::string_view(number).substr(0, 17))) return std::nullopt;
  const std::string_view text = number;
  const auto birth =
      make_day(number_of(text.substr(6, 4)), static_cast<unsigned>(number_of(text.substr(10, 2))),
               static_cast<unsigned>(number_of(text.substr(12, 2))));
  if (!birth || *birth > today) return std::nullopt;
  DocumentReading reading;
  reading.birth_day = birth;
  reading.sex = (number[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
  if (!known_province(text.substr(province_at))) reading.warnings.emplace_back("area_unknown");
  reading.number = std::move(number);
  return reading;
}

std::optional<DocumentReading> read_resident(std::string number, Day today) {
  if (number.size() != 15) return read_eighteen(std::move(number), today);
  if (!digits(number)) return std::nullopt;
  std::string full = number.substr(0, 6) + "19" + number.substr(6);
  full += check_character(full);
  auto reading = read_eighteen(std::move(full), today);
  if (reading) reading->alias = std::move(number);
  return reading;
}

std::optional<DocumentReading> read_permit(std::string number, Day today) {
  const bool prefix =
      number.starts_with("810000") || number.starts_with("820000") || number.starts_with("830000");
  return prefix ? read_eighteen(std::move(number), today) : std::nullopt;
}

std::optional<DocumentReading> plain(std::string number, bool fits) {
  if (!fits) return std::nullopt;
  DocumentReading reading;
  reading.number = std::move(number);
  return reading;
}

bool is_hkm(std::string_view n) {
  return (n.size() == 9 || n.size() == 11) && (n[0] == 'H' || n[0] == 'M') && digits(n.substr(1));
}

bool is_passport(std::string_view n) {
  return n.size() >= 5 && n.size() <= 17 &&
         std::ranges::all_of(n, [](char c) { return is_digit(c) || upper(c); });
}

bool is_old_foreign(std::string_view n) {
  return n.size() == 15 && upper(n[0]) && upper(n[1]) && upper(n[2]) && digits(n.substr(3));
}

}  // namespace

char check_character(std::string_view seventeen) {
  static constexpr int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += weights[i] * (seventeen[i] - '0');
  return "10X98765432"[sum % 11];
}

std::optional<DocumentReading> read_document(DocumentType type, std::string_view text, Day today) {
  std::string number = normal(text);
  switch (type) {
    case DocumentType::resident_id: return read_resident(std::move(number), today);
    case DocumentType::residence_permit: return read_permit(std::move(number), today);
    case DocumentType::hkm_travel_permit: {
      const bool fits = is_hkm(number);
      return plain(std::move(number), fits);
    }
    case DocumentType::taiwan_travel_permit: {
      const bool fits = number.size() == 8 && digits(number);
      return plain(std::move(number), fits);
    }
    case DocumentType::passport: {
      const bool fits = is_passport(number);
      return plain(std::move(number), fits);
    }
    case DocumentType::foreign_permanent: {
      // 9, then the province that issued it, then the nationality.
      if (number.size() == 18 && number[0] == '9') return read_eighteen(std::move(number), today, 1);
      const bool fits = is_old_foreign(number);
      return plain(std::move(number), fits);
    }
    case DocumentType::birth_certificate: {
      const bool fits = number.size() == 10 && upper(number[0]) && digits(std::string_view(number).substr(1));
      return plain(std::move(number), fits);
    }
    case DocumentType::military_id:
    case DocumentType::other: break;
  }
  const bool fits = !number.empty() && number.size() <= 40;
  return plain(std::move(number), fits);
}

}  // namespace fx::people
