# Cold copy of a stopped container's data: the directory on the host behind the store, or, when it
# lies in the container itself, what docker copies out of it; with it what docker knows of the
# container, the compose files and the certificates. Read back before it counts.
umask 077
pid=$(docker inspect --type container -f '{{.State.Pid}}' "$name") || fail missing "$name"
[ "$pid" = 0 ] || fail running "$pid"
code=$(docker inspect --type container -f '{{.State.ExitCode}}' "$name")
[ "$code" != 137 ] || fail killed "$code"
begun=$(date +%s%3N)
mkdir -p "$target" || fail directory "$target"
docker inspect --type container "$name" > "$target/container.json" || fail missing "$name"
image=$(docker inspect --type container -f '{{.Image}}' "$name")
docker image inspect "$image" > "$target/image.json" || fail missing "$image"
part=$target/kaiwudb.tar.part
if [ -n "$data_root" ]; then
    data=$(readlink -f "$data_root") && [ -d "$data" ] || fail missing "$data_root"
    made=$(readlink -m "$target")
    case $made/ in "$data"/*) fail inside "$target" ;; esac
    set -- "$data"
    IFS='
'
    for path in $extra; do
        [ -e "$path" ] && set -- "$@" "$path"
    done
    unset IFS
    need=$(du -sxk "$@" | awk '{ sum += $1 } END { print sum }')
    free=$(df -Pk "$target" | awk 'NR == 2 { print $4 }')
    need=$((need + need / 20 + 65536)) # what is asked for, and what is told
    [ "$free" -gt "$need" ] || fail space "$((need * 1024)) $((free * 1024))"
    pack "$@"
else
    docker cp "$name:$store" - > "$part" || fail tar "docker cp"
    entries=$(tar -tf "$part" | wc -l) || fail tar "list"
    # A second copy tells a cut one.
    again=$(docker cp "$name:$store" - | tar -t | wc -l)
    [ "$entries" -gt 0 ] && [ "$entries" -eq "$again" ] || fail entries "$entries instead of $again"
fi
finish_copy container.json image.json
