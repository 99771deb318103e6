#pragma once

#include "core/discover/DiscoveryScript.h"
#include "core/discover/HostFactsReader.h"

namespace kwup {

// The templates of HostFactsReader, shared by its source files.

/// Lines KEY=VALUE; others are left out.
QHash<QString, QString> sectionValues(const QByteArray &raw);

template <typename T>
Fact<T> HostFactsReader::known(const QString &id, T value) const
{
    Fact<T> fact;
    fact.value = std::move(value);
    fact.command = commandOf(id);
    fact.raw = section(id).out.left(4096);
    return fact;
}

template <typename T>
Fact<T> HostFactsReader::unknown(const QString &id, const Error &error) const
{
    Fact<T> fact;
    fact.command = commandOf(id);
    fact.raw = section(id).evidence().left(4096);
    fact.error = error;
    return fact;
}

template <typename T, typename Parse>
Fact<T> HostFactsReader::read(const QString &id, Parse parse) const
{
    const SectionOutput output = section(id);
    if (!output.succeeded())
        return unknown<T>(id, errorOf(id));
    std::optional<T> value = parse(output.out);
    if (value)
        return known<T>(id, std::move(*value));
    Error error = errorOf(id);
    error.code = ErrorCode::OutputUnexpected;
    return unknown<T>(id, error);
}

template <typename T, typename Parse>
Fact<T> HostFactsReader::readOr(const QString &id, T absent, Parse parse) const
{
    if (section(id).exitCode == AbsentFile)
        return known<T>(id, std::move(absent));
    return read<T>(id, parse);
}

} // namespace kwup
