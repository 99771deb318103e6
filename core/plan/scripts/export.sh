# Exports one database of the old cluster into a directory that is new, and packs it. A second export
# into the same directory would add every row once more, so what is found there is never added to:
# only what an earlier attempt of this run had begun is taken away.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
base=$extern/$directory
target=$base/$label
archive=$base/$label.tar.gz
mkdir -p "$state" || fail directory "$state"
if [ ! -e "$state/directory" ]; then
    [ -z "$(ls -A "$base" 2>/dev/null)" ] || fail not-empty "$base"
    echo "$base" > "$state/directory"
fi
if [ -e "$state/$label.began" ]; then
    rm -rf "$target" "$archive" "$archive.part"
elif [ -n "$(ls -A "$target" 2>/dev/null)" ]; then
    fail not-empty "$target"
fi
echo "$database" > "$state/$label.began"
sync "$state/$label.began" 2>/dev/null || sync
kw1 "$statement" > "$state/out" 2> "$state/err"
rc=$?
cat "$state/out" "$state/err"
[ "$rc" = 0 ] || fail export "$(grep -m 1 ERROR "$state/err" || echo "$rc")"
# The answer is "succeeded" also when a table was left out, e.g. because the disk was full.
if [ "$time_series" = yes ]; then
    grep -qx succeed "$state/out" || fail incomplete "$(tail -n 1 "$state/out")"
    found=$(find "$target" -mindepth 2 -maxdepth 2 -type d | wc -l)
else
    found=$(grep -c '^"\{0,1\}TABLE ' "$state/out")
    [ "$found" = "$tables" ] || fail incomplete "$found/$tables"
    described=$(find "$target" -mindepth 3 -maxdepth 3 -name meta.sql | wc -l)
    [ "$described" = "$tables" ] || fail incomplete "$described/$tables meta.sql"
fi
[ -s "$target/meta.sql" ] || fail missing "$target/meta.sql"
rows=$(awk -F, '/^"?TABLE /{ sum += $(NF - 2) } END { print sum + 0 }' "$state/out")
tar -C "$base" -czf "$archive.part" "$label" || fail tar "$archive"
sum=$(sha256sum < "$archive.part") || fail read "$archive.part"
mv -f "$archive.part" "$archive" || fail move "$archive"
sync "$archive" 2>/dev/null || sync
{
    echo "kwup: archive=$archive"
    echo "kwup: bytes=$(wc -c < "$archive")"
    echo "kwup: sha256=${sum%% *}"
    echo "kwup: files=$(find "$target" -type f | wc -l)"
    echo "kwup: tables=$found"
    echo "kwup: rows=$rows"
} > "$state/$label.exported.part"
mv -f "$state/$label.exported.part" "$state/$label.exported" || fail write "$state"
cat "$state/$label.exported"
