# Whether this copy has been read through by this run.
if [ -s "$directory/copy.ok" ] && [ -f "$copy/kaiwudb.tar" ] &&
    [ "$(sha256sum < "$copy/SHA256SUMS")" = "$(cat "$directory/copy.ok")" ]; then
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
    echo "kwup: found=$copy"
fi
