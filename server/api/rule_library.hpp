#pragma once

#include <boost/json/value.hpp>

#include <memory>
#include <mutex>

#include "api/parts.hpp"

namespace fx::api {

/// The rulebook in force as a document, made once a version. Any thread.
class RuleLibrary {
 public:
  struct Shelf {
    RulebookPtr book;
    boost::json::value document;  ///< rulebook::document_json
  };
  std::shared_ptr<const Shelf> shelf(const RulebookPtr& book);

 private:
  std::mutex mutex_;
  std::shared_ptr<const Shelf> shelf_;
};

}  // namespace fx::api
