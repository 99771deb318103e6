#pragma once

#include "core/report/HtmlWriter.h"
#include "core/report/ReportData.h"

namespace kwup {

/// The part of the report that only a run of export-import has: a table per object, what is left to
/// do, and the guide's warning. Writes nothing for other methods.
void writeTransfer(HtmlWriter &html, const ReportData &report);

} // namespace kwup
