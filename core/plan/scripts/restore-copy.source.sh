# Puts the data of the cold copy back, and compares it with the copy.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(kwbase_pid)
[ -z "$pid" ] || fail running "$pid"
data=$(readlink -m "$data_root")
begun=$directory/restore-copy.begun
contents() {
    find "$data" -mindepth 1 -maxdepth 1 ! -name '.kwup-aside-*' ! -name lost+found "$@" 2> /dev/null
}
if [ -e "$begun" ]; then
    contents -exec rm -rf -- {} + # an unfinished attempt of this very step
elif [ -n "$(contents | head -n 1)" ]; then
    fail directory-not-empty "$(contents | head -n 1)"
else
    touch "$begun" || fail directory "$directory"
fi
tar --numeric-owner --xattrs -C / -xpf "$copy/kaiwudb.tar" "${data#/}" ||
    fail unpack "$copy/kaiwudb.tar"
tar --numeric-owner -C / -df "$copy/kaiwudb.tar" "${data#/}" || fail copy-differs "$copy/kaiwudb.tar"
if command -v restorecon > /dev/null 2>&1; then restorecon -R "$data" || :; fi
sync
echo "$copy" > "$directory/restore-copy" || fail directory "$directory"
rm -f "$begun"
