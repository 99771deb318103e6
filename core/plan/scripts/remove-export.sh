# Takes away the exported files, which hold the data in clear text; only a directory that this run
# has made.
base=$extern/$directory
if [ -e "$state/directory" ]; then
    rm -rf "$base" || { echo "kwup: error=permission"; echo "kwup: detail=$base"; exit 1; }
fi
echo "kwup: removed=$base"
