#include "tests/support/Transcript.h"

#include <QFile>
#include <QRegularExpression>

namespace kwup::test {

namespace {

enum class Part { Nothing, Out, Err };

void appendLine(TranscriptEntry &entry, Part part, const QByteArray &line)
{
    if (part == Part::Out)
        entry.out += line + '\n';
    else if (part == Part::Err)
        entry.err += line + '\n';
}

/// kwdb recordings put the rc line last, host recordings first; both end an entry with the next.
bool readMarker(TranscriptEntry &entry, Part &part, const QByteArray &line)
{
    static const QRegularExpression rc(QStringLiteral("^--- rc=(-?\\d+)"));
    if (const auto match = rc.match(QString::fromUtf8(line)); match.hasMatch()) {
        entry.exitCode = match.captured(1).toInt();
        entry.isHung = line.contains("channel never closed");
        part = Part::Nothing;
        return true;
    }
    if (line == "--- stdout") {
        part = Part::Out;
        return true;
    }
    // Output without a line feed at its end stands before the marker.
    if (!line.endsWith("--- stderr"))
        return false;
    const QByteArray rest = line.chopped(10);
    if (!rest.isEmpty())
        entry.out += rest;
    part = Part::Err;
    return true;
}

} // namespace

QByteArray readTestData(const QString &file)
{
    QFile data(QStringLiteral(KWUP_TEST_DATA_DIR "/") + file);
    if (!data.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(data.fileName()));
    return data.readAll();
}

QList<TranscriptEntry> readTranscript(const QString &file)
{
    QList<TranscriptEntry> entries;
    Part part = Part::Nothing;
    for (const auto &line : readTestData(file).split('\n')) {
        if (line.startsWith("$ ")) {
            entries.append(TranscriptEntry{QString::fromUtf8(line.mid(2)).trimmed(), {}, {}});
            part = Part::Nothing;
            continue;
        }
        if (entries.isEmpty() || readMarker(entries.last(), part, line))
            continue;
        if (line.startsWith("### "))
            part = Part::Nothing;
        appendLine(entries.last(), part, line);
    }
    return entries;
}

TranscriptEntry transcriptEntry(const QString &file, const QString &part, int n)
{
    for (const auto &entry : readTranscript(file)) {
        if (entry.command.contains(part) && n-- == 0)
            return entry;
    }
    qFatal("no command with \"%s\" in %s", qPrintable(part), qPrintable(file));
}

} // namespace kwup::test
