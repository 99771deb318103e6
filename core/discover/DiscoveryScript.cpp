#include "core/discover/DiscoveryScript.h"

#include "core/base/CommandLine.h"

namespace kwup {

namespace {

Section file(const char *id, const QString &path)
{
    const QString quoted = shellQuote(path);
    return {QLatin1String(id), QStringLiteral("cat ") + quoted,
            QStringLiteral("[ -e %1 ] || exit %2; head -c 65536 %1").arg(quoted).arg(AbsentFile)};
}

Section command(const char *id, const char *text)
{
    return {QLatin1String(id), QLatin1String(text), {}};
}

Section freeSpace(const char *id, const QString &word, const QString &shown)
{
    return {QLatin1String(id), QStringLiteral("df -P -B1 ") + shown,
            QStringLiteral("df -P -B1 -- %1").arg(word)};
}

/// The package manager that owns the system: rpm hosts may have dpkg as a program, and the reverse.
const char FamilyScript[] = R"sh(
if dpkg-query -W -f='${Status}' dpkg 2>/dev/null | grep -q 'ok installed'; then echo deb
elif rpm -q rpm >/dev/null 2>&1; then echo rpm
fi)sh";

const char PackagesScript[] = R"sh(
if command -v dpkg-query >/dev/null 2>&1; then
  dpkg-query -W -f='${Package} ${Version} ${Status}\n' 'kaiwudb*' 'kwdb*' 2>/dev/null
fi
if command -v rpm >/dev/null 2>&1; then
  rpm -qa --qf '%{NAME} %{VERSION} installed\n' 'kaiwudb*' 'kwdb*' 2>/dev/null
fi
:)sh";

const char VersionScript[] = R"sh(
if [ -e /usr/local/kaiwudb/bin/kwbase ]; then
  cd /usr/local/kaiwudb/bin && timeout -k 2 10 ./kwbase version
elif [ -n "$container" ]; then timeout -k 2 10 docker exec "$container" /kaiwudb/bin/kwbase version
elif [ -n "$pid" ]; then
  program=$(readlink "/proc/$pid/exe")
  # Replaced since, or not a program of its own: then what was typed.
  case $program in */kwbase) ;; *) program=$(tr '\0' '\n' <"/proc/$pid/cmdline" | grep -m 1 -B 1 '^start' | head -n 1) ;; esac
  cd "$(readlink "/proc/$pid/cwd")" || exit 1
  libraries=$(tr '\0' '\n' <"/proc/$pid/environ" | sed -n 's/^LD_LIBRARY_PATH=//p')
  LD_LIBRARY_PATH=$libraries timeout -k 2 10 "$program" version
else exit 44
fi)sh";

/// Ports of the host that lead into the container: "26257/tcp|26300".
const char ContainerPortsScript[] = R"sh([ -n "$box" ] || exit 44
timeout -k 2 10 docker inspect -f '{{range $port, $hosts := .HostConfig.PortBindings}}{{range $hosts}}{{$port}}|{{.HostPort}}
{{end}}{{end}}' "$box")sh";

const char DataRootScript[] = R"sh([ -n "$root" ] && { echo "$root"; exit 0; }
[ -n "$store" ] || exit 44
echo "The store $store of the container $box is not on a mount." >&2
exit 1)sh";

const char ContainerScript[] = R"sh([ -n "$box" ] || exit 44
timeout -k 2 10 docker inspect --type container "$box" | head -c 1000000)sh";

const char ImageScript[] = R"sh([ -n "$box" ] || exit 44
image=$(timeout -k 2 10 docker inspect --type container -f '{{.Image}}' "$box") || exit 1
timeout -k 2 10 docker image inspect "$image" | head -c 1000000)sh";

