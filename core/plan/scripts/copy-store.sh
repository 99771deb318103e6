# Copies the data directory out of the stopped container to a directory of the host and compares
# the two, file by file. The container itself is not changed.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
pid=$(docker inspect --type container -f '{{.State.Pid}}' "$name") || fail missing "$name"
[ "$pid" = 0 ] || fail running "$pid"
[ ! -e "$target" ] || rmdir "$target" 2>/dev/null || fail directory-not-empty "$target"
part=$target.kwup-part
rm -rf "$part"
mkdir -p "$part" || fail write "$part"
docker cp "$name:$store/." - > "$part.tar" || fail copy "docker cp"
need=$(($(wc -c < "$part.tar") / 1024))
free=$(df -Pk "$part" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((need + need / 20 + 65536)) ] || { rm -rf "$part" "$part.tar"; fail space "$target"; }
tar --numeric-owner --same-owner -xpf "$part.tar" -C "$part" || fail copy "tar -x"
rm -f "$part.tar"
# The comparison reads the container again: contents, owners, modes, times.
docker cp "$name:$store/." - > "$part.tar" || fail copy "docker cp"
if ! tar --numeric-owner -df "$part.tar" -C "$part"; then
    rm -f "$part.tar"
    fail copy-differs "$target"
fi
files=$(tar -tf "$part.tar" | wc -l)
rm -f "$part.tar"
[ "$files" -gt 1 ] || fail copy "$store"
sum=$(cd "$part" && find . -type f -exec sha256sum {} + | LC_ALL=C sort | sha256sum)
sync
mv "$part" "$target" || fail write "$target"
echo "${sum%% *}" > "$directory/store" || fail write "$directory/store"
echo "kwup: entries=$files"
echo "kwup: sha256=${sum%% *}"
