#!/bin/bash
# Look-alike of the vendor's script, offline branch. Faults: deploy-fails (after the removal, with
# an orphan that never ends), deploy-does-nothing, deploy-slow SECONDS, version-stays, lock-held.
[ "$1" = upgrade ] && [ "$2" = -l ] || exit 0
f=$SCRATCH_ROOT/fault; s=$SCRATCH_ROOT/state
date +%s >> "$SCRATCH_ROOT/count/upgrade"
[ -f "$f/deploy-does-nothing" ] && exit 0
bar() { printf '%-25s: [%-50s] %d%%\r' "$1" "$(printf '%*s' $(($2 / 2)) '' | tr ' ' '#')" "$2"; }
fail() {
    printf '%123s\r' ''
    printf '\033[31m [ERROR] 2026-11-22 14:50:32 %s \033[0m\n' "$1"
    (exec -a 'bash ./deploy.sh' sleep 600) &
    exit 1
}
here=$(cd "$(dirname "$0")" && pwd)
new=$(cat "$here/packages/.version"); old=$(cat "$SCRATCH_ROOT/etc/kaiwudb/info/.version")
bar 'install check' 10; bar 'version compare' 50
[ "$new" = "$old" ] && fail 'UPGRADE ERROR:The upgrade conditions are not met.( --> )'
[ "$(cat "$s/pid")" = 0 ] || fail 'Current local node is not support online upgrade!'
bar upgrade 70
[ -f "$f/lock-held" ] && fail 'Pipe create failed: dpkg: error: dpkg frontend lock was locked by another process with pid 527.'
echo "kaiwudb-libcommon $new install ok installed" > "$s/packages"
if [ -f "$f/deploy-fails" ]; then
    echo "kaiwudb-server $new install ok unpacked" >> "$s/packages"
    fail 'Pipe create failed: dpkg: dependency problems prevent configuration of kaiwudb-server.'
fi
[ -f "$f/deploy-slow" ] && sleep "$(cat "$f/deploy-slow")"
echo "kaiwudb-server $new install ok installed" >> "$s/packages"
echo "$new" > "$SCRATCH_ROOT/usr/local/kaiwudb/build"
[ -f "$f/version-stays" ] || echo "$new" > "$SCRATCH_ROOT/etc/kaiwudb/info/.version"
bar 'upgrade complete' 100
printf '%116s\r' ''
printf '\033[1;32m[UPGRADE COMPLETED]:\033[0mLocal node upgrade successfully.\n'
