#include "core/plan/methods/ContainerParts.h"

#include "core/container/ImageReference.h"

#include <QCoreApplication>

#include <array>

namespace kwup {

namespace {

struct Sentence {
    QLatin1StringView key;
    const char *text; ///< %1 …: args of the problem
};

// clang-format off
constexpr std::array Problems {
    Sentence {QLatin1StringView("unparsable"),
        QT_TRANSLATE_NOOP("Container", "The compose file %1 cannot be read: %2. Tabs are not allowed as indentation.")},
    Sentence {QLatin1StringView("service-missing"),
        QT_TRANSLATE_NOOP("Container", "The compose files do not name the service %1.")},
    Sentence {QLatin1StringView("image-missing"),
        QT_TRANSLATE_NOOP("Container", "The compose files do not name an image for the service %1.")},
    Sentence {QLatin1StringView("shared"),
        QT_TRANSLATE_NOOP("Container", "The image in the compose file is shared with other services: %1.")},
    Sentence {QLatin1StringView("differs"),
        QT_TRANSLATE_NOOP("Container", "The compose file names the image %1, but the container was made from %2.")},
    Sentence {QLatin1StringView("style"),
        QT_TRANSLATE_NOOP("Container", "The compose file %1 is written in a way that cannot be changed safely (line %2).")},
    Sentence {QLatin1StringView("read-only"),
        QT_TRANSLATE_NOOP("Container", "The compose file %1 cannot be written.")},
    Sentence {QLatin1StringView("not-rebuilt"),
        QT_TRANSLATE_NOOP("Container", "Settings of the container %1 cannot be set by docker run: %2.")},
    Sentence {QLatin1StringView("removes-itself"),
        QT_TRANSLATE_NOOP("Container", "The container %1 was started with --rm: as soon as it stops, it is gone with everything in it.")},
    Sentence {QLatin1StringView("store-inside"),
        QT_TRANSLATE_NOOP("Container", "The data directory %2 of the container %1 is not on a lasting mount: a new container would begin without data.")},
    Sentence {QLatin1StringView("store-unknown"),
        QT_TRANSLATE_NOOP("Container", "The data directory of the container %1 is not known: its command has no --store.")},
    Sentence {QLatin1StringView("no-directory"),
        QT_TRANSLATE_NOOP("Container", "The data shall be moved onto the host, but no directory is given for it (option \"mount-directory\").")},
    Sentence {QLatin1StringView("no-compose"),
        QT_TRANSLATE_NOOP("Container", "Neither docker-compose nor the compose plugin of docker is installed.")},
    Sentence {QLatin1StringView("no-image"),
        QT_TRANSLATE_NOOP("Container", "No name and tag of the new image is known.")},
    Sentence {QLatin1StringView("no-container"),
        QT_TRANSLATE_NOOP("Container", "What docker knows of the container could not be read.")},
    Sentence {QLatin1StringView("several"),
        QT_TRANSLATE_NOOP("Container", "Several containers on the host run KWDB: %1, %2. Which one is meant cannot be told.")},
};
// clang-format on

Error refused(const HostFacts &host, const char *key, const QStringList &args)
{
    return {.code = ErrorCode::MethodNotApplicable,
            .host = host.host.id(),
            .args = {composeProblem({QLatin1String(key), args, std::nullopt})}};
}

QByteArray contentOf(const ComposeProject &project, const QString &path)
{
    for (const auto &file : project.files) {
        if (file.path == path)
            return file.content;
    }
    return project.environment ? project.environment->content : QByteArray();
}

void addChange(QList<FileChange> &changes, const ComposeProject &before, const TextEdit &edit)
{
    for (auto &change : changes) {
        if (change.path == edit.path) {
            change.edits.append(edit);
            change.after = edit.applied(change.after);
            return;
        }
    }
    const QByteArray content = contentOf(before, edit.path);
    changes.append({edit.path, content, edit.applied(content), {}, {edit}});
}

std::optional<ComposeEdit> editFiles(ContainerWork &work)
{
    ComposeProject project = work.facts.compose;
    if (!work.mountDirectory.isEmpty()) {
        const ComposeEdit mount = composeMountEdit(project, work.mountDirectory, work.facts.store);
        if (!mount.edit)
            return mount;
        addChange(work.changes, work.facts.compose, *mount.edit);
        project = edited(project, *mount.edit);
    }
    const ComposeEdit image = composeImageEdit(project, work.facts.imageReference, work.image);
    if (!image.problem.isEmpty())
        return image;
    if (!image.edit)
        return std::nullopt;
    addChange(work.changes, work.facts.compose, *image.edit);
    const ComposeProject after = edited(project, *image.edit);
    addChange(work.changesBack, after, image.edit->reversed());
    // Not edited yet at all: as good as put back.
    work.changesBack.last().also = contentOf(work.facts.compose, image.edit->path);
    return std::nullopt;
}

/// The reason against the container as it is, whatever the method.
std::optional<Error> stateAgainst(const HostFacts &host, const ContainerFacts &facts)
{
    if (!facts.others.isEmpty())
        return refused(host, "several", {facts.name, facts.others.join(QStringLiteral(", "))});
    if (facts.removesItself)
        return refused(host, "removes-itself", {facts.name});
    if (facts.store.isEmpty())
        return refused(host, "store-unknown", {facts.name});
    return std::nullopt;
}

bool lastsBeyond(const ContainerFacts &facts)
{
    const ContainerMount *mount = facts.mountOf(facts.store);
    // A new container of docker run gets an anonymous volume by its name; compose forgets it when
    // the old container is removed.
    return mount && !(facts.isByCompose() && mount->isAnonymous);
}

} // namespace

QString composeProblem(const ComposeEdit &edit)
{
    for (const auto &row : Problems) {
        if (edit.problem != row.key)
            continue;
        QString text = QCoreApplication::translate("Container", row.text);
        for (qsizetype i = 0; i < edit.args.size(); ++i)
            text.replace(QStringLiteral("%%1").arg(i + 1), edit.args[i]);
        return text;
    }
    return edit.problem;
}

Result<ContainerWork> containerWork(const PlanInput &input, const HostFacts &host,
                                    const QString &runId)
{
    if (!host.containerFacts.isKnown())
        return refused(host, "no-container", {});
    ContainerWork work;
    work.facts = *host.containerFacts.value;
    work.image = input.package.image;
    work.keptImage = QStringLiteral("kwup-kept:") + runId;
    work.keptContainer = work.facts.name + QStringLiteral("-kwup-") + runId;
    if (!ImageReference::parse(work.image))
        return refused(host, "no-image", {});
    if (const auto reason = stateAgainst(host, work.facts))
        return *reason;
    if (!lastsBeyond(work.facts)) {
        if (!input.options.flag(option::MountStore))
            return refused(host, "store-inside", {work.facts.name, work.facts.store});
        work.mountDirectory = input.options.text(option::MountDirectory);
        if (!work.mountDirectory.startsWith(u'/'))
            return refused(host, "no-directory", {});
    }
    if (input.method == Method::Compose) {
        if (work.facts.composeCommand.isEmpty())
            return refused(host, "no-compose", {});
        const auto problem = editFiles(work);
        if (problem)
            return Error{.code = ErrorCode::MethodNotApplicable,
                         .host = host.host.id(),
                         .args = {composeProblem(*problem)}};
        return work;
    }
    work.oldRun = rebuildDockerRun(work.facts.inspect, work.facts.image);
    work.run = work.oldRun;
    if (!work.run.problems.isEmpty()) {
        return refused(host, "not-rebuilt",
                       {work.facts.name, work.run.problems.join(QStringLiteral("; "))});
    }
    if (!work.mountDirectory.isEmpty()) {
        work.run.options.append(
            QStringLiteral("--volume=%1:%2").arg(work.mountDirectory, work.facts.store));
    }
    return work;
}

} // namespace kwup
