# The export is complete when its record is there and the packed file is the one that was recorded.
record=$state/$label.exported
archive=$extern/$directory/$label.tar.gz
holds=no
if [ -s "$record" ] && [ -s "$archive" ]; then
    sum=$(sha256sum < "$archive")
    if grep -qx "kwup: sha256=${sum%% *}" "$record"; then
        holds=yes
        cat "$record"
    fi
fi
echo "kwup: holds=$holds"
echo "kwup: found=$(ls -ld "$archive" 2>&1 | head -n 1)"
