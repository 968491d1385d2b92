#pragma once

#include <span>
#include <string>
#include <vector>

namespace fx::bin {

struct DocxParagraph {
  enum class Style { title, heading, body } style = Style::body;
  std::string words;  ///< UTF-8; a line break makes another paragraph
};

/// A small WordprocessingML document (ECMA-376): title, headings, text; opens in Word, WPS and LibreOffice.
/// Control characters that XML cannot hold are left out.
std::string docx_of(std::span<const DocxParagraph> paragraphs);

}  // namespace fx::bin
