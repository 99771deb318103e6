data=$(readlink -m "$data_root")
if [ "$(cat "$keep/restore-copy" 2>/dev/null)" = "$copy" ] && [ -s /etc/kaiwudb/info/MODE ] &&
    [ -n "$(ls -A "$data" 2>/dev/null)" ]; then
    echo "kwup: holds=yes"
    echo "kwup: kept=$keep"
else
    echo "kwup: holds=no"
    echo "kwup: found=$(cat "$keep/restore-copy" 2>/dev/null || echo "$keep")"
fi
