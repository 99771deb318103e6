# Only tells what the run leaves on the host on purpose, and how it is removed later.
if [ -e "$directory/listed" ]; then echo "kwup: holds=yes"; else echo "kwup: holds=no"; fi
program_places || :
echo "kwup: found=$old"
if [ -d "$old" ]; then
    echo "kwup: kept_files=$old"
    echo "kwup: remove_files=rm -rf $old"
fi
