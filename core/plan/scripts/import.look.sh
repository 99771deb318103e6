# The import is complete when its record is there and the database exists.
holds=no
there=$(kw1 "$exists" 2>/dev/null | tail -n 1)
if [ -s "$state/$label.imported" ] && [ "$there" = 1 ]; then
    holds=yes
    cat "$state/$label.imported"
fi
echo "kwup: holds=$holds"
echo "kwup: found=database exists: ${there:-unknown}"
