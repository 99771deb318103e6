# How a node in a container is told to end: the server itself gets SIGTERM, not the first process,
# which may be a shell that does not hand it on; then it has time for its drain.
show() { systemctl show kaiwudb -p "$1" 2>/dev/null | sed -n "s/^$1=//p"; }
now() { date +%s%3N; }
up() { docker ps -q --filter "name=^/?$container\$" --filter status=running 2>/dev/null; }
drain() {
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
}
