# Reads the cold copy through before anything is touched: its checksums, what it holds, the version
# that made it, and whether there is space to unpack it beside the present data.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
[ -s "$copy/SHA256SUMS" ] && [ -f "$copy/kaiwudb.tar" ] || fail copy-missing "$copy/kaiwudb.tar"
data=$(readlink -m "$data_root")
place=$(readlink -f "$copy")
case $place/ in "$data"/*) fail copy-inside "$data_root" ;; esac
echo "Reading $(wc -c < "$copy/kaiwudb.tar") bytes of $copy/kaiwudb.tar"
(cd "$copy" && sha256sum -c SHA256SUMS) || fail copy-damaged "$copy/kaiwudb.tar"
if [ -n "$sha256" ]; then
    grep -q "^$sha256 [ *]kaiwudb.tar$" "$copy/SHA256SUMS" || fail copy-other "$copy/kaiwudb.tar"
fi
mkdir -p "$directory" || fail directory "$directory"
tar -tf "$copy/kaiwudb.tar" > "$directory/copy.list" || fail copy-damaged "$copy/kaiwudb.tar"
awk -v p="${data#/}/" 'index($0, p) == 1 { found = 1; exit } END { exit !found }' \
    "$directory/copy.list" || fail copy-incomplete "$data_root"
made=$(sed -n 's/^version=//p' "$copy/command.txt" 2> /dev/null)
[ "$made" = "$version" ] || fail copy-version "${made:-?}"
need=$(du -k "$copy/kaiwudb.tar" | cut -f1)
free=$(df -Pk "$data" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((need + need / 20 + 65536)) ] || fail space "$((need * 1024)) $((free * 1024))"
sha256sum < "$copy/SHA256SUMS" > "$directory/copy.ok" || fail directory "$directory"
echo "kwup: copy=$copy"
echo "kwup: entries=$(wc -l < "$directory/copy.list")"
echo "kwup: bytes=$(wc -c < "$copy/kaiwudb.tar")"
