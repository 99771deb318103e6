# Puts the old packages back on a stopped node, then /etc/kaiwudb and the unit as they were before
# the upgrade. The data has not been opened by the new version, so it needs nothing. Both packages
# in one command: dpkg and rpm then take the older version over whatever the upgrade has left.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
[ "${pid:-0}" = 0 ] || fail running "MainPID=$pid"
saved=$directory/saved/config.tar
tar -tf "$saved" > /dev/null || fail missing "$saved"
lib=$(ls "$old"/packages/*libcommon*."$kind") || fail missing "$old/packages"
server=$(ls "$old"/packages/*server*."$kind") || fail missing "$old/packages"
log=$directory/put-back.log
names='kaiwudb-server kaiwudb-libcommon kwdb-server kwdb-libcommon'
if [ "$kind" = rpm ]; then
    install() { rpm -U --oldpackage --replacepkgs --replacefiles "$lib" "$server"; }
    remove() { rpm -e "$1"; }
else
    install() { dpkg -i "$lib" "$server"; }
    remove() { dpkg -r "$1"; }
fi
# The line that tells why; the last one of dpkg only names the package.
reason() {
    grep -m 1 -iE 'depends on|is needed by|no space|is locked|input/output|conflict' "$log" ||
        grep . "$log" | tail -n 1
}
if ! install > "$log" 2>&1; then
    cat "$log"
    # What is half installed can stand in the way: as the vendor's script does, remove, then install.
    for name in $names; do remove "$name" 2>/dev/null; done
    install > "$log" 2>&1 || { cat "$log"; fail packages "$(reason)"; }
fi
cat "$log"
tar --numeric-owner --xattrs -xpPf "$saved" -C / 2> "$log" || fail copy "$(tail -n 1 "$log")"
chown -R "$user:$user" /usr/local/kaiwudb
systemctl daemon-reload
echo "kwup: config=$saved"
