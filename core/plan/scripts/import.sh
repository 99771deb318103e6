# Imports one database into the new cluster from the files that were carried there. What exists
# already is not touched, except for the part that an earlier attempt of this very run had made: the
# operator has chosen to try again.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
base=$extern/$directory
target=$base/$label
began=$state/$label.import-began
mkdir -p "$state" || fail directory "$state"
there=$(kw1 "$exists" 2> "$state/err" | tail -n 1)
case $there in 0 | 1) ;; *) cat "$state/err"; fail asked "$(grep -m 1 ERROR "$state/err")" ;; esac
if [ "$there" = 1 ]; then
    [ -e "$began" ] || fail exists "$database"
    echo "The part of the database that an earlier attempt of this run had imported is dropped."
    kw1 "$drop" || fail drop "$database"
fi
rm -rf "$target"
tar -xzf "$base/$label.tar.gz" -C "$base" --no-same-owner || fail unpack "$base/$label.tar.gz"
[ -s "$target/meta.sql" ] || fail missing "$target/meta.sql"
# Definitions must be UTF-8; bytes of a database that was filled by GBK clients are converted.
converted=0
find "$target" -name meta.sql > "$state/meta-files"
while IFS= read -r file; do
    iconv -f UTF-8 -t UTF-8 "$file" > /dev/null 2>&1 && continue
    iconv -f GB18030 -t UTF-8 "$file" > "$state/meta.sql" 2>/dev/null || fail encoding "$file"
    cat "$state/meta.sql" > "$file"
    converted=$((converted + 1))
done < "$state/meta-files"
# EXPORT quotes only names with capital letters, so the name is written anew.
if [ "$time_series" = yes ]; then
    { echo "$head"; sed 1d "$target/meta.sql"; } > "$state/meta.sql"
else
    echo "$head" > "$state/meta.sql"
fi
cat "$state/meta.sql" > "$target/meta.sql"
removed=0
while IFS= read -r file; do
    if [ "$no_partition" = yes ]; then
        lines=$(grep -viE '^(CREATE TS DATABASE|COMMENT) ' "$file" | grep -ci 'partition interval')
        removed=$((removed + lines))
        sed -i -E '/^(CREATE TS DATABASE|COMMENT) /I!s/[[:space:]]*partition interval[[:space:]]+[0-9]+[a-z]+//I' "$file"
    fi
    # The sequence does not exist yet; the default is put back after the import.
    sed -i -E "s/ DEFAULT nextval\('[^']*'(:::STRING)?\)(:::[A-Z0-9]+)?//" "$file"
done < "$state/meta-files"
chown -R --reference="$data_root" "$base" || fail owner "$base"
echo "$database" > "$began"
sync "$began" 2>/dev/null || sync
kw1 "$statement" > "$state/out" 2> "$state/err"
rc=$?
cat "$state/out" "$state/err"
[ "$rc" = 0 ] || fail import "$(grep -m 1 ERROR "$state/err" || echo "$rc")"
# job_id,status,fraction_completed,rows,abandon_rows,reject_rows,note
answer=$(sed -n 2p "$state/out")
status=$(echo "$answer" | cut -d , -f 2)
rows=$(echo "$answer" | cut -d , -f 4)
abandoned=$(echo "$answer" | cut -d , -f 5)
rejected=$(echo "$answer" | cut -d , -f 6)
[ "$status" = succeeded ] || fail import "$answer"
if [ "$rejected" != 0 ] || [ "$abandoned" != 0 ]; then
    find "$target" -name 'reject.txt*' > "$state/rejects"
    while IFS= read -r file; do
        echo "== $file"
        head -n 20 "$file"
    done < "$state/rejects"
    fail rejected "$rejected + $abandoned: $(head -n 1 "$state/rejects")"
fi
{
    echo "kwup: rows=$rows"
    echo "kwup: partition_intervals_removed=$removed"
    echo "kwup: definitions_converted=$converted"
} > "$state/$label.imported"
sync "$state/$label.imported" 2>/dev/null || sync
cat "$state/$label.imported"