/// The files are named by labels of the container; their bytes travel as base64.
const char ComposeFilesScript[] = R"sh([ -n "$box" ] || exit 44
label() { timeout -k 2 10 docker inspect -f "{{index .Config.Labels \"com.docker.compose.$1\"}}" "$box"; }
directory=$(label project.working_dir)
files=$(label project.config_files)
[ -n "$files" ] || exit 44
show() {
  [ -f "$1" ] || return 0
  right=r
  [ -w "$1" ] && right=w
  printf 'file %s %s ' "$right" "$(printf %s "$1" | base64 -w 0)"
  head -c 262144 "$1" | base64 -w 0
  echo
}
set -f
IFS=,
for file in $files; do
  case $file in /*) ;; *) file=$directory/$file ;; esac
  show "$file"
done
show "$directory/.env")sh";

const char ContainerToolsScript[] = R"sh([ -n "$box" ] || exit 44
engine=$(timeout -k 2 10 docker version -f '{{.Server.Version}}' 2>/dev/null </dev/null) || engine=
plugin=$(timeout -k 2 10 docker compose version --short 2>/dev/null </dev/null) || plugin=
old=$(timeout -k 2 10 docker-compose version --short 2>/dev/null </dev/null) || old=
echo "engine=$engine"
echo "compose=$plugin"
echo "docker-compose=$old")sh";

/// A server that systemd does not know: who, where, with which words.
const char ProcessScript[] = R"sh(
[ -n "$pid" ] || exit 44
echo "pid=$pid"
echo "user=$(stat -c %U "/proc/$pid")"
echo "exe=$(readlink "/proc/$pid/exe" | sed 's/ (deleted)$//')"
echo "cwd=$(readlink "/proc/$pid/cwd")"
echo "servers=$servers"
for name in environ limits; do
  head -c 1 "/proc/$pid/$name" >/dev/null 2>&1 || echo "unreadable=$name"
done
echo "libraries=$(tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | sed -n 's/^LD_LIBRARY_PATH=//p')"
unit=$(sed -n 's|.*/\([^/]*\.service\)$|\1|p' "/proc/$pid/cgroup" 2>/dev/null | head -n 1)
case $unit in user@*|ssh*|cron*|atd*) unit= ;; esac
main=
[ -z "$unit" ] || main=$(systemctl show "$unit" -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
at=$pid
while [ -n "$unit" ] && [ "${at:-0}" -gt 1 ]; do
  if [ "$at" = "$main" ]; then
    echo "unit=$unit"
    echo "enabled=$(systemctl is-enabled "$unit" 2>/dev/null)"
    break
  fi
  at=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$at/status" 2>/dev/null)
done
tr '\0' '\n' <"/proc/$pid/cmdline" | sed 's/^/arg=/')sh";

/// Programs that ExecStartPre names by path and that do not exist.
const char StartPreScript[] = R"sh(
[ -e /etc/systemd/system/kaiwudb.service ] || exit 44
sed -n 's/^ExecStartPre=[-@:+!]*//p' /etc/systemd/system/kaiwudb.service | while read -r first second rest; do
  for program in "$first" "$second"; do
    case $program in /*) [ -x "$program" ] || echo "$program" ;; esac
    case $first in */sudo) ;; *) break ;; esac
  done
done)sh";

