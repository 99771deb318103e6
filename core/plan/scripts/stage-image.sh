# Moves the uploaded archive of the image to the staging directory and compares its SHA-256.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
mkdir -p "$directory" || fail directory "$directory"
archive=$directory/image.tar
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
rmdir "$upload" 2>/dev/null || :
echo "$sha256" > "$directory/staged" || fail write "$directory/staged"
sync "$directory/staged" 2>/dev/null || sync
echo "kwup: version=$version"
echo "kwup: free_kb=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')"
