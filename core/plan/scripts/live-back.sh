# Before the old packages go back: the node is stopped, if the process that was there before the
# upgrade still runs. When the new version has been started, it may have opened the data.
note=$directory/live
if [ -n "$(identity)" ]; then
    [ "$(cat "$note" 2>/dev/null)" = "$(identity)" ] || fail live-opened "$(identity)"
    stop_node
    [ -z "$(identity)" ] || fail running "$(identity)"
    echo ended > "$note"
else
    [ "$(cat "$note" 2>/dev/null)" = ended ] || fail live-opened "$(show ActiveState)"
fi