/// dpkg and rpm hold POSIX locks, which flock(1) does not see: /proc/locks shows them by inode.
const char PackageLockScript[] = R"sh(
for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/rpm/.rpm.lock; do
  inode=$(stat -c %i "$file" 2>/dev/null) || continue
  while read -r number kind mode access owner place rest; do
    [ "$access" = WRITE ] || continue
    case $place in *:"$inode") ;; *) continue ;; esac
    for link in "/proc/$owner"/fd/*; do
      [ "$(readlink "$link" 2>/dev/null)" = "$file" ] || continue
      echo "$(cat "/proc/$owner/comm") (PID $owner, $file)"
      exit 0
    done
  done </proc/locks
done
:)sh";

/// Programs with which a source tree is built; some installations of Go are outside of PATH.
const char BuildToolsScript[] = R"sh(PATH=$PATH:/usr/local/go/bin
for tool in cmake make go c++ cc; do
  ! command -v "$tool" >/dev/null 2>&1 || echo "$tool"
done)sh";

const char ToolsScript[] = R"sh(
for tool in bash ps getopt awk grep sed sort timeout mkfifo tar sudo systemctl; do
  command -v "$tool" >/dev/null 2>&1 || echo "$tool"
done)sh";

} // namespace

QString discoveryPreamble()
{
    // A process counts when it is in our PID namespace: others run inside containers. A container
    // that runs counts more than one that was left behind.
    return QLatin1String(
        R"sh(PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
own=$(readlink /proc/self/ns/pid 2>/dev/null)
pid=
servers=0
for process in /proc/[0-9]*; do
  name=
  { read -r name <"$process/comm"; } 2>/dev/null
  [ "$name" = kwbase ] || continue
  [ "$(readlink "$process/ns/pid" 2>/dev/null)" = "$own" ] || continue
  tr '\0' '\n' <"$process/cmdline" 2>/dev/null | grep -qxE 'start(-single-node|-single-replica)?' || continue
  servers=$((servers + 1))
  [ -n "$pid" ] || pid=${process#/proc/}
done
container=$(timeout 10 docker ps --no-trunc --format '{{.Names}}|{{.Command}}' 2>/dev/null </dev/null | sed -n '/kwbase/s/|.*//p' | head -n 1)
box=$container
[ -n "$box" ] || box=$(timeout 10 docker ps -a --no-trunc --format '{{.Names}}|{{.Command}}' 2>/dev/null </dev/null | sed -n '/kwbase/s/|.*//p' | grep -v -e '-kwup-' | head -n 1)
root=$(sed -n 4p /etc/kaiwudb/info/MODE 2>/dev/null | tr -d '\r')
[ -n "$root" ] || root=$(sed -n 's/^ExecStart=.* --store=\([^ ]*\).*/\1/p' /etc/systemd/system/kaiwudb.service 2>/dev/null | head -n 1)
[ -n "$root" ] || [ -z "$pid" ] || root=$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 's/^--store=//p' | head -n 1)
case $root in ''|/*) ;; *) root=$(readlink "/proc/$pid/cwd")/$root ;; esac
store=
if [ -z "$root" ] && [ -n "$box" ]; then
  store=$(timeout 10 docker inspect -f '{{range .Args}}{{println .}}{{end}}' "$box" 2>/dev/null </dev/null | tr ' ' '\n' | sed -n 's/^--store=\(path=\)\{0,1\}\(\/[^,]*\).*/\2/p' | head -n 1)
  root=$(timeout 10 docker inspect -f '{{range .Mounts}}{{.Destination}}|{{.Source}}{{println}}{{end}}' "$box" 2>/dev/null </dev/null | while IFS='|' read -r inside outside; do
    [ -z "$inside" ] || case $store/ in "$inside"/*) echo "${#inside} $outside${store#"$inside"}" ;; esac
  done | sort -rn | head -n 1 | sed 's/^[0-9]* //')
  case $root in /*) ;; *) root= ;; esac
fi
measured=$root
if [ -z "$root" ] && [ -n "$store" ]; then
  measured=$(timeout 10 docker inspect -f '{{.GraphDriver.Data.MergedDir}}' "$box" 2>/dev/null </dev/null)
  case $measured in /*) measured=$measured$store ;; *) measured= ;; esac
fi
)sh");
}

// A table, not a course of action.
// NOLINTNEXTLINE(readability-function-size)
QList<Section> discoverySections()
{
    const QString info = QStringLiteral("/etc/kaiwudb/info/");
    const QString needRoot = QStringLiteral("[ -n \"$measured\" ] || exit 44; ");
    auto dataFree =
        freeSpace("data-free", QStringLiteral("\"$measured\""), QStringLiteral("DATA_ROOT"));
    dataFree.script.prepend(needRoot);
    auto programFree = freeSpace("program-free", QStringLiteral("\"${program%/*}\""),
                                 QStringLiteral("/proc/PID/exe"));
    programFree.script.prepend(
        QStringLiteral("[ -n \"$pid\" ] || exit 44; program=$(readlink \"/proc/$pid/exe\"); "));
    return {
        command("clock", "date +%s.%N"),
        command("hostname", "uname -n"),
        command("machine", "uname -m"),
        file("machine-id", QStringLiteral("/etc/machine-id")),
        file("os", QStringLiteral("/etc/os-release")),
        {QStringLiteral("family"), QStringLiteral("dpkg-query -W dpkg; rpm -q rpm"),
         QLatin1String(FamilyScript)},
        command("cpus", "nproc"),
        command("memory", "grep MemTotal /proc/meminfo"),
        file("mode", info + QLatin1String("MODE")),
        file("node", info + QLatin1String("NODE")),
        file("version", info + QLatin1String(".version")),
        file("unit", QStringLiteral("/etc/systemd/system/kaiwudb.service")),
        {QStringLiteral("start-pre"),
         QStringLiteral("grep ExecStartPre= /etc/systemd/system/kaiwudb.service"),
         QLatin1String(StartPreScript)},
        file("env", QStringLiteral("/etc/kaiwudb/script/kaiwudb_env")),
        {QStringLiteral("compose"),
         QStringLiteral("grep kwbase /etc/kaiwudb/script/docker-compose.yml"),
         QStringLiteral("[ -e /etc/kaiwudb/script/docker-compose.yml ] || exit 44; "
                        "grep -o '/kaiwudb/bin/kwbase .*' /etc/kaiwudb/script/docker-compose.yml")},
        command("service",
                "systemctl show kaiwudb -p "
                "ActiveState,SubState,Result,MainPID,ExecMainStatus,NeedDaemonReload,LoadState,"
                "UnitFileState"),
        {QStringLiteral("packages"),
         QStringLiteral("dpkg-query -W 'kaiwudb*' 'kwdb*'; rpm -qa 'kaiwudb*' 'kwdb*'"),
         QLatin1String(PackagesScript)},
        {QStringLiteral("binary-version"), QStringLiteral("kwbase version"),
         QLatin1String(VersionScript)},
        {QStringLiteral("containers"),
         QStringLiteral("docker ps -a --no-trunc --format "
                        "'{{.Names}}|{{.Image}}|{{.Status}}|"
                        "{{.Label \"com.docker.compose.project\"}}|{{.Command}}'"),
         QStringLiteral("command -v docker >/dev/null 2>&1 || exit 44; timeout -k 2 10 "
                        "docker ps -a --no-trunc --format '{{.Names}}|{{.Image}}|{{.Status}}|"
                        "{{.Label \"com.docker.compose.project\"}}|{{.Command}}'")},
        {QStringLiteral("process"), QStringLiteral("pgrep -x kwbase; cat /proc/PID/cmdline"),
         QLatin1String(ProcessScript)},
        {QStringLiteral("container-ports"), QStringLiteral("docker inspect CONTAINER"),
         QLatin1String(ContainerPortsScript)},
        {QStringLiteral("container-inspect"),
         QStringLiteral("docker inspect --type container CONTAINER"),
         QLatin1String(ContainerScript)},
        {QStringLiteral("image-inspect"), QStringLiteral("docker image inspect IMAGE"),
         QLatin1String(ImageScript)},
        {QStringLiteral("compose-files"),
         QStringLiteral("docker inspect -f '{{json .Config.Labels}}' CONTAINER; cat FILES"),
         QLatin1String(ComposeFilesScript)},
        {QStringLiteral("container-tools"),
         QStringLiteral("docker version; docker compose version; docker-compose version"),
         QLatin1String(ContainerToolsScript)},
        {QStringLiteral("data-root"), QStringLiteral("sed -n 4p /etc/kaiwudb/info/MODE"),
         QLatin1String(DataRootScript)},
        dataFree,
        freeSpace("stage-free", QStringLiteral("/var/tmp"), QStringLiteral("/var/tmp")),
        freeSpace("install-free", QStringLiteral("/usr/local"), QStringLiteral("/usr/local")),
        {QStringLiteral("package-lock"), QStringLiteral("cat /proc/locks"),
         QLatin1String(PackageLockScript)},
        {QStringLiteral("build-tools"), QStringLiteral("command -v cmake make go c++ cc"),
         QLatin1String(BuildToolsScript)},
        programFree,
        {QStringLiteral("tools"),
         QStringLiteral("command -v bash ps getopt awk grep sed sort timeout mkfifo tar sudo "
                        "systemctl"),
         QLatin1String(ToolsScript)},
        {QStringLiteral("wizard-lock"), QStringLiteral("cat ") + QLatin1String(WizardLockFile),
         QStringLiteral("[ -e %1 ] || [ -L %1 ] || exit %2; [ -f %1 ] && [ ! -L %1 ] || exit 1; "
                        "head -c 4096 %1")
             .arg(QLatin1String(WizardLockFile))
             .arg(AbsentFile)},
        {QStringLiteral("data-size"), QStringLiteral("du -sxB1 DATA_ROOT"),
         needRoot
             + QStringLiteral(
                   "[ -d \"$measured\" ] || exit 1; timeout -k 2 %1 du -sxB1 -- \"$measured\"")
                   .arg(DuSeconds)},
        command("clock-end", "date +%s.%N"),
    };
}

} // namespace kwup
