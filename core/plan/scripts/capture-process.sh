# Writes down how the server runs, to start the new one in the same way: command line, directory,
# environment (which may hold secrets; it stays on this host, readable by root alone), user, limits,
# where it writes to, and the unit that has started it, if any.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
# The unit's own process or one that it has started; a login or a timer is no unit of the server.
unit_of() { # PID
    unit=$(sed -n 's|.*/\([^/]*\.service\)$|\1|p' "/proc/$1/cgroup" 2> /dev/null | head -n 1)
    case $unit in '' | user@* | ssh* | cron* | atd*) return ;; esac
    main=$(systemctl show "$unit" -p MainPID 2> /dev/null | sed -n 's/^MainPID=//p')
    at=$1
    while [ "${at:-0}" -gt 1 ]; do
        if [ "$at" = "$main" ]; then
            echo "$unit"
            return
        fi
        at=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$at/status" 2> /dev/null)
    done
}
umask 077
pid=$(kwbase_pid)
[ -n "$pid" ] || fail not-running kwbase
p=/proc/$pid
s=$directory/process.part
rm -rf "$s"
mkdir -p "$s" || fail directory "$s"
# A program that shortens its title leaves NULs at the end.
{ cat "$p/cmdline" > "$s/argv.raw" && [ -s "$s/argv.raw" ]; } 2> /dev/null ||
    fail unreadable "$p/cmdline"
sed -z -n 'H; ${x; s/^\x00//; s/\x00*$//; p}' "$s/argv.raw" > "$s/argv"
cat "$p/environ" > "$s/environ.raw" 2> /dev/null || fail unreadable "$p/environ"
grep -az '^[^=][^=]*=' "$s/environ.raw" > "$s/environ"
rm -f "$s/environ.raw"
cat "$p/limits" > "$s/limits" 2> /dev/null || fail unreadable "$p/limits"
readlink "$p/cwd" | sed 's/ (deleted)$//' > "$s/cwd"
[ -s "$s/cwd" ] || fail unreadable "$p/cwd"
readlink "$p/exe" | sed 's/ (deleted)$//' > "$s/exe"
[ -s "$s/exe" ] || fail unreadable "$p/exe"
[ -x "$(cat "$s/exe")" ] || fail missing "$(cat "$s/exe")"
sed -n 's/^Uid:[^0-9]*[0-9]*[^0-9]*\([0-9]*\).*/\1/p' "$p/status" > "$s/uid"
sed -n 's/^Gid:[^0-9]*[0-9]*[^0-9]*\([0-9]*\).*/\1/p' "$p/status" > "$s/gid"
sed -n 's/^Groups:[^0-9]*//p' "$p/status" | tr -s ' ' ',' | sed 's/,$//' > "$s/groups"
sed -n 's/^Umask:[^0-9]*//p' "$p/status" > "$s/umask"
for fd in 1 2; do
    target=$(readlink "$p/fd/$fd" | sed 's/ (deleted)$//')
    case $target in /dev/null | /*) ;; *) target= ;; esac
    if [ "$target" != /dev/null ] && [ ! -f "$target" ]; then
        echo "Output $fd of the server goes to nothing that lasts; /dev/null takes its place"
        target=/dev/null
    fi
    echo "$target" > "$s/fd$fd"
done
unit_of "$pid" > "$s/unit"
rm -rf "$directory/process"
mv "$s" "$directory/process" || fail move "$directory/process"
sync
