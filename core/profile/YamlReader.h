#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

#include <yaml-cpp/yaml.h>

namespace kwup {

/// Strict reading of a small YAML document: unknown or repeated keys, other types than expected and
/// everything that looks like a place for a secret are errors. Keeps the first error; afterwards
/// all reading gives empty values. yaml-cpp's exceptions end in parse().
class YamlReader {
public:
    explicit YamlReader(QString fileName)
        : m_fileName(std::move(fileName))
    { }

    /// Parses one document of at most 1 MiB and hands its root to `read`. Error ProfileInvalid
    /// (args: file, line, what). The document's text is never part of an error.
    Result<void> parse(const QByteArray &yaml, const std::function<void(const YAML::Node &)> &read);

    /// False, with an error, when it is no map or holds other keys than these.
    bool checkMap(const YAML::Node &node, const QStringList &keys);
    bool checkList(const YAML::Node &node);

    /// The text of an optional key; null when it is absent.
    QString text(const YAML::Node &map, const char *key);
    QString requiredText(const YAML::Node &map, const char *key);
    /// The text of a node that must be one.
    QString textOf(const YAML::Node &node);

    void fail(const YAML::Node &node, const QString &what);
    bool hasFailed() const { return m_error.code != ErrorCode::None; }

    /// Also allows keys that name secrets: for the document that is there for them.
    void allowSecrets() { m_allowSecrets = true; }

private:
    QString shown(const QString &key) const; ///< a secret in the wrong place is not shown

    QString m_fileName;
    bool m_allowSecrets = false;
    Error m_error;
};

} // namespace kwup
