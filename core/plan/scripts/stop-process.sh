# Ends the server: SIGTERM and time to hand its leases over; a second one, which kwbase takes as "hard
# shutdown", when that was not enough. A unit that would start it again is stopped as well.
now() { date +%s%3N; }
s=$directory/process
pid=$(kwbase_pid)
unit=$(cat "$s/unit" 2> /dev/null)
begun=$(now)
if [ -n "$pid" ]; then
    echo "SIGTERM to the process $pid, then up to $drain_ms ms for the drain"
    kill -s TERM "$pid"
    while alive "$pid" && [ $(($(now) - begun)) -lt "$drain_ms" ]; do sleep 0.2; done
fi
echo "kwup: drain_ms=$(($(now) - begun))"
if [ -n "$unit" ]; then
    systemctl stop "$unit"
elif [ -n "$pid" ] && alive "$pid"; then
    echo "A second SIGTERM to $pid"
    kill -s TERM "$pid"
fi
while [ -n "$pid" ] && alive "$pid"; do sleep 0.2; done
left=$(kwbase_pid)
result=success
[ -z "$unit" ] || case $(systemctl show "$unit" -p Result 2> /dev/null) in
*=timeout | *=signal | *=core-dump | *=watchdog) : > "$s/killed" ;; # systemd's patience has ended
esac
[ ! -e "$s/killed" ] || result=signal
echo "kwup: main_pid=${left:-0}"
echo "kwup: left="
echo "kwup: result=$result"
echo "kwup: exec_main_status=0"
echo "kwup: stopped_at=$(date +%s)"
[ -z "$left" ]
