# Installs the old packages over the new ones. Only for data that the new version has not opened.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
[ "${pid:-0}" = 0 ] || fail running "$pid"
[ -e "$keep/complete" ] || fail missing "$keep"
cd "$package/packages" || fail missing "$package/packages"
if [ "$kind" = rpm ]; then
    rpm -Uvh --oldpackage --replacepkgs ./*libcommon*.rpm ./*server*.rpm < /dev/null ||
        fail package-manager "rpm"
else
    DEBIAN_FRONTEND=noninteractive dpkg -i ./*libcommon*.deb ./*server*.deb < /dev/null ||
        fail package-manager "dpkg"
fi
chown -R "$user:$(id -gn "$user")" /usr/local/kaiwudb || fail permission /usr/local/kaiwudb
cp .version /etc/kaiwudb/info/.version || fail directory /etc/kaiwudb/info
systemctl daemon-reload
sync
