# How a node is told to end: its main process alone gets SIGTERM and time to hand its leases over.
show() { systemctl show kaiwudb -p "$1" 2>/dev/null | sed -n "s/^$1=//p"; }
now() { date +%s%3N; }
drain() {
    pid=$(show MainPID)
    begun=$(now)
    if [ "${pid:-0}" != 0 ]; then
        echo "SIGTERM to the main process $pid, then up to $drain_ms ms for the drain"
        systemctl kill -s TERM --kill-who=main kaiwudb || kill -s TERM "$pid"
        while [ "$(show MainPID)" = "$pid" ] && [ $(($(now) - begun)) -lt "$drain_ms" ]; do
            sleep 0.2
        done
    fi
}
