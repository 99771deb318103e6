# Takes the mark "upgrading" from the node and the argument --upgrade-complete out of its start
# arguments. Only a start with that argument takes the mark away, so a node that is still marked is
# restarted once with it. A node that is not marked is left running.
begun=$(now)
marked=
while [ -n "$(identity)" ]; do
    marked=$(mark)
    case $marked in true | false) break ;; esac
    [ $(($(now) - begun)) -lt "$wait_ms" ] || fail live-silent "$node_id"
    sleep 0.5
done
if [ -n "$(identity)" ] && [ "$marked" = false ]; then
    clear_flag || fail write "$argument_file"
    echo "kwup: restarted=no"
    exit 0
fi
set_flag || fail write "$argument_file"
if [ -n "$(identity)" ]; then
    echo "The node is marked as upgrading; it is restarted once with --upgrade-complete."
    stop_node
    [ -z "$(identity)" ] || fail running "$(identity)"
fi
systemctl daemon-reload
echo "kwup: restarted=yes"
echo "kwup: started_at=$(date +%s)"
systemctl start kaiwudb || { log; fail start kaiwudb; }
begun=$(now)
while [ -z "$(identity)" ] && [ $(($(now) - begun)) -lt "$active_ms" ]; do sleep 0.5; done
own=$(identity)
while :; do
    if [ -z "$own" ] || [ "$(identity)" != "$own" ]; then
        echo "kwup: died_after_ms=$(($(now) - begun))"
        log
        fail died kaiwudb
    fi
    since=$(($(now) - begun))
    marked=$(mark)
    [ "$since" -lt "$active_ms" ] || [ "$marked" != false ] || break
    [ "$since" -lt $((active_ms + wait_ms)) ] || fail live-marked "$node_id"
    sleep 0.5
done
clear_flag || fail write "$argument_file"
echo "kwup: active_ms=$(($(now) - begun))"
echo "kwup: main_pid=$(show MainPID)"
