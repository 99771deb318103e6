#pragma once

#include "core/remote/Host.h"

#include <QString>

#include <optional>

namespace kwup {

/// Judgements on what people type for hosts. Pure.
bool isAddress(const QString &text); ///< host name, IPv4 or IPv6; nothing a shell could mistake
bool isUserName(const QString &text);
std::optional<quint16> portFrom(const QString &text); ///< 1 to 65535, digits only

/// [user@]address[:port], IPv6 with a port in brackets. Empty when it is none; then `why` says.
std::optional<HostSpec> hostFrom(const QString &text, QString &why);

/// The sentence part for an entry that repeats an earlier one.
QString listedTwice(const QString &hostId);

} // namespace kwup
