# Shared by the steps of an upgrade by the vendor's way for a running node, in its container.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 3; }
log() { docker logs --tail 40 "$container" 2>&1; }
# Which container runs the node, with its start time; nothing when none does.
identity() {
    docker inspect --type container \
        -f '{{if .State.Running}}{{.Id}} {{.State.StartedAt}}{{end}}' "$container" 2>/dev/null | grep .
}
compose=/etc/kaiwudb/script/docker-compose.yml
argument_file=$compose
has_flag() { grep -qs -e --upgrade-complete "$compose" /etc/kaiwudb/script/kaiwudb_env; }
flag_runs() {
    docker inspect --type container -f '{{json .Path}} {{json .Args}}' "$container" 2>/dev/null |
        grep -q -e --upgrade-complete
}
set_flag() {
    has_flag && return
    sed -i '/\/kaiwudb\/bin\/kwbase/s,$, --upgrade-complete,' "$compose"
    has_flag
}
# The vendor's script never takes it out of the compose file.
clear_flag() {
    sed -i 's, *--upgrade-complete,,g' "$compose" || return 1
    [ ! -e /etc/kaiwudb/script/kaiwudb_env ] ||
        sed -i 's,--upgrade-complete,,g' /etc/kaiwudb/script/kaiwudb_env
    ! has_flag
}
stop_node() {
    drain
    systemctl stop kaiwudb
    [ -z "$(up)" ] || docker stop -t 60 "$container"
}
