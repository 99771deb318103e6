# Makes the new program in the directory of the run: from the source tree, by the vendor's commands
# and with what the processors have left over, or from a finished build. The running one is not
# touched.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 022
PATH=$PATH:/usr/local/go/bin
[ -d "$tree" ] || fail missing "$tree"
if [ "$build" = yes ]; then
    missing=
    for tool in $tools; do
        command -v "$tool" > /dev/null 2>&1 || missing="$missing $tool"
    done
    [ -z "$missing" ] || fail toolchain "${missing# }"
    # The vendor's build runs in a folder of this name only.
    place=$directory/go/src/gitee.com/kwbasedb
    rm -rf "$directory/go"
    mkdir -p "${place%/*}" || fail directory "$directory/go"
    cp -a "$tree" "$place" || fail directory "$place"
    tree=$place
    cd "$tree" || fail missing "$tree"
    GOPATH=$directory/go
    GOCACHE=$directory/go-cache
    HOME=${HOME:-/root}
    export GOPATH GOCACHE HOME PATH
    nice -n 19 sh -ec "$command" < /dev/null || fail build "$command"
fi
binary=
for found in "$tree/bin/kwbase" "$tree/install/bin/kwbase"; do
    [ -n "$binary" ] || [ ! -x "$found" ] || binary=$found
done
[ -n "$binary" ] || binary=$(find "$tree" -type f -path '*/bin/kwbase' | awk '{ print length, $0 }' |
    sort -n | sed -n '1s/^[0-9]* //p')
[ -n "$binary" ] || fail missing "$tree/bin/kwbase"
made=$(dirname "$(dirname "$binary")")
rm -rf "$directory/new.part" "$directory/new"
mkdir "$directory/new.part" || fail directory "$directory/new.part"
cp -a "$made/bin" "$directory/new.part/bin" || fail directory "$directory/new.part"
chmod 755 "$directory/new.part/bin/kwbase"
if [ -d "$made/lib" ]; then
    cp -a "$made/lib" "$directory/new.part/lib" || fail directory "$directory/new.part"
fi
chown -R 0:0 "$directory/new.part"
mv "$directory/new.part" "$directory/new" || fail move "$directory/new"
cd "$directory/new/bin" || fail missing "$directory/new/bin"
said=$(LD_LIBRARY_PATH=$directory/new/lib timeout -k 2 20 ./kwbase version 2>&1)
echo "$said" | head -n 20
told=$(echo "$said" | sed -n 's/^KaiwuDB Version: *[Vv]*//p' | head -n 1)
[ -n "$told" ] || fail unusable "$(echo "$said" | tail -n 1)"
case $told in
"$version" | "$version"[-.a-z]*) ;;
*) fail other-version "$told" ;;
esac
sync
