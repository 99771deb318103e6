#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace kwup {

/// One reading among several that one command on a host makes.
struct Section {
    QString id; ///< [a-z0-9-]+
    QString command; ///< what a person would type to read the same; shown with the fact
    QString script; ///< sh text; runs in a subshell without standard input. Empty: `command`
};

/// What one section printed.
struct SectionOutput {
    QByteArray out;
    QByteArray err;
    int exitCode = -1; ///< -1: the command ended or was cut before this section was complete
    bool succeeded() const { return exitCode == 0; }
    QByteArray evidence() const { return err.isEmpty() ? out : err; }
};

/// Random text that no output contains by chance or on purpose.
QString newNonce();

/// sh text that runs the sections one after the other, each framed by lines with the nonce on both
/// streams. A section that fails does not end the others, except one in `needed`: then the rest is
/// left out.
QString sectionsScript(const QString &preamble, const QList<Section> &sections,
                       const QString &nonce, const QStringList &needed = {});

/// Takes the streams apart again. Sections that are not in the output are not in the result.
QHash<QString, SectionOutput> splitSections(const QByteArray &out, const QByteArray &err,
                                            const QString &nonce);

} // namespace kwup
