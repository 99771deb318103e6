# Stops a node that runs in the container of the vendor's unit. "docker-compose stop" alone sends its
# signal to the first process, which may be a shell that does not hand it on, and kills after ten
# seconds. So the server itself gets SIGTERM and time for its drain; then the unit is stopped.
show() { systemctl show kaiwudb -p "$1" 2>/dev/null | sed -n "s/^$1=//p"; }
now() { date +%s%3N; }
up() { docker ps -q --filter "name=^/?$container\$" --filter status=running 2>/dev/null; }
begun=$(now)
if [ -n "$(up)" ]; then
    echo "SIGTERM to the server in $container, then up to $drain_ms ms for the drain"
    docker exec "$container" /bin/bash -c 'for d in /proc/[0-9]*; do
        mapfile -d "" -n 3 words < "$d/cmdline" || continue
        for word in "${words[@]}"; do
            case $word in
            -c) break ;;
            */kwbase) kill -TERM "${d#/proc/}"; break ;;
            esac
        done
    done' < /dev/null
    while [ -n "$(up)" ] && [ $(($(now) - begun)) -lt "$drain_ms" ]; do sleep 0.2; done
fi
echo "kwup: drain_ms=$(($(now) - begun))"
systemctl stop kaiwudb
echo "kwup: systemctl_rc=$?"
# A container that somebody started by hand does not belong to the unit's process.
[ -z "$(up)" ] || docker stop -t 60 "$container"
pid=$(show MainPID)
left=$(up)
result=$(show Result)
# 137: SIGKILL. What the unit says is about docker-compose, not about the server.
[ "$(docker inspect -f '{{.State.ExitCode}}' "$container" 2>/dev/null)" != 137 ] || result=signal
echo "kwup: main_pid=${pid:-0}"
echo "kwup: left=$left"
echo "kwup: result=$result"
echo "kwup: exec_main_code=$(show ExecMainCode)"
echo "kwup: exec_main_status=$(show ExecMainStatus)"
echo "kwup: stopped_at=$(date +%s)"
[ "${pid:-0}" = 0 ] && [ -z "$left" ]
