# Takes the wizard's lock on this host. Line 1 of the input: if-free or take-over; then the lock's
# content. The lock of the run that this one goes back from is taken over. The hard link makes
# "create unless it exists" atomic.
read -r mode
new=$(mktemp /var/tmp/.kwup.lock.XXXXXX) || exit 73
cat > "$new" && chmod 644 "$new" || { rm -f "$new"; exit 74; }
if ln "$new" "$lock" 2>/dev/null; then
    echo "kwup: lock=taken"
elif grep -qF "\"run\":\"$run\"" "$lock" 2>/dev/null; then
    mv -f "$new" "$lock"
    echo "kwup: lock=ours"
elif [ "$mode" = take-over ] ||
    { [ -n "$instead" ] && grep -qF "\"run\":\"$instead\"" "$lock" 2>/dev/null; }; then
    echo "kwup: previous=$(head -c 2000 "$lock" | tr -d '\r\n')"
    mv -f "$new" "$lock"
    echo "kwup: lock=taken-over"
else
    echo "kwup: previous=$(head -c 2000 "$lock" | tr -d '\r\n')"
    echo "kwup: lock=held"
fi
rm -f "$new"
