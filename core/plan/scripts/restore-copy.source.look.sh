# The data of the copy is back.
data=$(readlink -m "$data_root")
if [ "$(cat "$directory/restore-copy" 2> /dev/null)" = "$copy" ] &&
    [ -n "$(ls -A "$data" 2> /dev/null)" ]; then
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
    echo "kwup: found=$data"
fi
