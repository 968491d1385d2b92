#include "bin/docx.hpp"

#include <zip.h>

#include <memory>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>

namespace fx::bin {
namespace {

constexpr const char* word_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

std::string xml_of(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out).str();
}

pugi::xml_node root(pugi::xml_document& document, const char* name) {
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  return document.append_child(name);
}

/// What XML 1.0 can hold.
std::string printable(std::string_view words) {
  std::string out;
  for (const char c : words)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
  return out;
}

void paragraph(pugi::xml_node body, DocxParagraph::Style style, std::string_view words) {
  using Style = DocxParagraph::Style;
  auto node = body.append_child("w:p");
  auto properties = node.append_child("w:pPr");
  if (style == Style::title) properties.append_child("w:jc").append_attribute("w:val") = "center";
  auto run = node.append_child("w:r");
  auto font = run.append_child("w:rPr");
  if (style != Style::body) font.append_child("w:b");
  font.append_child("w:sz").append_attribute("w:val") = style == Style::title     ? 36
                                                        : style == Style::heading ? 30
                                                                                  : 24;
  auto text = run.append_child("w:t");
  text.append_attribute("xml:space") = "preserve";
  text.text().set(printable(words).c_str());
}

std::string document_xml(std::span<const DocxParagraph> paragraphs) {
  pugi::xml_document document;
  auto node = root(document, "w:document");
  node.append_attribute("xmlns:w") = word_namespace;
  auto body = node.append_child("w:body");
  for (const DocxParagraph& one : paragraphs) {
    std::string_view rest = one.words;
    for (;;) {
      const auto end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      if (!line.empty() || end == std::string_view::npos) paragraph(body, one.style, line);
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      if (rest.empty()) break;
    }
  }
  return xml_of(document);
}

std::string types_xml() {
  pugi::xml_document document;
  auto types = root(document, "Types");
  types.append_attribute("xmlns") = "http://schemas.openxmlformats.org/package/2006/content-types";
  const auto standard = [&](const char* extension, const char* type) {
    auto node = types.append_child("Default");
    node.append_attribute("Extension") = extension;
    node.append_attribute("ContentType") = type;
  };
  standard("rels", "application/vnd.openxmlformats-package.relationships+xml");
  standard("xml", "application/xml");
  auto part = types.append_child("Override");
  part.append_attribute("PartName") = "/word/document.xml";
  part.append_attribute("ContentType") =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  return xml_of(document);
}

std::string relations_xml() {
  pugi::xml_document document;
  auto relations = root(document, "Relationships");
  relations.append_attribute("xmlns") = "http://schemas.openxmlformats.org/package/2006/relationships";
  auto one = relations.append_child("Relationship");
  one.append_attribute("Id") = "rId1";
  one.append_attribute("Type") =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  one.append_attribute("Target") = "word/document.xml";
  return xml_of(document);
}

void require(bool done) {
  if (!done) throw std::runtime_error("a document could not be packed");
}

}  // namespace

std::string docx_of(std::span<const DocxParagraph> paragraphs) {
  const std::string parts[] = {types_xml(), relations_xml(), document_xml(paragraphs)};
  const char* const names[] = {"[Content_Types].xml", "_rels/.rels", "word/document.xml"};
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
  require(buffer != nullptr);
  zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
  if (archive == nullptr) zip_source_free(buffer);
  require(archive != nullptr);
  zip_source_keep(buffer);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> held(buffer, &zip_source_free);
  for (int i = 0; i < 3; ++i) {
    zip_source_t* source = zip_source_buffer(archive, parts[i].data(), parts[i].size(), 0);
    const bool added = source != nullptr && zip_file_add(archive, names[i], source, ZIP_FL_ENC_UTF_8) >= 0;
    if (!added) zip_discard(archive);
    require(added);
  }
  const bool closed = zip_close(archive) == 0;
  if (!closed) zip_discard(archive);
  require(closed);
  require(zip_source_open(buffer) == 0);
  std::string out;
  char piece[4096];
  for (zip_int64_t n = zip_source_read(buffer, piece, sizeof piece); n > 0;
       n = zip_source_read(buffer, piece, sizeof piece))
    out.append(piece, static_cast<std::size_t>(n));
  zip_source_close(buffer);
  return out;
}

}  // namespace fx::bin
