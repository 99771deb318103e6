# The new program is in the place of the old one, completely.
sum() { sha256sum 2> /dev/null < "$1"; }
exe=$(cat "$directory/process/exe" 2> /dev/null)
bin=$(dirname "$exe")
home=$bin
[ "${bin##*/}" != bin ] || home=$(dirname "$bin")
new=$(sum "$directory/new/bin/kwbase")
if [ -e "$home.old-$run/complete" ] && [ -n "$new" ] && [ "$new" = "$(sum "$exe")" ]; then
    echo "kwup: holds=yes"
    echo "kwup: kept=$home.old-$run"
else
    echo "kwup: holds=no"
    echo "kwup: found=$exe"
fi
