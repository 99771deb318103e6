# Runs the vendor's script on the running node: it marks the node as upgrading, replaces the
# packages, and restarts the node with --upgrade-complete, which takes the mark away. That works once:
# a node that is marked already is refused. So after an attempt that failed behind the mark, the node
# is stopped here, the script takes its branch for a stopped node, and the next step starts the node.
note=$directory/live
run='bash ./deploy.sh upgrade -l'
[ -z "${container:-}" ] || command -v script > /dev/null 2>&1 || fail missing script
if [ ! -e "$note" ]; then
    [ -n "$(identity)" ] || fail live-stopped "$(show ActiveState)"
    case $(mark) in
    false) ;;
    true) fail live-marked "$node_id" ;;
    *) fail live-silent "$node_id" ;;
    esac
    # As the script finds it: by the address in the last line of MODE.
    own=$(tail -n 1 /etc/kaiwudb/info/MODE)
    id=$(nodes | awk -F, -v own="$own" '{ sub(/:[^:]*$/, "", $3); if ($3 == own) print $1 }')
    [ "$id" = "$node_id" ] || fail own-id "$own, ${id:-?}, $node_id"
    identity > "$note.part" && mv -f "$note.part" "$note" || fail write "$note"
elif [ "$(cat "$note")" != "$(identity)" ] || [ "$(mark)" != false ]; then
    echo "The node was marked as upgrading by an earlier attempt; it is upgraded stopped."
    old=no
    [ "$(cat "$note")" != "$(identity)" ] || old=yes
    stop_node
    [ -z "$(identity)" ] || fail running "$(identity)"
    [ "$old" = no ] || echo ended > "$note"
fi
cd "$package" || exit 4
echo "kwup: begun_at=$(date +%s)"
# In a container the script waits with a command that needs a terminal (3.1 and later). This one is
# the job's own, so that a lost connection does not end it.
if [ -n "${container:-}" ]; then
    setsid script -qefc "$run" /dev/null < /dev/null &
else
    setsid $run < /dev/null &
fi
session=$!
wait "$session"
rc=$?
orphans=$(ps -e -o pid= -o sess= -o args= |
    awk -v s="$session" '$2 == s && index($0, "deploy.sh") { print $1 }')
for pid in $orphans; do kill -s KILL "$pid" 2>/dev/null; done
echo
# Whether the new version can have opened the data: not while the old process runs, nor after it was
# stopped here.
old_process=gone
[ "$(cat "$note")" != "$(identity)" ] || old_process=runs
[ "$(cat "$note")" != ended ] || old_process=ended
echo "kwup: old_process=$old_process"
echo "kwup: orphans=$(echo $orphans | wc -w)"
echo "kwup: deploy_rc=$rc"
exit "$rc"
