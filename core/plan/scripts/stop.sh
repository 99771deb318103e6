# Stops the node. "systemctl stop" alone sends two signals at once (the unit's ExecStop and
# systemd's own); kwbase takes the second as "hard shutdown" and clients stall for 9 to 17 seconds.
# So the main process alone gets SIGTERM and time to hand its leases over; then systemctl stop.
drain
echo "kwup: drain_ms=$(($(now) - begun))"
systemctl stop kaiwudb
echo "kwup: systemctl_rc=$?"
group=$(show ControlGroup)
left=
if [ -n "$group" ] && [ "$group" != / ]; then
    left=$(cat "/sys/fs/cgroup$group/cgroup.procs" \
        "/sys/fs/cgroup/systemd$group/cgroup.procs" 2>/dev/null | tr '\n' ' ')
fi
pid=$(show MainPID)
echo "kwup: main_pid=${pid:-0}"
echo "kwup: left=$left"
echo "kwup: result=$(show Result)"
echo "kwup: exec_main_code=$(show ExecMainCode)"
echo "kwup: exec_main_status=$(show ExecMainStatus)"
echo "kwup: stopped_at=$(date +%s)"
[ "${pid:-0}" = 0 ] && [ -z "$left" ]
