# Moves the present data out of the way, by renaming: nothing is copied and nothing is deleted. The
# vendor's installation and its own way back delete a data directory; they must find an empty one.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
[ "${pid:-0}" = 0 ] || fail running "$pid"
[ -e "$keep/complete" ] || fail missing "$keep"
data=$(readlink -m "$data_root")
# Compressed time-series parts of 2.x are images that are mounted below the data root.
awk -v p="$data/" 'index($2, p) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mounted; do
        umount "$(printf '%b' "$mounted")" || exit 1
    done || fail mounted "$data_root"
inside=$data/.kwup-aside-$run
aside=$data.kwup-$run
if [ -d "$data" ] && mountpoint -q "$data"; then
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
