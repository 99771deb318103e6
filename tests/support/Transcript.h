#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace kwup::test {

/// One command of a recording with what came of it; raw bytes.
struct TranscriptEntry {
    QString command; ///< what follows "$ "
    QByteArray out;
    QByteArray err;
    int exitCode = -1;
    bool isHung = false; ///< the channel never closed
};

/// The recordings below tests/data (format: tests/data/README.md). `file` is relative to it, e.g.
/// "kwdb-transcripts/04-sql.txt". Ends the test program when the file cannot be read.
QList<TranscriptEntry> readTranscript(const QString &file);

/// The whole file.
QByteArray readTestData(const QString &file);

/// The n-th entry (0-based) whose command contains `part`; ends the test program when there is
/// none.
TranscriptEntry transcriptEntry(const QString &file, const QString &part, int n = 0);

} // namespace kwup::test
