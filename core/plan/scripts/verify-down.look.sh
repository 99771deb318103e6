# Is the node down? The service has no main process and its group is empty, and no process runs the
# installed binary: one that was started by hand would write to the data while it is upgraded.
show() { systemctl show kaiwudb -p "$1" 2>/dev/null | sed -n "s/^$1=//p"; }
found=
pid=$(show MainPID)
[ "${pid:-0}" = 0 ] || found="MainPID=$pid"
group=$(show ControlGroup)
if [ -n "$group" ] && [ "$group" != / ]; then
    for pid in $(cat "/sys/fs/cgroup$group/cgroup.procs" \
        "/sys/fs/cgroup/systemd$group/cgroup.procs" 2>/dev/null); do
        found="$found $pid=$(tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | cut -c 1-80)"
    done
fi
for exe in /proc/[0-9]*/exe; do
    case $(readlink "$exe" 2>/dev/null) in
    /usr/local/kaiwudb/bin/kwbase | '/usr/local/kaiwudb/bin/kwbase (deleted)')
        pid=${exe#/proc/}
        found="$found kwbase=${pid%/exe}" ;;
    esac
done
echo "kwup: active=$(show ActiveState)"
echo "kwup: found=$found"
if [ -z "$found" ]; then echo "kwup: holds=yes"; else echo "kwup: holds=no"; fi
