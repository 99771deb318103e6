#pragma once

#include "core/discover/Facts.h"
#include "core/kwdb/KwbaseCli.h"
#include "tests/support/FakeHost.h"

#include <QTemporaryDir>

namespace kwup::test {

/// A host whose commands really run in /bin/sh, with its own files: the paths that belong to KWDB
/// and to the system's description are redirected below a directory, and programs can be replaced.
class ScratchHost {
public:
    explicit ScratchHost(const QString &id = QStringLiteral("node1"));

    FakeHost &host() { return m_host; }
    HostSpec spec() const;
    QString path(const QString &inside) const; ///< where "/etc/…" of the host is on this machine

    HostFacts discover(); ///< what discoverHost() reads from it

    void write(const QString &inside, const QByteArray &content);
    void program(const QString &name, const QByteArray &text); ///< first in PATH
    /// Only this process (or none) is seen below /proc.
    void setProcess(qint64 pid) { m_pid = pid; }

    /// Debian 12, as deploy.sh 2.2.0 leaves a cluster node: MODE, NODE, .version, unit, packages.
    void installKwdb(const QByteArray &address, const QByteArray &version = "2.2.0");
    /// kwbase gives these answers: the first whose key is in its arguments. No answer: exit code 1.
    void answer(const QString &part, const QByteArray &csv);

private:
    FakeReply run(const Command &command);
    void writeKwbase();

    QTemporaryDir m_directory;
    FakeHost m_host;
    QList<QPair<QString, QByteArray>> m_answers;
    qint64 m_pid = 0;
    QByteArray m_version = "2.2.0";
};

} // namespace kwup::test
