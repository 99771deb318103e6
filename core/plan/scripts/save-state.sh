# Keeps what the uninstallation deletes: /etc/kaiwudb with its certificates, the unit, the list of
# packages. Nothing of the installation is changed.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
[ -d /etc/kaiwudb ] || fail missing /etc/kaiwudb
rm -rf "$keep.part"
mkdir "$keep.part" || fail directory "$keep.part"
cp -a /etc/kaiwudb "$keep.part/kaiwudb" || fail directory "$keep.part"
if [ -e /etc/systemd/system/kaiwudb.service ]; then
    cp -a /etc/systemd/system/kaiwudb.service "$keep.part/" || fail directory "$keep.part"
fi
{ dpkg-query -W -f '${Package} ${Version} ${Status}\n' 'kaiwudb*' 'kwdb*' 2>/dev/null ||
    rpm -qa 'kaiwudb*' 'kwdb*' 2>/dev/null; } > "$keep.part/packages.txt"
(cd "$keep.part" && diff -r /etc/kaiwudb kaiwudb) || fail copy-differs "$keep.part"
touch "$keep.part/complete" || fail directory "$keep.part"
sync
mv -T "$keep.part" "$keep" || fail move "$keep"
