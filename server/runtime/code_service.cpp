#include "runtime/code_service.hpp"

#include <curl/curl.h>

#include <boost/json.hpp>

namespace fx::runtime {
namespace {

namespace json = boost::json;

constexpr std::size_t most_bytes = 4096;

/// Takes what fits; more than that is no answer.
std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > most_bytes) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::string word_in(const json::object& object, std::string_view name,
                    std::initializer_list<std::string_view> known) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  for (const auto word : known)
    if (std::string_view(value->as_string()) == word) return std::string(word);
  return {};
}

std::optional<CodeAnswer> read(const std::string& body) {
  boost::system::error_code fault;
  const json::value value = json::parse(body, fault);
  if (fault || !value.is_object()) return std::nullopt;
  CodeAnswer out{word_in(value.as_object(), "health", {"green", "yellow", "red"}),
                 word_in(value.as_object(), "travel", {"clear", "starred"})};
  return out.health.empty() && out.travel.empty() ? std::nullopt : std::optional(std::move(out));
}

class Webhook final : public CodeService {
 public:
  Webhook(std::string url, std::chrono::milliseconds limit) : url_(std::move(url)), limit_(limit) {}
  [[nodiscard]] std::string name() const override { return "webhook"; }

  std::optional<CodeAnswer> ask(const std::string& document_number) override {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) return std::nullopt;
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
    const std::string message = json::serialize(json::object{{"document_number", document_number}});
    std::string body;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, message.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(message.size()));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(limit_.count()));
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    if (curl_easy_perform(curl.get()) != CURLE_OK) return std::nullopt;
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return status == 200 ? read(body) : std::nullopt;
  }

 private:
  std::string url_;
  std::chrono::milliseconds limit_;
};

}  // namespace

std::unique_ptr<CodeService> make_code_webhook(std::string url, std::chrono::milliseconds limit) {
  return std::make_unique<Webhook>(std::move(url), limit);
}

}  // namespace fx::runtime
