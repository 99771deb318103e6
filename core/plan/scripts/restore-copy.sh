# Puts data, /etc/kaiwudb with certificates and MODE, and the unit of the cold copy back. What the
# installation has written there is kept; the unpacked files are compared with the copy.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
[ "${pid:-0}" = 0 ] || fail running "$pid"
data=$(readlink -m "$data_root")
begun=$keep/restore-copy.begun
contents() {
    find "$data" -mindepth 1 -maxdepth 1 ! -name '.kwup-aside-*' ! -name lost+found "$@" 2>/dev/null
}
if [ -e "$begun" ]; then
    contents -exec rm -rf -- {} + # an unfinished attempt of this very step
elif [ -n "$(contents | head -n 1)" ]; then
    fail directory-not-empty "$(contents | head -n 1)"
else
    touch "$begun" || fail directory "$keep"
fi
if [ ! -e "$keep/installed" ]; then
    rm -rf "$keep/installed.part"
    mkdir "$keep/installed.part" || fail directory "$keep"
    cp -a /etc/kaiwudb /etc/systemd/system/kaiwudb.service "$keep/installed.part/" ||
        fail directory "$keep"
    mv -T "$keep/installed.part" "$keep/installed" || fail move "$keep/installed"
fi
# Files of the new installation's own certificates must not stay beside the old ones.
rm -rf /etc/kaiwudb
tar --numeric-owner --xattrs -C / -xpf "$copy/kaiwudb.tar" || fail unpack "$copy/kaiwudb.tar"
tar --numeric-owner -C / -df "$copy/kaiwudb.tar" || fail copy-differs "$copy/kaiwudb.tar"
# The user may have another number than when the copy was made.
old=$(stat -c %u "$data")
new=$(id -u "$user") || fail missing "$user"
if [ "$old" != "$new" ] && [ "$old" != 0 ]; then
    chown -hR --from="$old" "$user:$(id -gn "$user")" "$data" /etc/kaiwudb ||
        fail permission "$data_root"
fi
if command -v restorecon > /dev/null 2>&1; then
    restorecon -R "$data" /etc/kaiwudb /etc/systemd/system/kaiwudb.service || :
fi
systemctl daemon-reload
sync
echo "$copy" > "$keep/restore-copy" || fail directory "$keep"
rm -f "$begun"
