# The vendor's installation of the old version on this host alone, with the old configuration. It
# makes the packages, the user and its right to sudo; configuration, certificates and unit of the
# cold copy replace what it writes. "--single", because the other ways install on all nodes at once
# over a password-free SSH between them.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
mode=$directory/copy/etc/kaiwudb/info/MODE
line() { sed -n "$1p" "$mode" | tr -d '\r'; }
deploy() {
    setsid bash ./deploy.sh "$@" < /dev/null > "$log" 2>&1 &
    session=$!
    wait "$session"
    rc=$?
    for pid in $(ps -e -o pid= -o sess= -o args= |
        awk -v s="$session" '$2 == s && index($0, "deploy.sh") { print $1 }'); do
        kill -s KILL "$pid" 2>/dev/null
    done
    tr '\r' '\n' < "$log"
    return "$rc"
}
[ -s "$mode" ] || fail missing "$mode"
cd "$package" || fail missing "$package"
data=$(readlink -m "$data_root")
left=$(find "$data" -mindepth 1 -maxdepth 1 ! -name '.kwup-aside-*' ! -name lost+found \
    2>/dev/null | head -n 1)
[ -z "$left" ] || fail directory-not-empty "$left"
TERM=${TERM:-dumb}
export TERM
log=$directory/install.log
# An earlier attempt may have ended half-way; the vendor's script refuses to install over it.
if [ -e /etc/systemd/system/kaiwudb.service ]; then
    [ -e "$directory/installing" ] || fail in-the-way /etc/systemd/system/kaiwudb.service
    deploy uninstall
fi
touch "$directory/installing"
secure=$(line 8)
case $secure in insecure | tls | tlcp) ;; *) secure=tls ;; esac
encrypted=$(line 9)
case $encrypted in true | false) ;; *) encrypted=false ;; esac
address=$(tail -n 1 "$mode" | tr -d '\r')
[ -e deploy.cfg.original ] || cp deploy.cfg deploy.cfg.original || fail missing deploy.cfg
awk -v secure="$secure" -v user="$(line 7)" -v rest="$(line 6)" -v port="$(line 5)" \
    -v root="$(line 4)" -v encrypted="$encrypted" -v address="$address" '
    BEGIN {
        value["[global]secure_mode"] = secure
        value["[global]management_user"] = user
        value["[global]rest_port"] = rest
        value["[global]kaiwudb_port"] = port
        value["[global]data_root"] = root
        value["[global]encrypto_store"] = encrypted
        value["[local]node_addr"] = address
    }
    /^\[/ { section = $1 }
    section == "[cluster]" { print "# " $0; next }
    /^[a-z_]+[ \t]*=/ {
        key = $0
        sub(/[ \t]*=.*/, "", key)
        if ((section key) in value) { print key "=" value[section key]; next }
    }
    { print }' deploy.cfg.original > deploy.cfg || fail missing deploy.cfg
deploy install --single
echo "kwup: deploy_rc=$rc"
grep -q 'INSTALL COMPLETED' "$log" ||
    fail deploy "$(sed -n 's/.*\[ERROR\]//p' "$log" | tail -n 1)"
rm -f "$directory/installing"
