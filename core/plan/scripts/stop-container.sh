# Stops the container with its stop signal and time to end by itself: docker's own ten seconds are
# too short for a node that hands over its leases. The restart policy does not count after a stop.
state() { docker inspect --type container -f "{{$1}}" "$name" 2>/dev/null; }
now() { date +%s%3N; }
begun=$(now)
docker stop -t "$seconds" "$name"
echo "kwup: stop_rc=$?"
pid=$(state .State.Pid)
code=$(state .State.ExitCode)
result=success
case $code in
    0 | 143) ;;
    137) result=signal ;;
    *) result=exit-code ;;
esac
[ "$(state .State.OOMKilled)" != true ] || result=signal
docker logs --tail 20 "$name" 2>&1
echo "kwup: drain_ms=$(($(now) - begun))"
echo "kwup: main_pid=${pid:-0}"
echo "kwup: left="
echo "kwup: result=$result"
echo "kwup: exec_main_status=${code:-0}"
echo "kwup: stopped_at=$(date +%s)"
[ "${pid:-0}" = 0 ]
