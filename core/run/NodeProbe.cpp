#include "core/run/NodeProbe.h"

#include "core/base/CommandLine.h"
#include "core/plan/StepScripts.h"

namespace kwup {

namespace {

// `dpkg -s` states other than "install ok installed" and a missing binary are what a failed
// upgrade leaves behind (host-transcripts, dep and lock).
constexpr auto Script = R"(set -u
echo "== time"; date +%s
echo "== service"
systemctl show kaiwudb -p ActiveState -p SubState -p Result -p MainPID -p ExecMainStatus \
    -p UnitFileState -p NeedDaemonReload 2>/dev/null
echo "== packages"
if [ "$kind" = rpm ]; then
    rpm -qa --qf '%{NAME} %{VERSION} installed\n' 'kaiwudb-*' 'kwdb-*' 2>/dev/null
else
    dpkg-query -W -f '${Package} ${Version} ${Status}\n' 'kaiwudb-*' 'kwdb-*' 2>/dev/null |
        grep -v ' not-installed$'
fi
echo "== version"; cat /etc/kaiwudb/info/.version 2>/dev/null; echo
echo "== binary"
cd /usr/local/kaiwudb/bin 2>/dev/null && timeout -k 2 10 ./kwbase version 2>/dev/null | head -n 1
echo "== staged"; cat "$directory/staged" 2>/dev/null
echo "== log"
[ "$log" = no ] || journalctl -u kaiwudb --no-pager -n 20 -o short 2>/dev/null
exit 0
)";

// A container that no unit stands behind: docker's words in systemd's. One that is gone is stopped.
constexpr auto ContainerState = R"(
state=$(docker inspect --type container \
    -f '{{.State.Status}} {{.State.Pid}} {{.State.ExitCode}}' "$name" 2>/dev/null)
[ -n "$state" ] || state="absent 0 0"
set -- $state
case $1 in
    running) echo "ActiveState=active" ;;
    restarting) echo "ActiveState=activating" ;;
    paused) echo "ActiveState=paused" ;;
    *) echo "ActiveState=inactive" ;;
esac
echo "SubState=$1"
echo "MainPID=$2"
echo "ExecMainStatus=$3"
[ "$3" = 137 ] && echo "Result=signal" || echo "Result=success"
)";

constexpr auto ContainerScript = R"(
echo "== packages"
docker inspect --type container -f '{{.Config.Image}} {{.Image}} image' "$name" 2>/dev/null
echo "== binary"
timeout -k 2 20 docker exec "$name" "$binary" version </dev/null 2>/dev/null | head -n 1
echo "== staged"; cat "$directory/staged" 2>/dev/null
echo "== log"
[ "$log" = no ] || docker logs --tail 20 "$name" 2>&1
exit 0
)";

// A server that no unit of the deploy script knows: its process is the service.
constexpr auto ProcessState = R"(
pid=$(kwbase_pid)
if [ -n "$pid" ]; then echo "ActiveState=active"; else echo "ActiveState=inactive"; fi
echo "MainPID=${pid:-0}"
[ -e "$directory/process/killed" ] && echo "Result=signal" || echo "Result=success"
)";

constexpr auto ProcessScript = R"(
s=$directory/process
exe=$(cat "$s/exe" 2>/dev/null)
cwd=$(cat "$s/cwd" 2>/dev/null)
[ -n "$exe" ] || exe=$(readlink "/proc/$pid/exe" 2>/dev/null)
[ -n "$cwd" ] || cwd=$(readlink "/proc/$pid/cwd" 2>/dev/null)
told=$(cd "$cwd" 2>/dev/null && LD_LIBRARY_PATH=$libraries timeout -k 2 10 "$exe" version \
    2>/dev/null </dev/null | head -n 1)
echo "== packages"
version=$(echo "$told" | sed -n 's/^KaiwuDB Version: *[Vv]*//p')
echo "kwbase ${version:-none} program"
echo "== binary"; echo "$told"
echo "== staged"; cat "$directory/staged" 2>/dev/null
echo "== log"
unit=$(cat "$s/unit" 2>/dev/null)
err=$(cat "$s/fd2" 2>/dev/null)
if [ "$log" != no ]; then
    [ -z "$unit" ] || journalctl -u "$unit" --no-pager -n 20 -o short 2>/dev/null
    [ ! -f "$err" ] || tail -n 20 "$err"
