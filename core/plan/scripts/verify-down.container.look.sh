# Is the node down? The unit has no main process and the container does not run.
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
found=
[ "${pid:-0}" = 0 ] || found="MainPID=$pid"
states=$(docker ps --filter "name=$container" --format '{{.Names}} {{.Status}}' 2>&1) ||
    found="$found $states"
[ -z "$states" ] || found="$found $states"
echo "kwup: found=$(echo "$found" | tr '\n' ' ')"
if [ -z "$found" ]; then echo "kwup: holds=yes"; else echo "kwup: holds=no"; fi
