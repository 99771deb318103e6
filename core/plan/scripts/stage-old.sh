# The old release lies unpacked on this host: its two packages are copied to the directory of the
# run, so that they are still there when they are needed.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
found=$(head -n 1 "$source/packages/.version" 2>/dev/null | tr -d '\r')
[ -n "$found" ] || fail missing "$source/packages/.version"
[ "$found" = "$version" ] || fail old-version "$source: $found"
for part in libcommon server; do
    set -- "$source"/packages/*"$part"*."$kind"
    [ $# = 1 ] && [ -s "$1" ] || fail missing "$source/packages/*$part*.$kind"
done
rm -rf "$directory/package.new"
mkdir -p "$directory/package.new/kwdb_install/packages" || fail permission "$directory"
cp -p "$source"/packages/*libcommon*."$kind" "$source"/packages/*server*."$kind" \
    "$source/packages/.version" "$directory/package.new/kwdb_install/packages" ||
    fail copy "$source/packages"
rm -rf "$directory/package"
mv "$directory/package.new" "$directory/package" || fail copy "$directory/package"
echo "$version" > "$directory/staged" || fail permission "$directory/staged"
sync "$directory/staged" 2>/dev/null || sync
