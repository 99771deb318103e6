#pragma once

#include <QByteArray>

namespace kwup {

/// The text of core/remote/job.sh, put into the program at build time. Expects a line
/// `set -- BASE VERB ID [ARG...]` in front of it; the words and answers stand in the file.
QByteArray jobScript();

} // namespace kwup
