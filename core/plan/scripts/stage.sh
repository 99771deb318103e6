# Moves the uploaded archive to the staging directory, compares its SHA-256, unpacks it and checks
# what deploy.sh needs. Nothing of the installation is touched.
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
rm -rf "$directory/package.new"
mkdir "$directory/package.new" || fail directory "$directory/package.new"
tar -xzf "$archive" -C "$directory/package.new" --no-same-owner || fail unpack "$archive"
top=$directory/package.new/$folder
[ -s "$top/packages/.version" ] || fail missing "packages/.version"
[ -f "$top/deploy.sh" ] || fail missing "deploy.sh"
found=$(sha256sum < "$top/deploy.sh")
[ "${found%% *}" = "$script_sha256" ] || fail checksum "deploy.sh"
chmod 755 "$top/deploy.sh"
rm -rf "$directory/package"
mv "$directory/package.new" "$directory/package" || fail move "$directory/package"
rm -f "$archive"
rmdir "$upload" 2>/dev/null || :
echo "$sha256" > "$directory/staged" || fail write "$directory/staged"
sync "$directory/staged" 2>/dev/null || sync
echo "kwup: version=$(head -n 1 "$directory/package/$folder/packages/.version" | tr -d '\r')"
echo "kwup: free_kb=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')"
