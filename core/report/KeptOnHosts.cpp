#include "core/report/KeptOnHosts.h"

#include "core/base/CommandLine.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <array>

namespace kwup {

namespace {

/// Where the result of a step names something that stays.
struct Row {
    StepKind kind;
    const char *placeKey;
    const char *removalKey; ///< of the result; empty: a path that is removed like any other
    const char *what;
};

// clang-format off
constexpr std::array Table = {
    Row {StepKind::Backup, "path", "", QT_TRANSLATE_NOOP("KeptOnHosts", "Cold copy of the node")},
    Row {StepKind::SetAside, "kept", "", QT_TRANSLATE_NOOP("KeptOnHosts", "Data that was there before the copy was put back")},
    Row {StepKind::SaveState, "kept", "", QT_TRANSLATE_NOOP("KeptOnHosts", "Configuration and unit of before the uninstallation")},
    Row {StepKind::ListKept, "kept_container", "remove_container", QT_TRANSLATE_NOOP("KeptOnHosts", "Old container")},
    Row {StepKind::ListKept, "kept_image", "remove_image", QT_TRANSLATE_NOOP("KeptOnHosts", "Old image")},
    Row {StepKind::ListKept, "kept_files", "remove_files", QT_TRANSLATE_NOOP("KeptOnHosts", "Files as they were")},
};
// clang-format on

QString removalOf(const Row &row, const QString &place, const QJsonObject &result)
{
    const QString told = result[QLatin1StringView(row.removalKey)].toString();
    if (!told.isEmpty())
        return told;
    // A copy has a directory of its own, with the checksums and the list of packages.
    const QString path = row.kind == StepKind::Backup ? QFileInfo(place).path() : place;
    return shellJoin({QStringLiteral("rm"), QStringLiteral("-rf"), path});
}

} // namespace

QList<KeptThing> keptOnHosts(const ReportData &report)
{
    QList<KeptThing> things;
    for (const ReportStep &step : report.steps) {
        if (step.state != StepState::Done && step.state != StepState::Skipped)
            continue;
        for (const Row &row : Table) {
            const QString place = step.result[QLatin1StringView(row.placeKey)].toString();
            if (place.isEmpty() || !step.id.startsWith(toString(row.kind)))
                continue;
            things.append({step.host, QCoreApplication::translate("KeptOnHosts", row.what), place,
                           removalOf(row, place, step.result)});
        }
    }
    return things;
}

} // namespace kwup
