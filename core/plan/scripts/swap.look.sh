# The new program is in the place of the old one, completely.
sum() { sha256sum 2> /dev/null < "$1"; }
program_places || :
new=$(sum "$directory/new/bin/kwbase")
if [ -e "$old/complete" ] && [ -n "$new" ] && [ "$new" = "$(sum "$exe")" ]; then
    echo "kwup: holds=yes"
    echo "kwup: kept=$old"
else
    echo "kwup: holds=no"
    echo "kwup: found=$exe"
fi