fi
exit 0
)";

QString processHead(const Plan &plan)
{
    return QStringLiteral("directory=%1\n").arg(shellQuote(plan.remoteDirectory()))
        + QString::fromUtf8(sharedScript(QStringLiteral("process.functions")));
}

QString processLook(const Plan &plan, const QString &host, bool withLog)
{
    return processHead(plan)
        + QStringLiteral("libraries=%1\nlog=%2\necho '== time'; date +%s\necho '== service'\n")
              .arg(shellQuote(plan.clis.value(host).libraries),
                   withLog ? QStringLiteral("yes") : QStringLiteral("no"))
        + QLatin1String(ProcessState) + QLatin1String(ProcessScript);
}

bool isPlainContainer(const Plan &plan)
{
    return plan.deployment == Deployment::Compose || plan.deployment == Deployment::DockerRun;
}

QString containerLook(const Plan &plan, const QString &host, bool withLog)
{
    const KwbaseCli cli = plan.clis.value(host);
    return QStringLiteral("name=%1\nbinary=%2\ndirectory=%3\nlog=%4\n")
               .arg(shellQuote(cli.container), shellQuote(cli.binary),
                    shellQuote(plan.remoteDirectory()),
                    withLog ? QStringLiteral("yes") : QStringLiteral("no"))
        + QStringLiteral("echo '== time'; date +%s\necho '== service'\n")
        + QLatin1String(ContainerState) + QLatin1String(ContainerScript);
}

// The unit runs docker-compose in the foreground. A stopped container has no binary to ask.
constexpr auto PackageContainerScript = R"(set -u
echo "== time"; date +%s
echo "== service"
systemctl show kaiwudb -p ActiveState -p SubState -p Result -p MainPID -p ExecMainStatus \
    -p UnitFileState -p NeedDaemonReload 2>/dev/null
echo "== image"
image=$(sed -n 's/^ *image: *//p' /etc/kaiwudb/script/docker-compose.yml 2>/dev/null | head -n 1 |
    tr -d "\"' \r")
id=$(docker image inspect -f '{{.Id}}' "$image" 2>/dev/null)
old=$(docker image inspect -f '{{.Id}}' "$kept" 2>/dev/null)
echo "$image"; echo "${id:-none}"; echo "${old:-none}"
echo "== version"; cat /etc/kaiwudb/info/.version 2>/dev/null; echo
echo "== binary"
timeout -k 2 20 docker exec "$container" /kaiwudb/bin/kwbase version 2>/dev/null </dev/null |
    head -n 1
echo "== staged"; cat "$directory/staged" 2>/dev/null
echo "== log"
[ "$log" = no ] || timeout -k 2 10 docker logs --tail 20 "$container" 2>&1 </dev/null
exit 0
)";

QHash<QByteArray, QByteArray> sections(const QByteArray &output)
{
    QHash<QByteArray, QByteArray> found;
    QByteArray name;
    for (const auto &line : output.split('\n')) {
        if (line.startsWith("== "))
            name = line.mid(3).trimmed();
        else
            found[name] += line + '\n';
    }
    return found;
}

ServiceState serviceOf(const QByteArray &text)
{
    ServiceState service;
    for (const auto &raw : text.split('\n')) {
        const QString line = QString::fromLatin1(raw).trimmed();
        const QString key = line.section(u'=', 0, 0);
        const QString value = line.section(u'=', 1);
        if (key == QStringLiteral("ActiveState"))
            service.activeState = value;
        else if (key == QStringLiteral("SubState"))
            service.subState = value;
        else if (key == QStringLiteral("Result"))
            service.result = value;
        else if (key == QStringLiteral("MainPID"))
            service.mainPid = value.toLongLong();
        else if (key == QStringLiteral("ExecMainStatus"))
            service.execMainStatus = value.toInt();
        else if (key == QStringLiteral("UnitFileState"))
            service.unitFileState = value;
        else if (key == QStringLiteral("NeedDaemonReload"))
            service.needDaemonReload = value == QStringLiteral("yes");
    }
    return service;
}

