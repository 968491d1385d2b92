#include "runtime/pinyin.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <mutex>
#include <set>

namespace fx::runtime {
namespace {

/// ICU's transliterators are not safe to share between threads; making one costs milliseconds, so two serve
/// all.
class Reading {
 public:
  explicit Reading(const char* id) {
    UErrorCode status = U_ZERO_ERROR;
    reader_.reset(icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
    if (U_FAILURE(status) != 0 || reader_ == nullptr) {
      throw std::runtime_error(std::string("ICU lacks the transliteration ") + id);
    }
  }
  icu::UnicodeString read(icu::UnicodeString text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    reader_->transliterate(text);
    return text;
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<icu::Transliterator> reader_;
};

/// First ASCII letter of each run of letters.
std::string initials_of(const icu::UnicodeString& latin) {
  std::string out;
  bool inside = false;
  for (std::int32_t i = 0; i < latin.length(); i = latin.moveIndex32(i, 1)) {
    const UChar32 c = latin.char32At(i);
    const bool letter = u_isalpha(c) != 0;
    if (letter && !inside && c >= 'a' && c <= 'z') out.push_back(static_cast<char>(c));
    inside = letter;
  }
  return out;
}

icu::UnicodeString folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString out;
  if (U_SUCCESS(status) != 0) {
    out = nfkc->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
        status);
  }
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU: NFKC failed");
  return out;
}

/// Blanks, and the marks people put inside names and numbers: hyphens, brackets, middle dots, full stops.
bool is_filler(UChar32 c) { return u_isUWhiteSpace(c) != 0 || u_ispunct(c) != 0 || c == '+'; }

icu::UnicodeString without_filler(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (!is_filler(c)) out.append(c);
  }
  return out;
}

}  // namespace

std::vector<std::string> pinyin_initials(std::string_view name) {
  static Reading common("Han-Latin; Latin-ASCII; Lower()");
  static Reading as_name("Han-Latin/Names; Latin-ASCII; Lower()");
  const icu::UnicodeString text = folded(name);
  std::set<std::string> all;
  for (Reading* reading : {&common, &as_name}) {
    if (std::string initials = initials_of(reading->read(text)); !initials.empty())
      all.insert(std::move(initials));
  }
  // ICU's table of names changes given names too (任重: rèn zhòng, rén zhòng); the surname's reading with the
  // common reading of the rest, and the reverse, are what people type as well.
  if (all.size() == 2 && all.begin()->size() == all.rbegin()->size()) {
    const std::string a = *all.begin();
    const std::string b = *all.rbegin();
    all.insert(a.substr(0, 1) + b.substr(1));
    all.insert(b.substr(0, 1) + a.substr(1));
  }
  return {all.begin(), all.end()};
}

std::string search_text(TokenKind kind, std::string_view text) {
  icu::UnicodeString out = without_filler(folded(text));
  const bool document = kind == TokenKind::document_number || kind == TokenKind::document_last4;
  if (document) {
    out.toUpper(icu::Locale::getRoot());
  } else {
    out.toLower(icu::Locale::getRoot());
  }
  if (kind == TokenKind::document_last4 || kind == TokenKind::phone_last4) {
    const std::int32_t length = out.countChar32();
    if (length < 4) return {};
    out.remove(0, out.moveIndex32(0, length - 4));
  }
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

}  // namespace fx::runtime
