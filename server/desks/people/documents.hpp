#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace fx::people {

enum class DocumentType {
  resident_id,           ///< 居民身份证, GB 11643-1999
  residence_permit,      ///< 港澳台居民居住证, same structure, prefixes 810000 820000 830000
  hkm_travel_permit,     ///< 港澳居民来往内地通行证: H or M and 8 digits (10 in the old form)
  taiwan_travel_permit,  ///< 台湾居民来往大陆通行证: 8 digits
  passport,              ///< 5–17 letters and digits
  foreign_permanent,  ///< 外国人永久居留身份证: 18 digits from 2023 (prefix 9), 3 letters and 12 digits before
  birth_certificate,  ///< 出生医学证明: a letter and 9 digits
  military_id,
  other
};
BOOST_DESCRIBE_ENUM(DocumentType, resident_id, residence_permit, hkm_travel_permit, taiwan_travel_permit,
                    passport, foreign_permanent, birth_certificate, military_id, other)

enum class Sex { male, female, unknown };
BOOST_DESCRIBE_ENUM(Sex, male, female, unknown)

/// What a document number tells about itself.
struct DocumentReading {
  std::string number;                ///< normal form: x as X, blanks gone, 15 digits as 18
  std::optional<std::string> alias;  ///< the old 15-digit form
  std::optional<Day> birth_day;
  std::optional<Sex> sex;
  std::vector<std::string> warnings;  ///< e.g. "area_unknown"; never a reason to refuse
};

/// The check character of 17 digits: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, sum mod 11 into 10X98765432.
char check_character(std::string_view seventeen);

/// Reads and judges a number. Nothing when no such document can bear it: wrong length, check digit, birth date that is
/// not real or lies after `today`. Source: GB 11643-1999; formats of the other documents as their issuers print them.
std::optional<DocumentReading> read_document(DocumentType type, std::string_view number, Day today);

}  // namespace fx::people
