# The copy of this run is there; what the database writes there afterwards does not count.
if [ -s "$directory/store" ] && [ -d "$target" ]; then
    echo "kwup: holds=yes"
    echo "kwup: store=$target"
else
    echo "kwup: holds=no"
fi
echo "kwup: found=$target"
