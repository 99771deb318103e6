#include "core/base/Words.h"

#include <QCoreApplication>

#include <array>

namespace kwup {

namespace {

struct Row {
    const char *id;
    const char *word;
};

// clang-format off
constexpr std::array Table = {
    Row {"none", QT_TRANSLATE_NOOP("Word", "none")},
    Row {"unknown", QT_TRANSLATE_NOOP("Word", "unknown")},
    Row {"bare-package", QT_TRANSLATE_NOOP("Word", "packages on the host")},
    Row {"container-package", QT_TRANSLATE_NOOP("Word", "container of the deploy script")},
    Row {"compose", QT_TRANSLATE_NOOP("Word", "Docker Compose")},
    Row {"docker-run", QT_TRANSLATE_NOOP("Word", "docker run")},
    Row {"source", QT_TRANSLATE_NOOP("Word", "source build")},
    Row {"single", QT_TRANSLATE_NOOP("Word", "single node")},
    Row {"single-replication", QT_TRANSLATE_NOOP("Word", "single-replica cluster")},
    Row {"multi-replication", QT_TRANSLATE_NOOP("Word", "multi-replica cluster")},
    Row {"insecure", QT_TRANSLATE_NOOP("Word", "insecure")},
    Row {"tls", QT_TRANSLATE_NOOP("Word", "TLS")},
    Row {"tlcp", QT_TRANSLATE_NOOP("Word", "TLCP")},
    Row {"bare-deb", QT_TRANSLATE_NOOP("Word", ".deb packages")},
    Row {"bare-rpm", QT_TRANSLATE_NOOP("Word", ".rpm packages")},
    Row {"image", QT_TRANSLATE_NOOP("Word", "image of docker")},
    Row {"container", QT_TRANSLATE_NOOP("Word", "container image")},
    Row {"new-cluster", QT_TRANSLATE_NOOP("Word", "new cluster")},
    Row {"source-tree", QT_TRANSLATE_NOOP("Word", "source tree")},
    Row {"built-tree", QT_TRANSLATE_NOOP("Word", "finished build")},
    Row {"idle", QT_TRANSLATE_NOOP("Word", "idle")},
    Row {"running", QT_TRANSLATE_NOOP("Word", "running")},
    Row {"paused", QT_TRANSLATE_NOOP("Word", "paused")},
    Row {"deciding", QT_TRANSLATE_NOOP("Word", "waiting for a decision")},
    Row {"stopping", QT_TRANSLATE_NOOP("Word", "stopping")},
    Row {"completed", QT_TRANSLATE_NOOP("Word", "completed")},
    Row {"failed", QT_TRANSLATE_NOOP("Word", "failed")},
    Row {"stopped", QT_TRANSLATE_NOOP("Word", "stopped")},
};
// clang-format on

} // namespace

QString shownWord(const QString &id)
{
    for (const Row &row : Table) {
        if (id == QLatin1StringView(row.id))
            return QCoreApplication::translate("Word", row.word);
    }
    return id;
}

QString joinSentences(const QStringList &sentences)
{
    QString joined;
    for (const QString &sentence : sentences) {
        if (sentence.isEmpty())
            continue;
        if (!joined.isEmpty() && !joined.endsWith(u'\u3002'))
            joined += u' ';
        joined += sentence;
    }
    return joined;
}

} // namespace kwup
