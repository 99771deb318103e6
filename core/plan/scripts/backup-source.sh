# Cold copy of a stopped server's data directory, with its command line and its certificates (not its
# environment, which may hold secrets). Written as .part, read back, then renamed.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
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
tar --numeric-owner --xattrs -S --one-file-system -cpf "$part" "$@" || fail tar "$?"
expected=$(find "$@" -xdev ! -type s -printf 'x\n' | wc -l)
entries=$(tar -tf "$part" | wc -l) || fail tar "list"
[ "$entries" -eq "$expected" ] || fail entries "$entries instead of $expected"
sync "$part" 2> /dev/null || sync
sum=$(sha256sum < "$part") || fail read "$part"
sum=${sum%% *}
mv -f "$part" "$target/kaiwudb.tar" || fail move "$part"
(cd "$target" && sha256sum command.txt && echo "$sum  kaiwudb.tar") > "$target/SHA256SUMS"
(cd "$target" && sha256sum -c SHA256SUMS) || fail checksum "$target/kaiwudb.tar"
sync "$target/SHA256SUMS" 2> /dev/null || sync
echo "kwup: path=$target/kaiwudb.tar"
echo "kwup: bytes=$(wc -c < "$target/kaiwudb.tar")"
echo "kwup: entries=$entries"
echo "kwup: sha256=$sum"
echo "kwup: duration_ms=$(($(date +%s%3N) - begun))"
