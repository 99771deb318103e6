# Starts the container, detached, and watches it: docker start returns 0 even when the process dies
# at once.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; docker logs --tail 40 "$name" 2>&1; exit 1; }
state() { docker inspect --type container -f "{{$1}}" "$name" 2>/dev/null; }
now() { date +%s%3N; }
echo "kwup: started_at=$(date +%s)"
start_it || fail start "$name"
begun=$(now)
pid=$(state .State.Pid)
while :; do
    main=$(state .State.Pid)
    if [ "$(state .State.Running)" != true ] || [ "${main:-0}" = 0 ] || [ "$main" != "$pid" ]; then
        echo "kwup: died_after_ms=$(($(now) - begun))"
        fail died "$name"
    fi
    [ $(($(now) - begun)) -lt "$active_ms" ] || break
    sleep 0.5
done
echo "kwup: active_ms=$(($(now) - begun))"
echo "kwup: main_pid=$pid"
