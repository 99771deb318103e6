#include "core/run/ScriptReasons.h"

#include "core/base/CommandLine.h"
#include "core/base/FillIn.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kwup {

namespace {

struct Reason {
    QLatin1StringView key;
    const char *sentence; ///< %1: the script's detail
};

// clang-format off
constexpr std::array Reasons {
    Reason {QLatin1StringView("not-reached"),
        QT_TRANSLATE_NOOP("ScriptReason", "The commands ended without an error, but the host shows: %1.")},
    Reason {QLatin1StringView("running"),
        QT_TRANSLATE_NOOP("ScriptReason", "The database is running: %1.")},
    Reason {QLatin1StringView("live-stopped"),
        QT_TRANSLATE_NOOP("ScriptReason", "The node does not run (%1), so the vendor's script would take its way for a stopped node. Nothing was changed. Start the node, then retry.")},
    Reason {QLatin1StringView("live-marked"),
        QT_TRANSLATE_NOOP("ScriptReason", "Node %1 is marked as upgrading, and it is not this step that has marked it.")},
    Reason {QLatin1StringView("live-silent"),
        QT_TRANSLATE_NOOP("ScriptReason", "Node %1 runs, but does not answer, so it is not known whether it is marked as upgrading.")},
    Reason {QLatin1StringView("own-id"),
        QT_TRANSLATE_NOOP("ScriptReason", "The vendor's script would not find its own node (address in MODE, node with this address, own node: %1). Nothing was changed.")},
    Reason {QLatin1StringView("live-opened"),
        QT_TRANSLATE_NOOP("ScriptReason", "The process that ran before the upgrade is gone (%1), so the new version may have opened the data. The old packages are not put back over it; that needs the backup.")},
    Reason {QLatin1StringView("start"),
        QT_TRANSLATE_NOOP("ScriptReason", "The service could not be started: %1.")},
    Reason {QLatin1StringView("died"),
        QT_TRANSLATE_NOOP("ScriptReason", "The service ended right after its start: %1.")},
    Reason {QLatin1StringView("space"),
        QT_TRANSLATE_NOOP("ScriptReason", "There is not enough free space: %1.")},
    Reason {QLatin1StringView("missing"),
        QT_TRANSLATE_NOOP("ScriptReason", "This is not on the host: %1.")},
    Reason {QLatin1StringView("not-empty"),
        QT_TRANSLATE_NOOP("ScriptReason", "The directory for the export is not empty: %1. A second export into it would add every row once more.")},
    Reason {QLatin1StringView("export"),
        QT_TRANSLATE_NOOP("ScriptReason", "The database could not be exported: %1.")},
    Reason {QLatin1StringView("incomplete"),
        QT_TRANSLATE_NOOP("ScriptReason", "The export is not complete, although it ended without an error (found and expected: %1).")},
    Reason {QLatin1StringView("exists"),
        QT_TRANSLATE_NOOP("ScriptReason", "The database %1 exists on the new cluster already, and not by this run. Nothing of it was touched.")},
    Reason {QLatin1StringView("import"),
        QT_TRANSLATE_NOOP("ScriptReason", "The database could not be imported: %1.")},
    Reason {QLatin1StringView("rejected"),
        QT_TRANSLATE_NOOP("ScriptReason", "The import has rejected rows (rejected, abandoned and the file that names them): %1.")},
    Reason {QLatin1StringView("encoding"),
        QT_TRANSLATE_NOOP("ScriptReason", "The definitions in this file are neither UTF-8 nor GB18030: %1.")},
    Reason {QLatin1StringView("asked"),
        QT_TRANSLATE_NOOP("ScriptReason", "The new cluster does not answer: %1.")},
    Reason {QLatin1StringView("differs"),
        QT_TRANSLATE_NOOP("ScriptReason", "The tables are not the same on both clusters: %1.")},
    Reason {QLatin1StringView("permission"),
        QT_TRANSLATE_NOOP("ScriptReason", "The permission is missing: %1.")},
    Reason {QLatin1StringView("verify-down"),
        QT_TRANSLATE_NOOP("ScriptReason", "The node is not down yet: %1. Stop it, then retry.")},
    Reason {QLatin1StringView("not-on-mount"),
        QT_TRANSLATE_NOOP("ScriptReason", "The data of the container %1 is not in a directory of the host. The upgrade would delete it with the container, so nothing was changed.")},
    Reason {QLatin1StringView("copy"),
        QT_TRANSLATE_NOOP("ScriptReason", "This could not be copied: %1.")},
    Reason {QLatin1StringView("old-version"),
        QT_TRANSLATE_NOOP("ScriptReason", "The old release on the host has another version than the one that is installed: %1.")},
    Reason {QLatin1StringView("packages"),
        QT_TRANSLATE_NOOP("ScriptReason", "The packages could not be installed: %1.")},
    Reason {QLatin1StringView("load"),
        QT_TRANSLATE_NOOP("ScriptReason", "Docker could not load the image: %1.")},
    Reason {QLatin1StringView("pull"),
        QT_TRANSLATE_NOOP("ScriptReason", "Docker could not pull the image: %1.")},
    Reason {QLatin1StringView("image-not-loaded"),
        QT_TRANSLATE_NOOP("ScriptReason", "The archive was loaded, but the image %1 is not in it.")},
    Reason {QLatin1StringView("image-missing"),
        QT_TRANSLATE_NOOP("ScriptReason", "The old image is not on the host any more: %1.")},
    Reason {QLatin1StringView("same-image"),
        QT_TRANSLATE_NOOP("ScriptReason", "The image %1 is the one that runs already.")},
    Reason {QLatin1StringView("architecture"),
        QT_TRANSLATE_NOOP("ScriptReason", "The image is for another processor: %1.")},
    Reason {QLatin1StringView("name-clash"),
        QT_TRANSLATE_NOOP("ScriptReason", "Another container has the name %1.")},
    Reason {QLatin1StringView("docker"),
        QT_TRANSLATE_NOOP("ScriptReason", "This command failed: %1.")},
    Reason {QLatin1StringView("changed"),
        QT_TRANSLATE_NOOP("ScriptReason", "The file is not as it was when the plan was made: %1.")},
    Reason {QLatin1StringView("write"),
        QT_TRANSLATE_NOOP("ScriptReason", "This could not be written: %1.")},
    Reason {QLatin1StringView("directory-not-empty"),
        QT_TRANSLATE_NOOP("ScriptReason", "The directory is not empty: %1.")},
    Reason {QLatin1StringView("copy-differs"),
        QT_TRANSLATE_NOOP("ScriptReason", "The copy is not the same as the original: %1.")},
    Reason {QLatin1StringView("directory"),
        QT_TRANSLATE_NOOP("ScriptReason", "A file or directory could not be written: %1.")},
    Reason {QLatin1StringView("move"),
        QT_TRANSLATE_NOOP("ScriptReason", "A file or directory could not be renamed: %1.")},
    Reason {QLatin1StringView("in-the-way"),
        QT_TRANSLATE_NOOP("ScriptReason", "This exists already, and nothing is written over it: %1.")},
    Reason {QLatin1StringView("mounted"),
        QT_TRANSLATE_NOOP("ScriptReason", "A file system below the data directory could not be unmounted: %1.")},
    Reason {QLatin1StringView("unpack"),
        QT_TRANSLATE_NOOP("ScriptReason", "The archive could not be unpacked: %1.")},
    Reason {QLatin1StringView("package-manager"),
        QT_TRANSLATE_NOOP("ScriptReason", "The package manager did not do its part: %1.")},
    Reason {QLatin1StringView("deploy"),
        QT_TRANSLATE_NOOP("ScriptReason", "The vendor's script did not end with its completion line: %1.")},
    Reason {QLatin1StringView("not-running"),
        QT_TRANSLATE_NOOP("ScriptReason", "No server runs on the host, so its command line cannot be recorded.")},
    Reason {QLatin1StringView("unreadable"),
        QT_TRANSLATE_NOOP("ScriptReason", "This could not be read: %1.")},
    Reason {QLatin1StringView("toolchain"),
        QT_TRANSLATE_NOOP("ScriptReason", "These programs are needed for the build and are not installed: %1.")},
    Reason {QLatin1StringView("build"),
        QT_TRANSLATE_NOOP("ScriptReason", "The build has failed; the last lines of its output say why. The command was: %1")},
    Reason {QLatin1StringView("unusable"),
        QT_TRANSLATE_NOOP("ScriptReason", "The new program cannot be run on this host: %1.")},
    Reason {QLatin1StringView("other-version"),
        QT_TRANSLATE_NOOP("ScriptReason", "The new program tells another version than expected: %1.")},
    Reason {QLatin1StringView("data-inside"),
        QT_TRANSLATE_NOOP("ScriptReason", "The data of the node is in %1, which the new program would replace.")},
    Reason {QLatin1StringView("copy-missing"),
        QT_TRANSLATE_NOOP("ScriptReason", "There is no cold copy here: %1.")},
    Reason {QLatin1StringView("copy-damaged"),
        QT_TRANSLATE_NOOP("ScriptReason", "The cold copy is damaged: the checksums of %1 are wrong.")},
    Reason {QLatin1StringView("copy-other"),
        QT_TRANSLATE_NOOP("ScriptReason", "This is not the cold copy that the run has made: %1.")},
    Reason {QLatin1StringView("copy-incomplete"),
        QT_TRANSLATE_NOOP("ScriptReason", "The cold copy does not hold %1.")},
    Reason {QLatin1StringView("copy-version"),
        QT_TRANSLATE_NOOP("ScriptReason", "The cold copy is of version %1, which is not the version of the package.")},
    Reason {QLatin1StringView("copy-inside"),
        QT_TRANSLATE_NOOP("ScriptReason", "The cold copy lies inside the data directory %1. Move it elsewhere first.")},
    Reason {QLatin1StringView("copy-in-home"),
        QT_TRANSLATE_NOOP("ScriptReason", "The cold copy lies in %1, the home of the user that the uninstallation deletes. Move it elsewhere first.")},
};
// clang-format on

} // namespace

QString scriptReason(const QString &key, const QString &detail)
{
    const auto row =
        std::ranges::find_if(Reasons, [&key](const Reason &reason) { return key == reason.key; });
    if (row == Reasons.end())
        return key.isEmpty() ? detail : QStringLiteral("%1: %2").arg(key, detail);
    return filledIn(QCoreApplication::translate("ScriptReason", row->sentence), {detail});
}

Error scriptFailure(const StepContext &context, const JobOutcome &job, const QString &why)
{
    return {.code = ErrorCode::StepScriptFailed,
            .host = context.host(),
            .args = {why},
            .evidence = job.log.right(8000),
            .exitCode = job.exitCode};
}

Error scriptFailure(const StepContext &context, const JobOutcome &job)
{
    const QString key = job.values.value(QStringLiteral("error"));
    QString detail = job.values.value(QStringLiteral("detail"));
    if (detail.isEmpty() && key.isEmpty())
        detail = printable(job.log.right(300), 300).trimmed();
    return scriptFailure(context, job, scriptReason(key, detail));
}

} // namespace kwup
