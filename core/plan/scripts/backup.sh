# Cold copy of a stopped node: data root, /etc/kaiwudb, the unit and the list of packages. Written
# as .part, read back, then renamed. A copy from another time than the other nodes' must never be
# put back into a running cluster by itself.
show() { systemctl show kaiwudb -p "$1" 2>/dev/null | sed -n "s/^$1=//p"; }
umask 077
pid=$(show MainPID)
[ "${pid:-0}" = 0 ] || fail running "$pid"
# timeout, signal: it was ended by force, the files are not those of a clean stop.
case $(show Result) in timeout | signal | core-dump | watchdog) fail killed "$(show Result)" ;; esac
data=$(readlink -f "$data_root") && [ -d "$data" ] || fail missing "$data_root"
begun=$(date +%s%3N)
made=$(readlink -m "$target")
case $made/ in "$data"/*) fail inside "$target" ;; esac
mkdir -p "$target" || fail directory "$target"
need=$(du -sxk "$data" /etc/kaiwudb | awk '{ sum += $1 } END { print sum }')
free=$(df -Pk "$target" | awk 'NR == 2 { print $4 }')
need=$((need + need / 20 + 65536)) # what is asked for, and what is told
[ "$free" -gt "$need" ] || fail space "$((need * 1024)) $((free * 1024))"
part=$target/kaiwudb.tar.part
{ dpkg-query -W -f '${Package} ${Version} ${Status}\n' 'kaiwudb*' 'kwdb*' 2>/dev/null ||
    rpm -qa 'kaiwudb*' 'kwdb*' 2>/dev/null; } > "$target/packages.txt"
set -- "$data" /etc/kaiwudb /etc/systemd/system/kaiwudb.service
[ "$data" = "$data_root" ] || set -- "$@" "$data_root" # a link: the link as well
# Names are stored without the leading slash; tar says so.
pack "$@"
finish_copy packages.txt
