#include "core/plan/methods/ContainerParts.h"

#include "core/base/CommandLine.h"
#include "core/plan/StepScripts.h"

#include <QCryptographicHash>

namespace kwup {

namespace {

using std::chrono::seconds;

constexpr qint64 LoadBytesPerSecond = 30 * 1024 * 1024;
constexpr qint64 CopyBytesPerSecond = 30 * 1024 * 1024;

QByteArray sha256(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
}

/// Comment lines, so that the plan shows what the words after them do.
QByteArray commented(const QString &text)
{
    QByteArray lines;
    for (const auto &line : text.split(u'\n', Qt::SkipEmptyParts))
        lines += "#   " + line.toUtf8() + '\n';
    return lines;
}

/// What stands before and after on the lines of an edit.
QByteArray shownEdit(const QByteArray &content, const TextEdit &edit)
{
    const auto begin = edit.offset > 0 ? content.lastIndexOf('\n', edit.offset - 1) + 1 : 0;
    auto end = content.indexOf('\n', edit.offset + edit.before.size());
    if (end < 0)
        end = content.size();
    const QByteArray line = content.mid(begin, end - begin);
    QByteArray changed = line;
    changed.replace(edit.offset - begin, edit.before.size(), edit.after);
    QString text = edit.path + u'\n';
    for (const auto &old : printable(line, 2000).split(u'\n'))
        text += QStringLiteral("- ") + old + u'\n';
    for (const auto &now : printable(changed, 2000).split(u'\n'))
        text += QStringLiteral("+ ") + now + u'\n';
    return commented(text);
}

/// sh functions for edit-compose.sh: one per file that puts the bytes, one that names the files.
QByteArray editFunctions(const QList<FileChange> &changes)
{
    QByteArray text;
    QByteArray list = "each_file() {\n    :\n";
    int number = 0;
    for (const auto &change : changes) {
        const QByteArray function = "edit_" + QByteArray::number(++number);
        QByteArray content = change.before;
        QByteArray body = function + "() {\n";
        for (const auto &edit : change.edits) {
            text += shownEdit(content, edit);
            body += "    put " + QByteArray::number(edit.offset) + ' '
                + QByteArray::number(edit.before.size()) + ' '
                + shellQuote(QString::fromUtf8(edit.after)).toUtf8() + " || return 1\n";
            content = edit.applied(content);
        }
        text += body + "}\n";
        list += "    \"$1\" " + shellQuote(change.path).toUtf8() + " \\\n        "
            + sha256(change.before) + " \\\n        " + sha256(change.after) + " \\\n        "
            + (change.also.isNull() ? QByteArray("-") : sha256(change.also)) + ' ' + function
            + '\n';
    }
    return text + list + "}\n";
}

QPair<QString, QString> variable(const char *name, const QString &value)
{
    return {QLatin1String(name), value};
}

QString kwbaseIn(const PlanParts &parts, const QString &host)
{
    return parts.plan().clis.value(host).binary;
}

} // namespace

ContainerSteps::ContainerSteps(const PlanParts &parts, const QString &host,
                               const ContainerWork &work)
    : m_parts(parts)
    , m_host(host)
    , m_work(work)
{ }

ContainerSteps::Variables ContainerSteps::common() const
{
    return {variable("name", m_work.facts.name), variable("image", m_work.image),
            variable("old_id", m_work.facts.id), variable("kept", m_work.keptContainer),
            variable("directory", m_parts.plan().remoteDirectory())};
}

PlanStep ContainerSteps::scripted(StepKind kind, const Variables &variables,
                                  const QByteArray &functions, const QString &suffix) const
{
    PlanStep step = m_parts.step(kind, m_host);
    if (!suffix.isEmpty())
        step.id = toString(kind) + u'-' + suffix + u'@' + m_host;
    step.script = stepScript(kind, variables, functions);
    step.look = lookScript(kind, variables, functions);
    return step;
}

PlanStep ContainerSteps::upload() const
{
    const PackageInfo &package = m_parts.plan().package;
    PlanStep stage = m_parts.step(StepKind::Stage, m_host);
    stage.args = {{QStringLiteral("file"), QStringLiteral("image.tar")}};
    stage.script = namedScript(QStringLiteral("stage-image"),
                               {variable("directory", m_parts.plan().remoteDirectory()),
                                variable("upload", m_parts.plan().uploadDirectory()),
                                variable("file", QStringLiteral("image.tar")),
                                variable("sha256", QString::fromLatin1(package.sha256)),
                                variable("version", package.version.base)},
                               sharedScript(QStringLiteral("archive.functions")));
    stage.estimate = seconds(2 + package.size / (10 * 1024 * 1024));
    stage.limit = std::chrono::hours(1);
    return stage;
}

PlanStep ContainerSteps::fetchImage() const
{
    const QString archive = m_parts.plan().package.file.isEmpty()
        ? QString()
        : m_parts.plan().remoteDirectory() + QStringLiteral("/image.tar");
    PlanStep fetch =
        scripted(StepKind::FetchImage,
                 {variable("directory", m_parts.plan().remoteDirectory()),
                  variable("archive", archive), variable("image", m_work.image),
                  variable("old_id", m_work.facts.imageId), variable("kept", m_work.keptImage)});
    fetch.limit = std::chrono::hours(1);
    fetch.estimate = seconds(3 + m_parts.plan().package.size / LoadBytesPerSecond);
    return fetch;
}

QString ContainerSteps::stopSeconds() const
{
    // Longer than the step's limit: at the limit the operator decides, not docker.
    return QString::number((atLeastASecond(m_parts.input().timeouts.stopLimit) * 2).count() + 600);
}

PlanStep ContainerSteps::stop() const
{
    const Timeouts &times = m_parts.input().timeouts;
    PlanStep stop = m_parts.step(StepKind::Stop, m_host);
    stop.script =
        namedScript(QStringLiteral("stop-container"),
                    {variable("name", m_work.facts.name), variable("seconds", stopSeconds())});
    stop.limit = atLeastASecond(times.stopLimit);
    stop.estimate = m_parts.isCluster() ? atLeastASecond(times.drainWait) + seconds(1) : seconds(2);
    stop.args = {{QStringLiteral("container"), m_work.facts.name}};
    return stop;
}

PlanStep ContainerSteps::backup() const
{
    const QString dataRoot = m_work.facts.onHost(m_work.facts.store);
    const QString target = m_parts.backupTarget(m_host);
    QStringList extra;
    for (const auto &file : m_work.facts.compose.files)
        extra.append(file.path);
    if (m_work.facts.compose.environment)
        extra.append(m_work.facts.compose.environment->path);
    const QString certificates = m_work.facts.onHost(m_work.facts.certificates);
    if (!certificates.isEmpty())
        extra.append(certificates);
    PlanStep backup = m_parts.backupStep(m_host);
    backup.script =
        namedScript(QStringLiteral("backup-container"),
                    {variable("name", m_work.facts.name), variable("store", m_work.facts.store),
                     variable("data_root", dataRoot), variable("extra", extra.join(u'\n')),
                     variable("target", target)},
                    sharedScript(QStringLiteral("cold-copy.functions")));
    backup.args[QStringLiteral("dataRoot")] = dataRoot.isEmpty() ? m_work.facts.store : dataRoot;
    return backup;
}

PlanStep ContainerSteps::copyStore() const
{
    PlanStep copy =
        scripted(StepKind::CopyStore,
                 {variable("name", m_work.facts.name), variable("store", m_work.facts.store),
                  variable("target", m_work.mountDirectory),
                  variable("directory", m_parts.plan().remoteDirectory())});
    copy.limit = std::chrono::hours(24);
    copy.estimate =
        seconds(3 + 3 * m_parts.facts(m_host).dataBytes.valueOr(0) / CopyBytesPerSecond);
    return copy;
}

PlanStep ContainerSteps::replace() const
{
    if (m_parts.plan().method == Method::Compose) {
        return scripted(StepKind::EditCompose, {variable("run", m_parts.plan().runId)},
                        editFunctions(m_work.changes));
    }
    const QString run = QStringLiteral("run --detach");
    QByteArray functions = "# The command behind the container, before and after:\n";
    functions += commented(DockerRun::diff(m_work.oldRun.command(run, m_work.facts.imageReference),
                                           m_work.run.command(run, m_work.image)));
    functions += "create_it() {\n    "
        + m_work.run.command(QStringLiteral("create"), m_work.image).toUtf8() + "\n}\n";
    functions += "connect_it() {\n    :\n";
    for (const auto &network : m_work.run.networks) {
        functions += "    docker network connect " + shellJoin(network).toUtf8() + ' '
            + shellQuote(m_work.facts.name).toUtf8() + " || return 1\n";
    }
    functions += "}\n";
    auto variables = common();
    variables.append(variable("secret_names", m_work.run.secretNames.join(u' ')));
    return scripted(StepKind::ReplaceContainer, variables, functions);
}

QString ContainerSteps::composeWords() const
{
    const ContainerFacts &facts = m_work.facts;
    QString words =
        facts.composeCommand + QStringLiteral(" -p ") + shellQuote(facts.composeProject);
    for (const auto &file : facts.compose.files)
        words += QStringLiteral(" -f ") + shellQuote(file.path);
    return words;
}

QByteArray ContainerSteps::startFunction(const QString &image) const
{
    const QByteArray name = shellQuote(m_work.facts.name).toUtf8();
    if (m_parts.plan().method != Method::Compose)
        return "start_it() {\n    docker start " + name + "\n}\n";
    const QByteArray compose = composeWords().toUtf8();
    const QByteArray service = shellQuote(m_work.facts.compose.service).toUtf8();
    const QByteArray directory = shellQuote(m_work.facts.composeDirectory).toUtf8();
    QByteArray text = "start_it() {\n    cd " + directory + " || return 1\n";
    if (m_work.facts.composeCommand == QStringLiteral("docker-compose")) {
        // Version 1 cannot replace a container with newer engines (KeyError: 'ContainerConfig');
        // what it holds is on mounts.
        text += "    of=$(docker inspect --type container -f '{{.Image}}' " + name
            + ")\n"
              "    wanted=$(docker image inspect -f '{{.Id}}' "
            + shellQuote(image).toUtf8()
            + ")\n"
              "    if [ -n \"$of\" ] && [ \"$of\" != \"$wanted\" ]; then\n        "
            + compose + " rm -f " + service + " || return 1\n    fi\n";
    }
    return text + "    " + compose + " up -d --no-deps " + service + "\n}\n";
}

PlanStep ContainerSteps::start() const
{
    const auto active = m_parts.input().timeouts.activeFor;
    PlanStep start = m_parts.startStep(m_host);
    start.script = namedScript(QStringLiteral("start-container"),
                               {variable("name", m_work.facts.name),
                                variable("active_ms", QString::number(active.count()))},
                               startFunction(m_work.image));
    return start;
}

PlanStep ContainerSteps::gate() const
{
    PlanStep gate = m_parts.gateStep(m_host);
    const HostFacts &host = m_parts.facts(m_host);
    if (host.startCommand.isKnown()) {
        gate.args[QStringLiteral("http")] =
            m_work.facts.publishedAddress(host.startCommand.value->localHttpAddress());
    }
    return gate;
}

PlanStep ContainerSteps::listKept() const
{
    QStringList files;
    for (const auto &change : m_work.changes)
        files.append(change.path + QStringLiteral(".kwup-") + m_parts.plan().runId);
    const bool isRun = m_parts.plan().method != Method::Compose;
    PlanStep list =
        scripted(StepKind::ListKept,
                 {variable("directory", m_parts.plan().remoteDirectory()),
                  variable("kept_container", isRun ? m_work.keptContainer : QString()),
                  variable("kept_image", m_work.keptImage), variable("files", shellJoin(files))});
    list.estimate = seconds(1);
    return list;
}

QList<PlanStep> ContainerSteps::wayBack() const
{
    auto variables = common();
    variables.append(variable("seconds", stopSeconds()));
    variables.append(variable("binary", kwbaseIn(m_parts, m_host)));
    if (m_parts.plan().method != Method::Compose) {
        variables.append(variable("failed", m_work.keptContainer + QStringLiteral("-new")));
        const QJsonObject policy = m_work.facts.inspect[QStringLiteral("HostConfig")]
                                       .toObject()[QStringLiteral("RestartPolicy")]
                                       .toObject();
        const int count = policy[QStringLiteral("MaximumRetryCount")].toInt();
        QString restart = m_work.facts.restartPolicy.isEmpty() ? QStringLiteral("no")
                                                               : m_work.facts.restartPolicy;
        if (count > 0)
            restart += u':' + QString::number(count);
        variables.append(variable("restart", restart));
        return {scripted(StepKind::RestoreContainer, variables)};
    }
    QList<PlanStep> steps;
    if (!m_work.changesBack.isEmpty()) {
        steps.append(scripted(StepKind::EditCompose,
                              {variable("run", m_parts.plan().runId + QStringLiteral("-back"))},
                              editFunctions(m_work.changesBack), QStringLiteral("back")));
    }
    const QString old = m_work.facts.imageReference;
    PlanStep restore = scripted(
        StepKind::RestoreCompose,
        {variable("name", m_work.facts.name), variable("image", old),
         variable("old_id", m_work.facts.imageId), variable("kept", m_work.keptImage),
         variable("binary", kwbaseIn(m_parts, m_host)),
         variable("command", m_work.facts.composeCommand), variable("seconds", stopSeconds())},
        startFunction(old));
    steps.append(restore);
    return steps;
}

} // namespace kwup
