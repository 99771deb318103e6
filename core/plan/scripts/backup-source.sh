# Cold copy of a stopped server's data directory, with its command line and its certificates (not its
# environment, which may hold secrets). Written as .part, read back, then renamed.
umask 077
s=$directory/process
pid=$(kwbase_pid)
[ -z "$pid" ] || fail running "$pid"
[ ! -e "$s/killed" ] || fail killed KILL
begun=$(date +%s%3N)
data=$(readlink -f "$data_root") && [ -d "$data" ] || fail missing "$data_root"
made=$(readlink -m "$target")
case $made/ in "$data"/*) fail inside "$target" ;; esac
mkdir -p "$target" || fail directory "$target"
{ tr '\0' '\n' < "$s/argv" && echo "cwd=$(cat "$s/cwd")" && echo "exe=$(cat "$s/exe")" &&
    echo "version=$version"; } \
    > "$target/command.txt" || fail missing "$s/argv"
set -- "$data"
[ -z "$certificates" ] || [ ! -d "$certificates" ] || set -- "$@" "$certificates"
need=$(du -sxk "$@" | awk '{ sum += $1 } END { print sum }')
free=$(df -Pk "$target" | awk 'NR == 2 { print $4 }')
need=$((need + need / 20 + 65536)) # what is asked for, and what is told
[ "$free" -gt "$need" ] || fail space "$((need * 1024)) $((free * 1024))"
part=$target/kaiwudb.tar.part
pack "$@"
finish_copy command.txt
