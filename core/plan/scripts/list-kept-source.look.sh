# Only tells what the run leaves on the host on purpose, and how it is removed later.
if [ -e "$directory/listed" ]; then echo "kwup: holds=yes"; else echo "kwup: holds=no"; fi
exe=$(cat "$directory/process/exe" 2> /dev/null)
home=$(dirname "$exe")
[ "${home##*/}" != bin ] || home=$(dirname "$home")
echo "kwup: found=$home.old-$run"
if [ -d "$home.old-$run" ]; then
    echo "kwup: kept_files=$home.old-$run"
    echo "kwup: remove_files=rm -rf $home.old-$run"
fi
