# The vendor's uninstallation. Its one question, whether to delete the data, is answered with no;
# the data is elsewhere already. It deletes /etc/kaiwudb, the unit and the user.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
[ "${pid:-0}" = 0 ] || fail running "$pid"
[ -e "$keep/complete" ] || fail missing "$keep"
cd "$package" || fail missing "$package"
TERM=${TERM:-dumb}
export TERM
if [ -e /etc/systemd/system/kaiwudb.service ]; then
    log=$directory/uninstall.log
    printf 'n\nn\n' > "$directory/answers"
    setsid bash ./deploy.sh uninstall < "$directory/answers" > "$log" 2>&1 &
    session=$!
    wait "$session"
    echo "kwup: deploy_rc=$?"
    for pid in $(ps -e -o pid= -o sess= -o args= |
        awk -v s="$session" '$2 == s && index($0, "deploy.sh") { print $1 }'); do
        kill -s KILL "$pid" 2>/dev/null
    done
    tr '\r' '\n' < "$log"
    rm -f "$directory/answers"
    grep -q 'UNINSTALL COMPLETED' "$log" ||
        fail deploy "$(sed -n 's/.*\[ERROR\]//p' "$log" | tail -n 1)"
fi
# The vendor's script does not look whether the removal of the packages worked.
if command -v dpkg-query > /dev/null 2>&1; then
    for name in $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 'kaiwudb-*' 'kwdb-*' \
        2>/dev/null | awk '$2 != "not-installed" && $2 != "config-files" { print $1 }' | sort -r)
    do
        dpkg -r "$name" < /dev/null || fail package-manager "$name"
    done
fi
if command -v rpm > /dev/null 2>&1; then
    for name in $(rpm -qa --qf '%{NAME}\n' 'kaiwudb-*' 'kwdb-*' 2>/dev/null | sort -r); do
        rpm -e "$name" || fail package-manager "$name"
    done
fi
systemctl daemon-reload
