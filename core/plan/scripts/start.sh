# Starts the node and watches it: systemctl start returns 0 even when the process dies at once.
show() { systemctl show kaiwudb -p "$1" 2>/dev/null | sed -n "s/^$1=//p"; }
now() { date +%s%3N; }
log() { journalctl -u kaiwudb --no-pager -n 40 -o short 2>/dev/null; }
systemctl daemon-reload
started=$(date +%s)
systemctl start kaiwudb
rc=$?
echo "kwup: started_at=$started"
if [ "$rc" != 0 ]; then
    echo "kwup: error=start"
    log
    exit 1
fi
begun=$(now)
pid=$(show MainPID)
while :; do
    state=$(show ActiveState)
    main=$(show MainPID)
    if [ "$state" != active ] || [ "${main:-0}" = 0 ] || [ "$main" != "$pid" ]; then
        echo "kwup: died_after_ms=$(($(now) - begun))"
        echo "kwup: error=died"
        log
        exit 1
    fi
    [ $(($(now) - begun)) -lt "$active_ms" ] || break
    sleep 0.5
done
echo "kwup: active_ms=$(($(now) - begun))"
echo "kwup: main_pid=$pid"
