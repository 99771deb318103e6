# Runs the vendor's script on the stopped node. On a running node it would take another branch, so
# that is refused here. On a failure the script leaves its progress bar behind as a process that
# never ends; it is ended afterwards, and nothing else. In a container the branch follows the
# container, not the unit.
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
if [ "${pid:-0}" != 0 ]; then
    echo "kwup: error=running"
    exit 3
fi
if [ -n "${container:-}" ]; then
    up=$(docker ps --filter "name=$container" --format '{{.Names}} {{.Status}}') || exit 5
    if [ -n "$up" ]; then
        echo "kwup: error=running"
        exit 3
    fi
fi
cd "$package" || exit 4
if [ -n "${container:-}" ] && cmp -s packages/.version /etc/kaiwudb/info/.version; then
    # An earlier attempt has written the new version, but not the new image: the script would refuse
    # now. What it has left out is done here.
    compose=/etc/kaiwudb/script/docker-compose.yml
    text=$(docker load -i packages/KaiwuDB.tar 2>&1) || { echo "$text"; exit 6; }
    image=$(echo "$text" | sed -n 's/^Loaded image: //p' | tail -n 1)
    [ -n "$image" ] || { echo "$text"; exit 6; }
    sed -i "s,^\( *image: *\).*,\1$image," "$compose" || exit 6
    echo "image in $compose: $image"
    echo "kwup: repaired=$image"
    exit 0
fi
setsid bash ./deploy.sh upgrade -l < /dev/null &
session=$!
wait "$session"
rc=$?
orphans=$(ps -e -o pid= -o sess= -o args= |
    awk -v s="$session" '$2 == s && index($0, "deploy.sh") { print $1 }')
for pid in $orphans; do kill -s KILL "$pid" 2>/dev/null; done
echo
echo "kwup: orphans=$(echo $orphans | wc -w)"
echo "kwup: deploy_rc=$rc"
exit "$rc"