QList<PackageState> packagesOf(const QByteArray &text)
{
    QList<PackageState> packages;
    for (const auto &raw : text.split('\n')) {
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty())
            continue;
        packages.append(
            {line.section(u' ', 0, 0), line.section(u' ', 1, 1), line.section(u' ', 2)});
    }
    return packages;
}

/// Lines: name in the compose file, id of this image, id of the one that was kept.
void readImage(const QByteArray &text, NodeCondition &condition)
{
    const QStringList lines = QString::fromUtf8(text).split(u'\n');
    const QString image = lines.value(0).trimmed();
    const QString id = lines.value(1).trimmed();
    condition.isContainer = true;
    condition.isOldImage = id != QStringLiteral("none") && id == lines.value(2).trimmed();
    condition.packages.append(
        {image.section(u':', 0, -2), image.section(u':', -1),
         id == QStringLiteral("none") ? QStringLiteral("missing") : QStringLiteral("installed")});
}

bool isInstalledState(const PackageState &package)
{
    return package.status == QStringLiteral("install ok installed")
        || package.status == QStringLiteral("installed");
}

/// An image or a program that no package manager knows: it tells its version itself.
bool tellsItself(const PackageState &package)
{
    return package.status == QStringLiteral("image") || package.status == QStringLiteral("program");
}

bool tellsItself(const NodeCondition &condition)
{
    return !condition.packages.isEmpty() && tellsItself(condition.packages.first());
}

bool isVersion(const QString &text, const KwdbVersion &target)
{
    const auto version = KwdbVersion::fromBuildTag(text);
    return version && compareBase(*version, target) == 0;
}

} // namespace

QString serviceStateScript(const Plan &plan, const QString &host)
{
    if (plan.deployment == Deployment::Source)
        return processHead(plan) + QLatin1String(ProcessState);
    if (!isPlainContainer(plan))
        return QStringLiteral("systemctl show kaiwudb -p ActiveState -p MainPID 2>/dev/null\n");
    return QStringLiteral("name=%1\n").arg(shellQuote(plan.clis.value(host).container))
        + QLatin1String(ContainerState);
}

QString killScript(const Plan &plan, const QString &host)
{
    if (plan.deployment == Deployment::Source) {
        // The mark tells a later copy that the files are not those of a clean stop.
        return processHead(plan)
            + QStringLiteral("pid=$(kwbase_pid)\n[ -z \"$pid\" ] || "
                             "{ : > \"$directory/process/killed\"; kill -s KILL \"$pid\"; }\n");
    }
    if (!isPlainContainer(plan))
        return QStringLiteral("systemctl kill -s KILL kaiwudb\n");
    return QStringLiteral("docker kill %1\n").arg(shellQuote(plan.clis.value(host).container));
}

Command nodeLookCommand(const Plan &plan, const QString &host, bool withLog)
{
    Command command;
    command.runAs = RunAs::Root;
    if (plan.deployment == Deployment::Source) {
        command.script = processLook(plan, host, withLog);
        return command;
    }
    if (isPlainContainer(plan)) {
        command.script = containerLook(plan, host, withLog);
        return command;
    }
    if (plan.deployment == Deployment::ContainerPackage) {
        const QString container = plan.clis.value(host).container;
        command.script =
            QStringLiteral("container=%1\nkept=%2\ndirectory=%3\nlog=%4\n")
                .arg(shellQuote(container.isEmpty() ? QStringLiteral("kaiwudb-container")
                                                    : container),
                     shellQuote(QStringLiteral("kwup-kept:") + plan.runId),
                     shellQuote(plan.remoteDirectory()),
                     withLog ? QStringLiteral("yes") : QStringLiteral("no"))
            + QLatin1String(PackageContainerScript);
        return command;
    }
    command.script = QStringLiteral("kind=%1\ndirectory=%2\nlog=%3\n")
                         .arg(plan.package.kind == PackageKind::BareRpm ? QStringLiteral("rpm")
                                                                        : QStringLiteral("deb"),
                              shellQuote(plan.remoteDirectory()),
                              withLog ? QStringLiteral("yes") : QStringLiteral("no"))
        + QLatin1String(Script);
    return command;
}

