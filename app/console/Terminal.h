#pragma once

#include "core/base/Secret.h"

#include <QString>

#include <optional>
#include <stop_token>

namespace kwup {

/// The terminal of this process, on Linux and Windows. All functions belong to the main thread
/// except where said; reading blocks until a line is entered.
namespace terminal {
bool isInteractive(); ///< standard input and standard error are a terminal
bool outputIsTerminal(); ///< standard output is a terminal
int columns(); ///< width of the output, 80 when unknown

/// Asks on standard error; empty when there is no terminal or the input ended.
std::optional<QString> readLine(const QString &prompt);
/// The same without echo.
std::optional<Secret> readSecret(const QString &prompt);

/// Everything up to the end of an open file descriptor; empty when it cannot be read.
std::optional<QByteArray> readDescriptor(int descriptor);

/// The bytes in the encoding of the terminal.
void write(FILE *stream, const QString &text);
} // namespace terminal

} // namespace kwup
