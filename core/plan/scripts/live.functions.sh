# Shared by the steps of an upgrade by the vendor's way for a running node.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 3; }
log() { journalctl -u kaiwudb --no-pager -n 40 -o short 2>/dev/null; }
# Which process runs the node, with its start time; nothing when none does.
identity() {
    pid=$(show MainPID)
    [ "${pid:-0}" = 0 ] || echo "$pid $(sed 's/.*) //' "/proc/$pid/stat" | cut -d' ' -f20)"
}
argument_file=/etc/kaiwudb/script/kaiwudb_env
has_flag() { grep -qs -e --upgrade-complete "$argument_file"; }
flag_runs() {
    tr '\0' '\n' < "/proc/$(show MainPID)/cmdline" 2>/dev/null | grep -qx -e --upgrade-complete
}
# A line without quotes is one that the vendor's script does not find. What was there comes back.
set_flag() {
    has_flag && return
    cp -p "$argument_file" "$directory/start-argument" || return 1
    sed -i -e 's,^KAIWUDB_START_ARG="\(.*\)"\(.*\)$,KAIWUDB_START_ARG="--upgrade-complete \1"\2,;t' \
        -e "s,^KAIWUDB_START_ARG='\(.*\)'\(.*\)\$,KAIWUDB_START_ARG=\"--upgrade-complete \1\"\2,;t" \
        -e 's,^KAIWUDB_START_ARG=\(.*\)$,KAIWUDB_START_ARG="--upgrade-complete \1",' "$argument_file"
    has_flag
}
clear_flag() {
    if [ -s "$directory/start-argument" ]; then
        cat "$directory/start-argument" > "$argument_file" || return 1
    fi
    rm -f "$directory/start-argument"
    sed -i 's,--upgrade-complete,,g' "$argument_file" && ! has_flag
}
stop_node() {
    drain
    systemctl stop kaiwudb
}