NodeLook parseNodeLook(const QString &host, const QByteArray &output)
{
    const auto found = sections(output);
    NodeLook look;
    look.condition.host = host;
    look.hostTime = found["time"].trimmed().toLongLong();
    look.condition.service = serviceOf(found["service"]);
    look.condition.packages = packagesOf(found["packages"]);
    if (found.contains("image"))
        readImage(found["image"], look.condition);
    if (const auto version = KwdbVersion::fromVersionFile(found["version"]))
        look.condition.versionFile = version->toString();
    const QString binary = printable(found["binary"], 200);
    look.condition.binaryVersion = binary.section(u':', 1).trimmed();
    // Without the deploy script's record the program itself tells the version.
    const auto told = KwdbVersion::fromBuildTag(look.condition.binaryVersion);
    if (tellsItself(look.condition) && told)
        look.condition.versionFile = told->toString();
    look.condition.lastLog = printable(found["log"], 8000).trimmed();
    look.staged = QString::fromLatin1(found["staged"]).trimmed();
    return look;
}

Error imageNotChanged(const NodeCondition &condition)
{
    const PackageState image = condition.packages.value(0);
    return {.code = ErrorCode::ImageNotChanged,
            .host = condition.host,
            .args = {image.name + u':' + image.version,
                     QStringLiteral("/etc/kaiwudb/script/docker-compose.yml")}};
}

/// The image is there, has changed with the version file, and, when it runs, tells the version.
static std::optional<Error> imageProblem(const NodeCondition &condition, const KwdbVersion &target)
{
    const PackageState image = condition.packages.value(0);
    if (image.status != QStringLiteral("installed"))
        return imageNotChanged(condition);
    Error error{.code = ErrorCode::VersionNotChanged, .host = condition.host};
    if (condition.versionFile != target.toString()) {
        error.args = {target.toString(), condition.versionFile,
                      QStringLiteral("/etc/kaiwudb/info/.version")};
        return error;
    }
    if (!condition.binaryVersion.isEmpty() && !isVersion(condition.binaryVersion, target)) {
        error.args = {target.toString(), condition.binaryVersion,
                      QStringLiteral("/kaiwudb/bin/kwbase version")};
        return error;
    }
    return std::nullopt;
}

std::optional<Error> versionProblem(const NodeCondition &condition, const KwdbVersion &target)
{
    if (condition.isContainer)
        return imageProblem(condition, target);
    Error error{.host = condition.host};
    bool hasServer = tellsItself(condition);
    for (const auto &package : condition.packages) {
        if (tellsItself(package))
            continue; // the program in it tells the version
        if (!isInstalledState(package)) {
            error.code = ErrorCode::PackagesNotInstalled;
            error.args = {package.name, package.status};
            return error;
        }
        if (!isVersion(package.version, target)) {
            error.code = ErrorCode::VersionNotChanged;
            error.args = {target.toString(), package.version, package.name};
            return error;
        }
        hasServer = hasServer || package.name.contains(QStringLiteral("server"));
    }
    if (!hasServer) {
        error.code = ErrorCode::PackagesNotInstalled;
        error.args = {QStringLiteral("kaiwudb-server"), QStringLiteral("not-installed")};
        return error;
    }
    error.code = ErrorCode::VersionNotChanged;
    if (condition.versionFile != target.toString()) {
        error.args = {target.toString(), condition.versionFile,
                      QStringLiteral("/etc/kaiwudb/info/.version")};
        return error;
    }
    if (!isVersion(condition.binaryVersion, target)) {
        error.args = {target.toString(), condition.binaryVersion,
                      QStringLiteral("/usr/local/kaiwudb/bin/kwbase version")};
        return error;
    }
    return std::nullopt;
}

} // namespace kwup
