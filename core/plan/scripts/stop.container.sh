# Stops a node that runs in the container of the vendor's unit. "docker-compose stop" alone sends its
# signal to the first process, which may be a shell that does not hand it on, and kills after ten
# seconds. So the server itself gets SIGTERM and time for its drain; then the unit is stopped.
drain
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
