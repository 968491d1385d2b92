#pragma once

#include "api/desk_pages.hpp"

namespace fx::bin {

/// GET /v1/investigation/report?case=…&kind=first|contacts|full|public_notice: each part of the report as the data have it
/// now (`draft`) and as it was last saved (`saved`), with the version, and which version is signed, by whom and when.
/// `names_somebody`: an identity was typed into a public notice; it is not exported until that is gone.
/// GET /v1/investigation/report_docx?case=…&kind=…: the same as a DOCX file, saved words before drafted ones.
std::vector<api::DeskPage> report_pages();

}  // namespace fx::bin
