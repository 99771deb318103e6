# Moves the present data out of the way, by renaming: nothing is copied and nothing is deleted.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(kwbase_pid)
[ -z "$pid" ] || fail running "$pid"
data=$(readlink -m "$data_root")
# Compressed time-series parts of 2.x are images that are mounted below the data root.
awk -v p="$data/" 'index($2, p) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mounted; do
        umount "$(printf '%b' "$mounted")" || exit 1
    done || fail mounted "$data_root"
inside=$data/.kwup-aside-$run
aside=$data.kwup-$run
if [ -d "$data" ] && awk -v p="$data" '$2 == p { found = 1 } END { exit !found }' /proc/mounts; then
    # A file system of its own cannot be renamed; what is in it goes one level down.
    mkdir -p "$inside" || fail directory "$inside"
    find "$data" -mindepth 1 -maxdepth 1 ! -path "$inside" ! -name lost+found \
        -exec mv -t "$inside" -- {} + || fail move "$inside"
    chmod 700 "$inside"
elif [ -d "$data" ]; then
    [ ! -e "$aside" ] || rmdir "$data" || fail in-the-way "$aside"
    [ -e "$aside" ] || mv -T "$data" "$aside" || fail move "$aside"
fi
if [ ! -d "$data" ]; then
    mkdir -m 700 "$data" || fail directory "$data"
    [ ! -e "$aside" ] || chown --reference="$aside" "$data"
fi
sync
