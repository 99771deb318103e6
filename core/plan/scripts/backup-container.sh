# Cold copy of a stopped container's data: the directory on the host behind the store, or, when it
# lies in the container itself, what docker copies out of it; with it what docker knows of the
# container, the compose files and the certificates. Read back before it counts.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
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
    tar --numeric-owner --xattrs -S --one-file-system -cpf "$part" "$@" || fail tar "$?"
    expected=$(find "$@" -xdev ! -type s -printf 'x\n' | wc -l)
    entries=$(tar -tf "$part" | wc -l) || fail tar "list"
    [ "$entries" -eq "$expected" ] || fail entries "$entries instead of $expected"
else
    docker cp "$name:$store" - > "$part" || fail tar "docker cp"
    entries=$(tar -tf "$part" | wc -l) || fail tar "list"
    # A second copy tells a cut one.
    again=$(docker cp "$name:$store" - | tar -t | wc -l)
    [ "$entries" -gt 0 ] && [ "$entries" -eq "$again" ] || fail entries "$entries instead of $again"
fi
sync "$part" 2>/dev/null || sync
sum=$(sha256sum < "$part") || fail read "$part"
sum=${sum%% *}
mv -f "$part" "$target/kaiwudb.tar" || fail move "$part"
(cd "$target" && sha256sum container.json image.json && echo "$sum  kaiwudb.tar") > "$target/SHA256SUMS"
(cd "$target" && sha256sum -c SHA256SUMS) || fail checksum "$target/kaiwudb.tar"
sync "$target/SHA256SUMS" 2>/dev/null || sync
echo "kwup: path=$target/kaiwudb.tar"
echo "kwup: bytes=$(wc -c < "$target/kaiwudb.tar")"
echo "kwup: entries=$entries"
echo "kwup: sha256=$sum"
echo "kwup: duration_ms=$(($(date +%s%3N) - begun))"
