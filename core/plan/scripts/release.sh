# Removes what the wizard has left on this host: its staging directory and its lock.
if grep -qF "\"run\":\"$run\"" "$lock" 2>/dev/null; then
    rm -f "$lock" && echo "kwup: lock=removed"
else
    echo "kwup: lock=not-ours"
fi
rm -rf "$directory" "$upload" && echo "kwup: staging=removed"
