# Run on the new cluster's node after the program has carried the packed export there piece by piece:
# the hosts do not know each other's logins, and nothing is kept on the program's computer.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
archive=$extern/$directory/$label.tar.gz
if [ -e "$archive.part" ]; then
    sum=$(sha256sum < "$archive.part") || fail read "$archive.part"
    if [ "${sum%% *}" != "$sha256" ]; then
        rm -f "$archive.part"
        fail checksum "$archive"
    fi
    mv -f "$archive.part" "$archive" || fail move "$archive"
fi
sum=$(sha256sum < "$archive") || fail missing "$archive"
[ "${sum%% *}" = "$sha256" ] || fail checksum "$archive"
sync "$archive" 2>/dev/null || sync
echo "kwup: archive=$archive"
echo "kwup: sha256=$sha256"
