# Moves the uploaded archive to the staging directory, compares its SHA-256 and unpacks it.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
mkdir -p "$directory" || fail directory "$directory"
archive=$directory/archive.tar.gz
if [ -f "$upload/$file" ]; then
    mv -f "$upload/$file" "$archive" || fail move "$upload/$file"
    chown 0:0 "$archive" 2>/dev/null || :
fi
found=$(sha256sum < "$archive") || fail read "$archive"
found=${found%% *}
if [ "$found" != "$sha256" ]; then
    rm -f "$archive"
    fail checksum "$found"
fi
umask 022
rm -rf "$directory/package.new"
mkdir "$directory/package.new" || fail directory "$directory/package.new"
tar -xzf "$archive" -C "$directory/package.new" --no-same-owner || fail unpack "$archive"
[ -d "$directory/package.new/$folder" ] || fail missing "$folder"
rm -rf "$directory/package"
mv "$directory/package.new" "$directory/package" || fail move "$directory/package"
rm -f "$archive"
rmdir "$upload" 2>/dev/null || :
echo "$sha256" > "$directory/staged" || fail directory "$directory/staged"
sync
echo "kwup: free_kb=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')"
