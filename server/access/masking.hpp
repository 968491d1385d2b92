#pragma once

#include <string>
#include <string_view>

namespace fx {

/// First character and a star for each other: 张伟 → 张*, Anna Lee → A*** ***.
std::string mask_name(std::string_view name);
/// Digits 7–14 of an 18-digit document hidden; of any other all but the first and the last two.
std::string mask_document(std::string_view number);
/// All but the last four digits hidden.
std::string mask_phone(std::string_view phone);

}  // namespace fx
